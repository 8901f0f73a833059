"""Collections for others: links that share them, files made of them."""
