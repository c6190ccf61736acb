"""What is known outside any letter: the data under rules/, loaded once, typed, each mistake with file:line:column."""
