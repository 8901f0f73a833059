"""Links that lead into a group: to one address, or to many people within limits."""
