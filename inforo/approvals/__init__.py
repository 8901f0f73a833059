"""Approvals: the first posts of new members wait until somebody has looked at them."""
