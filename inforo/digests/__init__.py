"""The digest: what is worth a look, by mail, once a week or on every working day."""
