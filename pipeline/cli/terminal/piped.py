"""A table that comes in or goes out through a pipe: `-` in place of its name."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

PIPE = "-"
_KINDS = ((b"PAR1", ".parquet"), (b"PK", ".xlsx"), (b"{", ".jsonl"))
"""How a table that is no csv begins."""


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

    Raises
    ------
    UsageError : see `pipeline.tables.write_table`.
    """
    from pipeline.tables import WRITE_SUFFIXES, dialect_of, write_table

    dialect = dialect_of(like)
    if str(output) != PIPE:
        write_table(frame, output, dialect)
        return
    suffix = like.suffix.lower() if like.suffix.lower() in WRITE_SUFFIXES else ".csv"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"sortie{suffix}"
        write_table(frame, path, dialect)
        sys.stdout.buffer.write(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        sys.stdout.buffer.flush()


def check_output(output: Path, as_json: bool) -> None:
    """Nothing else goes where the table goes.

    Raises
    ------
    UsageError : both the table and what is told of it are asked for there.
    """
    if as_json and str(output) == PIPE:
        raise UsageError(
            "--json et « -o - » écrivent tous deux sur la sortie : donnez un fichier à -o, ou ôtez --json."
        )
