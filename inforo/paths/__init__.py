"""Learning paths: editors line up what is worth reading; members tick off what they did."""
