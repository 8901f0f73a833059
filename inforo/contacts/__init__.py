"""Contacts: who may write to whom directly, and whom somebody has blocked."""
