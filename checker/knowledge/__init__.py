"""What is known outside any letter: the data under rules/, loaded once, typed, with file:line:column for every mistake."""
