"""What somebody from outside would try first."""
