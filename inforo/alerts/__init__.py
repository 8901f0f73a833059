"""Saved searches: what somebody keeps looking for, and the mails that tell what is new."""
