"""Two readers rate the criteria blind to each other, compare, and agree."""
