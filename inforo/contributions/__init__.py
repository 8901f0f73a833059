"""Contributions: how an example or tool comes into the toolbox, from draft to published."""
