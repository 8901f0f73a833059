"""Running and keeping an installation: processes, checks, backups.

`start` decides whether the platform may start, `processes` runs and watches web and worker,
`routes` lists all addresses, `integrity` looks for damage, `rows` and `backup` keep copies.
"""
