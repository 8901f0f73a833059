"""Takeouts: everything the platform keeps about a person, as one file for that person."""
