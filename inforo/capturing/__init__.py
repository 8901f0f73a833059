"""Writing an example down while its author tells it, and its release by a link in a mail."""
