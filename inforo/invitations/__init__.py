"""Invitations: who vouches for somebody opens an account at once, perhaps with a role."""
