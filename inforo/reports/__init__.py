"""Reports: what members find wrong in posts, and what offices decide."""
