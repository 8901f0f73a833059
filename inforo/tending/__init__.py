"""Groups that need somebody: those that fell silent, and those led by one person alone."""
