"""Uploads: files people add to a text they are writing, kept before the text is sent."""
