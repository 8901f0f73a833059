"""Discussions: threads, posts, reports."""
