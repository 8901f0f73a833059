"""New versions of a tool: handed in by its author or the office, checked, then public."""
