"""Makes the icons that Graphviz puts on its cards: one small PNG a theme, symbol and hue.

    .venv/bin/python scripts/build_icons.py static/site/icons.svg

The symbols come from the interface's sprite (any file that holds its <symbol> elements will do),
the combinations from the component catalogue. Run it when either changes, and commit what it
writes; the product itself never needs it. Needs rsvg-convert (apt-get install librsvg2-bin).
"""

import re
import struct
import subprocess
import sys
import zlib
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from apps.content.registry import catalogue  # noqa: E402  the path has to be set first
from apps.diagrams.pipeline.graph import PLAIN_LOOK  # noqa: E402
from apps.diagrams.pipeline.themes import THEMES, Hue, icon_file  # noqa: E402
from apps.diagrams.renderer import ICONS  # noqa: E402

SIZE_PX = 128
# The symbol of 24 units in the middle of a tile of 32, as on the board's cards.
TILE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="8" fill="{tile}"/><g transform="translate(4 4)" fill="none"'
    ' stroke="{ink}" color="{ink}" stroke-width="1.8" stroke-linecap="round"'
    ' stroke-linejoin="round">{symbol}</g></svg>'
)


def main(sprites: list[str]) -> None:
    symbols = {
        name: body for path in sprites for name, body in read_symbols(Path(path).read_text())
    }
    wanted = {(item.icon, item.hue) for item in catalogue().components}
    if PLAIN_LOOK.icon:
        wanted.add((PLAIN_LOOK.icon, PLAIN_LOOK.hue))
    ICONS.mkdir(exist_ok=True)
    for old in ICONS.glob("*.png"):
        old.unlink()
    for theme, (icon, hue) in product(THEMES.values(), sorted(wanted)):
        picture = draw(symbols[icon], theme.hues[hue])
        (ICONS / icon_file(theme.name, icon, hue)).write_bytes(with_palette(picture))
    total = sum(path.stat().st_size for path in ICONS.glob("*.png"))
    print(f"{len(wanted) * len(THEMES)} icons, {total:,} bytes")


def read_symbols(sprite: str) -> list[tuple[str, str]]:
    return re.findall(r'<symbol\b[^>]*?\bid="([\w-]+)"[^>]*>(.*?)</symbol>', sprite, re.DOTALL)


def draw(symbol: str, hue: Hue) -> bytes:
    """The tile as a PNG with eight bits for each of red, green, blue and alpha."""
    svg = TILE.format(tile=hue.tile, ink=hue.ink, symbol=symbol)
    command = ["rsvg-convert", f"--width={SIZE_PX}", f"--height={SIZE_PX}", "--format=png"]
    return subprocess.run(command, input=svg.encode(), capture_output=True, check=True).stdout


def with_palette(png: bytes) -> bytes:
    """The same picture with a palette: a third of the size, since it has two colours and a rim."""
    pixels = read_pixels(png)
    palette = sorted(set(pixels), key=lambda pixel: pixel[3])  # see-through ones first, for tRNS
    for bits in (6, 5, 4, 3):
        if len(palette) <= 256:
            break
        pixels = [tuple(coarse(value, bits) for value in pixel) for pixel in pixels]
        palette = sorted(set(pixels), key=lambda pixel: pixel[3])
    index = {pixel: number for number, pixel in enumerate(palette)}
    rows = bytes(index[pixel] for pixel in pixels)
    lines = b"".join(b"\0" + rows[y * SIZE_PX : (y + 1) * SIZE_PX] for y in range(SIZE_PX))
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE_PX, SIZE_PX, 8, 3, 0, 0, 0)),
            chunk(b"PLTE", bytes(value for pixel in palette for value in pixel[:3])),
            chunk(b"tRNS", bytes(pixel[3] for pixel in palette if pixel[3] < 255)),
            chunk(b"IDAT", zlib.compress(lines, 9)),
            chunk(b"IEND", b""),
        ]
    )


def coarse(value: int, bits: int) -> int:
    steps = (1 << bits) - 1
    return round(round(value / 255 * steps) * 255 / steps)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def read_pixels(png: bytes) -> list[tuple[int, ...]]:
    """The pixels of a non-interlaced RGBA picture, row after row."""
    data, at = b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        data += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    raw, width = zlib.decompress(data), SIZE_PX * 4
    above, pixels = bytes(width), []
    for y in range(SIZE_PX):
        line = raw[y * (width + 1) : (y + 1) * (width + 1)]
        above = unfiltered(line[0], line[1:], above)
        pixels += [tuple(above[x : x + 4]) for x in range(0, width, 4)]
    return pixels


def unfiltered(method: int, line: bytes, above: bytes) -> bytes:
    """Undoes one of PNG's five line filters (PNG specification, section 9.2)."""
    out = bytearray(line)
    for x in range(len(line)):
        left = out[x - 4] if x >= 4 else 0
        corner = above[x - 4] if x >= 4 else 0
        guess = (0, left, above[x], (left + above[x]) // 2, paeth(left, above[x], corner))[method]
        out[x] = (line[x] + guess) & 255
    return bytes(out)


def paeth(left: int, above: int, corner: int) -> int:
    estimate = left + above - corner
    return min((left, above, corner), key=lambda value: abs(estimate - value))


if __name__ == "__main__":
    main(sys.argv[1:] or [str(ROOT / "static/site/icons.svg")])
