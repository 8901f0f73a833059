"""Polls: a question with answers to choose from, in a thread, until a day."""
