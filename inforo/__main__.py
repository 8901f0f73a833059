"""`python -m inforo` is the same as the command `inforo`."""

from inforo.cli import main

main()
