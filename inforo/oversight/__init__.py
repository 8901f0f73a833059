"""Oversight: what offices and group managers do in discussions."""
