"""Who may do what in this slice. Pure rules: no request, no database."""
