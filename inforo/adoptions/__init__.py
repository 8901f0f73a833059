"""„Wir machen das auch“: which municipality re-uses what, how far it is, what it changed."""
