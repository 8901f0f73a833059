"""Answers by mail: what comes in, what of it is an answer, and where it goes."""
