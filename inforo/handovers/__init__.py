"""Handing over the management of a group: offered, then accepted."""
