"""The review of examples and tools by the coordination offices."""
