"""Makes pictures harmless: decoded and written anew in a child process with limits.

What Pillow would decode is checked first (sides, pixels, frames). The new file has no
metadata (place, camera, comments) and stands upright. This module also is the program of
the child: it imports nothing of ours and runs isolated.
"""

import io
import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, ImageSequence

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MEMORY_BYTES = 512 * 1024 * 1024
SECONDS = 10
TOO_LARGE, BROKEN = 3, 4


class TooLarge(Exception):
    """The picture has more pixels, longer sides or more frames than allowed."""


class Broken(Exception):
    """The data is no picture, or decoding it took more memory or time than allowed."""


@dataclass(frozen=True)
class Limits:
    pixels: int
    side: int
    frames: int


def reencode(data: bytes, limits: Limits) -> tuple[str, bytes]:
    """Return format name and bytes of the cleaned picture, made in a child process."""
    program = [sys.executable, "-I", str(Path(__file__).resolve()), json.dumps(asdict(limits))]
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter and file)
            program, input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Broken("decoding took too long") from error
    if done.returncode == TOO_LARGE:
        raise TooLarge(done.stderr.decode(errors="replace"))
    if done.returncode != 0:
        raise Broken(done.stderr.decode(errors="replace")[-500:])
    name, _, picture = done.stdout.partition(b"\n")
    return name.decode(), picture


def check(picture: Image.Image, limits: Limits) -> None:
    """Raise TooLarge by what the header says, before anything is decoded."""
    width, height = picture.size
    if max(width, height) > limits.side or width * height > limits.pixels:
        raise TooLarge(f"{width} × {height}")
    if getattr(picture, "n_frames", 1) > limits.frames:
        raise TooLarge(f"{getattr(picture, 'n_frames', 1)} frames")


def clean(data: bytes, limits: Limits) -> tuple[str, bytes]:
    """Return the picture without metadata, in its own format. Runs in the child."""
    Image.MAX_IMAGE_PIXELS = None  # our own limits are stricter and raise instead of warning
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        check(picture, limits)
        name = str(picture.format)
        frames = [bare(frame, name) for frame in ImageSequence.Iterator(picture)]
        duration = picture.info.get("duration", 100)
    out = io.BytesIO()
    frames[0].save(out, format=name, **options(name, frames[1:], duration))
    return name, out.getvalue()


def bare(frame: Image.Image, name: str) -> Image.Image:
    """Return one upright frame with nothing but its pixels."""
    upright = ImageOps.exif_transpose(frame).copy()
    if name == "JPEG" and upright.mode not in {"L", "RGB"}:
        upright = upright.convert("RGB")
    upright.info = {key: upright.info[key] for key in ("transparency",) if key in upright.info}
    return upright


def options(name: str, more: list[Image.Image], duration: int) -> dict[str, Any]:
    if name == "JPEG":
        return {"quality": 88, "optimize": True}
    if name == "WEBP" and not more:
        return {"quality": 85}
    return {"save_all": True, "append_images": more, "duration": duration} if more else {}


def main() -> int:
    """Read a picture from stdin, write format and cleaned picture to stdout."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        name, picture = clean(sys.stdin.buffer.read(), Limits(**json.loads(sys.argv[1])))
    except TooLarge as error:
        sys.stderr.write(str(error))
        return TOO_LARGE
    except Exception as error:  # whatever a decoder raises on hostile data
        sys.stderr.write(f"{type(error).__name__}: {error}")
        return BROKEN
    sys.stdout.buffer.write(name.encode() + b"\n" + picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
