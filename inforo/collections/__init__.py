"""The Merkliste and other collections: of a person or a group, shared by link, as a file."""
