"""Learning: the self-check along the criteria, and the first steps of newcomers."""
