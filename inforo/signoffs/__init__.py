"""Sign-offs: a superior without an account reads a text before it is published."""
