"""Planted defects: fixture letters with one known inconsistency put in, and with changes that must not matter."""
