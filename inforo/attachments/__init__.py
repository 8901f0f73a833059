"""Attachments: files of posts, for whoever may read the post at that moment."""
