"""The nouns: what each step of the pipeline takes and gives.

Frozen dataclasses for what is built a thousand times a second (source, determination, facts, findings) and
pydantic models for what a person writes (rules). Nothing in here computes anything about a letter.
"""
