"""Belonging to groups: coming in, asking, inviting, leading, leaving."""
