"""Registration: asking for an account, and confirming the address."""
