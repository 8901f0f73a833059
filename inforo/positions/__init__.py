"""Positions: how far somebody has read each thread."""
