"""Confidences: questions that an office passes on without saying who asks."""
