"""Watching: how much somebody wants to hear of a thread, a group, or a topic."""
