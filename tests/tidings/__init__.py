"""Tests of what is told about files and pages of groups."""
