"""How a csv is written, so that what comes out of it opens where it was opened."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pipeline.tables.decoding import SAMPLE_SIZE, text_encoding
from pipeline.tables.grids import find_delimiter

DELIMITED = (".csv", ".tsv", ".txt")
MARKED = "utf-8-sig"
"""UTF-8 under a byte order mark, without which Excel reads é as `Ã©`."""


class Dialect(NamedTuple):
    """What separates cells, the encoding, and what ends lines."""

    separator: str = ","
    encoding: str = MARKED
    newline: str = "\n"


def dialect_of(path: Path) -> Dialect:
    """That of a csv or tsv, UTF-8 under its mark; the default for any other table.

    Raises
    ------
    RefusedFileError : it is no text.
    """
    if path.suffix.lower() not in DELIMITED:
        return Dialect()
    encoding = text_encoding(path, path.name)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(SAMPLE_SIZE // 4)
    delimiter, _ = find_delimiter(sample)
    newline = "\r\n" if "\r\n" in sample else "\n"
    return Dialect(delimiter or ",", MARKED if encoding == "utf-8" else encoding, newline)
