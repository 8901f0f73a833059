"""From a discussion to an example: whose words are used is asked first."""
