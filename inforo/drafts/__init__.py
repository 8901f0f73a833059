"""Drafts: what somebody typed into a form and has not sent, on every device of theirs."""
