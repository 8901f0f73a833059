"""Toolbox: practice examples and tools, from the draft to the published page."""
