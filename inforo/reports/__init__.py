"""Reports: what members find wrong in posts and pages, and what offices decide."""
