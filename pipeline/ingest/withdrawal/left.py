"""Files that still quote a withdrawn contribution: those that we wrote are removed, the others are named one by one."""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.folder.artifacts import DECISIONS, RunFolder, file_sha256
from pipeline.folder.exports import Export
from pipeline.ingest.withdrawal.own_words import OwnWords

_SCANNED_MAX = 64 << 20
_TABLES = (".parquet", ".npy", ".npz")
"""Made again, or erased from."""
_TOLD_IN = (".xml", ".txt", ".qde")
"""Parts of an archive that hold words."""
_SEALED = (".pdf", ".zip", ".png", ".jpg")
"""Files that are not searched."""
_INSIDE = re.compile(r"</?(?:w:r|w:t|w:rPr|text:span|span|mark|strong|em|[abi])\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_VALUE = re.compile(r"=\"([^\"<>]*)\"")
"""Of an attribute: names of codes, titles of graphs."""
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Left:
    """What was done of the files that quote it.

    Attributes
    ----------
    removed : files as Rosace wrote them, now gone.
    edited : files that people changed or added, to be erased by hand.
    untraced : exports that are no longer where they were written, or that a browser saved.
    """

    removed: tuple[Path, ...]
    edited: tuple[Path, ...]
    untraced: tuple[str, ...]


def clear_files(run: RunFolder, own: OwnWords) -> Left:
    """Look for its words in every file of the run and in every export; the run has been made again without it."""
    manifest = run.load_manifest()
    made = {name for record in manifest["stages"].values() for name in (*record["artefacts"], *record.get("files", ()))}
    removed: list[Path] = []
    edited: list[Path] = []
    for name in run.files():
        path = run.path / name
        if name in made or path.suffix in _TABLES or not _quotes(path, own, name in manifest["files"]):
            continue
        _sort_out(path, manifest["files"].get(name), removed, edited)
    exports = run.exports
    kept: list[Export] = []
    for export in exports.all():
        path = Path(export.place)
        if export.is_download or not path.is_file():
            kept += [] if path.name == DECISIONS else [export]  # a log that has not begun is nowhere else
        elif _quotes(path, own, True):
            _sort_out(path, export.sha256, removed, edited)
    exports.forget(removed)
    return Left(tuple(removed), tuple(edited), tuple(export.told for export in kept))


def _sort_out(path: Path, sha: str | None, removed: list[Path], edited: list[Path]) -> None:
    if sha is not None and file_sha256(path) == sha:
        path.unlink()
        removed.append(path)
    else:
        edited.append(path)


def _quotes(path: Path, own: OwnWords, is_ours: bool) -> bool:
    """Whether a file says its words; one that cannot be searched is taken to, unless we wrote it."""
    if path.suffix.lower() in _SEALED:
        return not is_ours
    content = path.read_bytes()
    if content[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                infos = [info for info in archive.infolist() if info.filename.endswith(_TOLD_IN)]
                if sum(info.file_size for info in infos) > _SCANNED_MAX:
                    return True
                content = b"\n".join(archive.read(info) for info in infos)
        except (zipfile.BadZipFile, OSError, RuntimeError):
            return not is_ours
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), content.decode("utf-8", "replace"))
    bare = text.replace("\\n", " ")
    if b"<" in content:
        bare = "\n".join([_TAG.sub(" ", _INSIDE.sub("", bare)), *_VALUE.findall(bare)])
    return own.are_in(html.unescape(bare))
