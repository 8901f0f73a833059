"""Libraries: the files of a group, with all their versions, kept by its members."""
