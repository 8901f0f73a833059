"""Rearranging: moderators move posts, split and merge threads, and take it back."""
