"""What came of a question: who asked it is asked after three and after nine months."""
