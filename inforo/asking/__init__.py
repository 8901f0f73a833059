"""Asking: the form of a new question, its pickers, and changing what was asked."""
