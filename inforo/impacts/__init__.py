"""What came of an example: the yearly impact sheet for its authors."""
