"""Desks: all work of all Länder in one table, and handing over several things at once."""
