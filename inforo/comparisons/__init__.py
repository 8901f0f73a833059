"""Comparing: examples side by side, and municipalities that are like each other."""
