"""Merken: buttons that put something on the Merkliste, and the one of guests."""
