"""The author's word on the final text, and where an example is for its author."""
