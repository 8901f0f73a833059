"""Pages that belong to no slice: start, help, legal pages, operation."""
