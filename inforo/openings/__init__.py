"""Openings: a protected group lets others read one page, if all its authors agree."""
