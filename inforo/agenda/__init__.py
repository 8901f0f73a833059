"""The agenda: what waits for somebody ("Meine offenen Punkte")."""
