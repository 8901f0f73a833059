"""Protocols: the log as a table to take along, and what the public may know of moderation."""
