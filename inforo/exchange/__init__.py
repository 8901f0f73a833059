"""Taking the toolbox along, and bringing foreign databases in. See docs/exchange.md."""
