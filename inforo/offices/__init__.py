"""Coordination offices, the roles they give, and the items in their work basket."""
