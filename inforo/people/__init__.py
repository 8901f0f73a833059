"""People: registration, applications, invitations, person pages."""
