"""Applications for an account or another place, and the review of the office."""
