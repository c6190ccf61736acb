"""How English says things, without medicine: phrases a rule author can write, sentences, dates, numbers."""
