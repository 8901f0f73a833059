"""Papers to take along: examples as PDF files, and council papers made from them."""
