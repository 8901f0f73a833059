"""Draws the first page of a PDF, a picture, or a text as a small picture (WebP).

A program of its own: it imports nothing of ours and has limits. `draw_page.py KIND ORDER`
takes the content from stdin; it writes a line of JSON (width, height, pages) and the picture.
"""

import io
import json
import resource
import sys
import textwrap
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

SIDE = 800  # pixels, of the longer side
PAPER = (566, 800)
MARGIN, TITLE_SIZE, TEXT_SIZE, LEADING = 44, 22, 15, 23
INK = (38, 42, 51)
BROKEN = 4
Drawn = tuple[Image.Image, int | None]


def of_pdf(data: bytes, _order: dict[str, Any]) -> Drawn:
    """Draw the first page so large that its longer side fits; sides of a metre as well."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    scale = SIDE / max(*page.get_size(), 1)
    picture: Image.Image = page.render(scale=scale).to_pil()
    return picture.convert("RGB"), len(document)


def of_image(data: bytes, _order: dict[str, Any]) -> Drawn:
    Image.MAX_IMAGE_PIXELS = None  # was measured when it was uploaded, and memory is limited
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP", "GIF")) as picture:
        picture.draft("RGB", (SIDE, SIDE))
        small = picture.convert("RGBA")
    small.thumbnail((SIDE, SIDE))
    paper = Image.new("RGBA", small.size, "white")
    return Image.alpha_composite(paper, small).convert("RGB"), None


def of_text(data: bytes, order: dict[str, Any]) -> Drawn:
    """Draw a title and the beginning of a text on a sheet of paper."""
    sheet = Image.new("RGB", PAPER, "white")
    pen = ImageDraw.Draw(sheet)
    top = MARGIN
    title = textwrap.wrap(order["title"], 38)[:2]
    lines = [
        line
        for paragraph in data.decode().splitlines()[:60]
        for line in textwrap.wrap(paragraph, 62) or [""]
    ]
    for words, size in [(line, TITLE_SIZE) for line in title] + [("", TEXT_SIZE)]:
        pen.text((MARGIN, top), words, fill=INK, font=font(order["fonts"], size))
        top += LEADING + size - TEXT_SIZE
    regular = font(order["fonts"], TEXT_SIZE)
    for line in lines[: (PAPER[1] - top - MARGIN) // LEADING]:
        pen.text((MARGIN, top), line, fill=INK, font=regular)
        top += LEADING
    return sheet, None


def font(paths: list[str], size: int) -> Any:
    """Return our font, or the one that comes with Pillow where it was not built."""
    for path in paths:
        try:
            found = ImageFont.truetype(path, size)
            found.set_variation_by_axes([600 if size == TITLE_SIZE else 400])
        except OSError:
            continue
        return found
    return ImageFont.load_default(size)


DRAWERS = {"pdf": of_pdf, "image": of_image, "text": of_text}


def main() -> int:
    order = json.loads(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    try:
        draw = DRAWERS[sys.argv[1]]
        picture, pages = draw(sys.stdin.buffer.read(), order)
        out = io.BytesIO()
        picture.save(out, format="WEBP", quality=80, method=4)
    except Exception as error:  # whatever a decoder raises on hostile data
        sys.stderr.write(f"{type(error).__name__}: {error}")
        return BROKEN
    told = {"width": picture.width, "height": picture.height, "pages": pages}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + out.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
