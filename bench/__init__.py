"""How fast the platform is: `make bench` (see __main__.py)."""
