"""Sanctions: offices let people only read, or keep them out, until a day; notes on people."""
