"""Reminders (Wiedervorlage): being reminded of a thread or an example on a day."""
