"""Glossary: what the words of the field mean, and the links from texts that use them."""
