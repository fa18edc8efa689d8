"""What commands read from a pipe and print: results, figures, tables, in whatever encoding the terminal has."""

from __future__ import annotations

import codecs
import io
import json
import sys
import tempfile
import unicodedata
import webbrowser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

PIPE = "-"
_KINDS = ((b"PAR1", ".parquet"), (b"PK", ".xlsx"), (b"{", ".jsonl"))
"""How a table that is no csv begins."""
_DRAWN = dict(zip("✓✗━→≥≤−–—·’«»œŒ", ("+", "x", "=", "->", ">=", "<=", *"----", "'", *'""', "oe", "OE"), strict=True))
"""What stands for signs that do not decompose."""
NEAREST = "rosace.nearest"


def announce_page(address: str, *lines: str, how_to_stop: str, browser: bool) -> None:
    """Say that a page is open, on the output, and how to stop it, beside; open it in the browser when asked."""
    for line in lines:
        print(line, flush=True)
    print(how_to_stop, file=sys.stderr)
    if browser:
        webbrowser.open(address)


@contextmanager
def until_interrupted() -> Iterator[None]:
    """A page that Ctrl+C stops, as it told: it ends well, and says so."""
    with suppress(KeyboardInterrupt):
        yield
    print("\nLa page est fermée. Tout est enregistré.", file=sys.stderr)


def show_anything() -> None:
    """Register an error handler that writes the nearest character to one that the encoding of the terminal lacks.

    Windows writes cp1252 or 850, a container ASCII.
    """
    codecs.register_error(NEAREST, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=NEAREST)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_shown(character, error.encoding) for character in lacking), error.end


def _shown(character: str, encoding: str) -> str:
    plain = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    for one in (_DRAWN.get(character, ""), plain):
        if one and one != character and one.encode(encoding, "ignore").decode(encoding) == one:
            return one
    return "?"


def count(n: int, one: str, many: str = "") -> str:
    """A whole number and its noun: `1 ligne`, `2 lignes`, `1 200 idées`."""
    noun = one if n < 2 else many or f"{one}s"
    return f"{n:,} {noun}".replace(",", "\u202f")


def print_json(value: dict[str, Any]) -> None:
    """Print one object; paths are strings."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def tell(text: str, quiet: bool) -> None:
    """Print a line for people, beside the result."""
    if not quiet:
        print(text, file=sys.stderr)


def tell_each(lines: Iterable[str], quiet: bool = False) -> None:
    """Print what people must know, a point each, beside the result."""
    for line in lines:
        tell(f"  · {line}", quiet)


def print_result(values: dict[str, Any], sentence: str, as_json: bool, quiet: bool) -> None:
    """Print what was found in a table, and where `values["output"]` is, unless it was piped out."""
    tell(sentence, quiet or as_json)
    if as_json:
        print_json({**values, "output": Path(values["output"]).resolve()})
    elif str(values["output"]) != PIPE:
        print(values["output"])


@contextmanager
def table_given(table: Path) -> Iterator[Path]:
    """The file of a table, that of what is piped in for `-`, its kind told by how it begins."""
    if str(table) != PIPE:
        yield table
        return
    content = sys.stdin.buffer.read()
    suffix = next((suffix for head, suffix in _KINDS if content.startswith(head)), ".csv")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"entrée{suffix}"
        path.write_bytes(content)
        yield path


def put_table(frame: pd.DataFrame, output: Path, like: Path) -> None:
    """Write a table in the dialect of another; for `-`, pipe it out in its format too, a csv without its mark.

    Raises UsageError: see `pipeline.tables.frames.table_bytes`. ArtifactError: the disk refused it.
    """
    from pipeline.folder.files import write_outside
    from pipeline.tables.frames import WRITE_SUFFIXES, table_bytes
    from pipeline.tables.grids import dialect_of

    dialect = dialect_of(like)
    if str(output) != PIPE:
        write_outside(output, table_bytes(frame, output, dialect))
        return
    kind = Path(f"sortie{like.suffix if like.suffix.lower() in WRITE_SUFFIXES else '.csv'}")
    sys.stdout.buffer.write(table_bytes(frame, kind, dialect).removeprefix(b"\xef\xbb\xbf"))
    sys.stdout.buffer.flush()


def check_output(output: Path, as_json: bool) -> None:
    """Refuse that a table and its result in JSON go to the same place. Raises UsageError: both are asked for there."""
    if as_json and str(output) == PIPE:
        raise UsageError(
            "--json et « -o - » écrivent tous deux sur la sortie : donnez un fichier à -o, ou ôtez --json."
        )
