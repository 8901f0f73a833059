"""Conversations: messages between few members, read by nobody else."""
