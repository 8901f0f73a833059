"""Several people write one example: inviting, leaving, removing, handing over."""
