"""The child that sets one report and ends. See `typeset` for the line between the two."""

from pathlib import Path
from typing import Final

import typst

from apps.core.children.inside import READY, Line, limit_memory, limit_time

FOLDER: Final = Path(__file__).parent
MEMORY_BYTES: Final = 2 * 1024**3  # of addresses: the library itself maps several hundred MB
CPU_S: Final = 25.0
PNG_PPI: Final = 96.0


def main() -> None:
    limit_memory(MEMORY_BYTES)
    line = Line()
    line.send(READY)
    fmt = line.read(4).decode().strip()
    source = line.read(int.from_bytes(line.read(4), "big"))
    with limit_time(CPU_S):
        made = set_report(source.decode(), fmt)
    line.send(len(made).to_bytes(4, "big") + made)


def set_report(source: str, fmt: str) -> bytes:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[FOLDER / "fonts"]
    )
    compiler = typst.Compiler(
        FOLDER / "report.typ",
        root=FOLDER,
        font_paths=fonts,
        sys_inputs={"report": source},
        # No packages: with nowhere to look for them, nothing is ever downloaded.
        package_path=FOLDER / "fonts",
        package_cache_path=FOLDER / "fonts",
    )
    made = compiler.compile(format="png" if fmt == "png" else "pdf", ppi=PNG_PPI)
    pages = made if isinstance(made, list) else [made]
    return pages[0] or b""


if __name__ == "__main__":
    main()
