"""Objections: authors contradict what moderators did, and a second person decides."""
