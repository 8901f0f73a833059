"""Reasons: sentences offices use again and again when they explain decisions."""
