"""The full form of an example, step by step, and its files."""
