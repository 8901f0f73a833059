"""The command `inforo`, also `python -m inforo`.

The program is loaded without looking for garbage in it: that takes a fifth of the start.
"""

import gc

gc.disable()

from inforo.cli import main  # noqa: E402 (what comes before is the point)

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
