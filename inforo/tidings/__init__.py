"""Tidings: what is new among the files and pages of a group, told once for some minutes."""
