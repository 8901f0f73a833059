"""Synonyms of the search: pages where editors keep the rings of words."""
