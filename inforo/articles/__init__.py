"""Articles (Meldungen): submitted by members, published by offices and editors."""
