"""The command `inforo`, also `python -m inforo`."""

import gc


def main() -> None:
    """Load the program without looking for garbage in it: a fifth of the start otherwise."""
    gc.disable()
    from inforo import cli

    gc.freeze()
    gc.enable()
    cli.main()


if __name__ == "__main__":
    main()
