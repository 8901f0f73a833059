"""Questions nobody answers rise: to members who can help, then to who looks after them."""
