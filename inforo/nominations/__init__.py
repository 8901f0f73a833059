"""A published example on its way to Good Practice; it stays published all the while."""
