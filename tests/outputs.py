"""All that a run says, file by file and cell by cell; files as an office suite saves them."""

import html
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from pipeline.tables.frames import table_bytes
from pipeline.tables.grids import Dialect

_BLOCK_END = re.compile(r"</(?:w:p|text:p|text:h|si|is|c|p|li|td|th|h\d|div|option|script)>|<br[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def write_table(frame: pd.DataFrame, path: Path, dialect: Dialect | None = None) -> None:
    """Write a table in the format that the name of its file asks for."""
    path.write_bytes(table_bytes(frame, path, dialect))


def texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """(file, text) for each cell, paragraph or line of each file under `folder`; arrays of numbers hold no text."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        yield name, name
        if path.suffix == ".parquet":
            for _, column in pd.read_parquet(path).items():  # noqa: PERF102  (a frame has no values())
                yield from ((name, text) for value in column for text in _strings(value))
        elif path.suffix not in (".npy", ".npz", ".png"):
            yield from ((name, text) for content in _contents(path) for text in _lines(content))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif hasattr(value, "__iter__"):
        for inner in value:
            yield from _strings(inner)


def _contents(path: Path) -> Iterator[str]:
    if not zipfile.is_zipfile(path):
        yield path.read_text(encoding="utf-8", errors="replace")
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield name
            if name.endswith((".xml", ".rels", ".html", ".txt", ".qde")):
                yield archive.read(name).decode("utf-8", "replace")


def _lines(content: str) -> Iterator[str]:
    told = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), content)
    if "<" in told:
        yield from re.findall(r'="([^"]{4,})"', told)
        told = html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", told)))
    yield from (line for line in told.split("\n") if line.strip())


def saved_by_libre_office(paths: list[Path], kind: str, folder: Path) -> list[Path]:
    """The same files once LibreOffice has opened them and saved them as this kind."""
    profile = f"-env:UserInstallation=file://{folder}/profil"
    command = ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", str(folder / kind), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [folder / kind / f"{path.stem}.{kind}" for path in paths]
