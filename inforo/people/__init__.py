"""People: the directory, person pages, one's own profile, suspension."""
