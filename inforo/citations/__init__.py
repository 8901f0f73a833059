"""Citing examples and tools: lasting names, published versions, citations, JSON-LD."""
