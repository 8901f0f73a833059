"""Moderation: the work basket of the coordination offices."""
