"""Which examples work with which tools: linked from the side of either."""
