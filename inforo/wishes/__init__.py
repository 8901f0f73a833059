"""Wishes: one page for all somebody wants to hear of, and what nobody else's page is about."""
