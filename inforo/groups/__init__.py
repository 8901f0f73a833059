"""Groups: places of threads, with an audience, an admission and members."""
