"""Arrivals: what is new for the reader of a thread, and noting what they have read."""
