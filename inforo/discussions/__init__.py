"""Discussions: threads and posts."""
