"""Keeping: forms that came too late for their session, until their owner signs in again."""
