"""Accounts: who a person is, signing in and out, passwords, sessions, second factor."""
