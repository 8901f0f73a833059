"""Notifications: what people are told, in the platform and by mail."""
