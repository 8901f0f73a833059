"""„Stimmt das noch?“: once a year the people of a published example say whether it holds."""
