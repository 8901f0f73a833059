"""Mails about what people were told: bundled, limited, and only what may still be seen."""
