"""Find the words that a contribution alone says, and the files that still quote them.

They are looked for whatever their case, accents and marks. Of the files, those that we wrote are removed, the others
are named one by one.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.contracts.tables import INGESTED
from pipeline.errors import BROKEN_ARCHIVE, ArtifactError
from pipeline.folder.artifacts import DECISIONS, RunFolder
from pipeline.folder.files import remove
from pipeline.folder.kept import Export
from pipeline.language.lexicon.orthography import mended
from pipeline.language.text.folding import strip_accents

ERASED = "[retiré]"
QUOTED_MIN = 4
"""Words in a row that quote a contribution."""
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text, whatever their case, accents and marks."""
    return _WORD.findall(strip_accents(text).casefold())


class OwnWords:
    """Runs of `QUOTED_MIN` words of a text (of all its words when it has fewer) that none of the others says.

    They are sought as they were typed and as they are told, mended. A text of one word is found only where nothing else
    is said.
    """

    def __init__(self, text: str, others: Iterable[str]) -> None:
        ways = _spellings(text)
        mine, near = {word for way in ways for word in way}, max(1, min(QUOTED_MIN, *map(len, ways)) - 2)
        said = ""
        for other in others:
            typed = words(other)  # mending takes milliseconds: what is far from all that is sought is not
            some = _spellings(other) if len(mine.intersection(typed)) >= near else [typed]
            said += "".join(f" {' '.join(one)} \n" for one in some)
        self._ways = [(whole, *_runs(whole, said)) for whole in ways]

    def are_in(self, text: str) -> bool:
        """Whether a text says some of them."""
        return bool(self._spans(text))

    def scrubbed(self, text: str) -> str:
        """A text without them."""
        for start, end in reversed(self._spans(text)):
            text = text[:start] + ERASED + text[end:]
        return text

    def _spans(self, text: str) -> list[tuple[int, int]]:
        if not any(runs for _, _, runs in self._ways):
            return []
        met = list(_WORD.finditer(text))
        said = [strip_accents(found.group()).casefold() for found in met]
        found: list[tuple[int, int]] = []
        for whole, n, runs in self._ways:
            if n < 2:
                found += [(0, len(said))] if said and runs and said == whole else []
            else:
                found += [(at, at + n) for at in range(len(said) - n + 1) if tuple(said[at : at + n]) in runs]
        spans: list[tuple[int, int]] = []
        for low, high in sorted(found):
            start, end = met[low].start(), met[high - 1].end()
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return spans


def _spellings(text: str) -> list[list[str]]:
    """The words of a text as it was typed, and as it is told."""
    typed, told = words(text), words(mended(text))
    return [typed] if typed == told else [typed, told]


def _runs(whole: list[str], said: str) -> tuple[int, set[tuple[str, ...]]]:
    """How many words in a row are sought, and which rows, none of which is said."""
    n = min(QUOTED_MIN, len(whole))
    runs = {tuple(whole[at : at + n]) for at in range(len(whole) - n + 1)}
    return n, {run for run in runs if f" {' '.join(run)} " not in said}


_SCANNED_MAX = 64 << 20
_ARRAYS = (".npy", ".npz")
"""Numbers alone."""
_SEALED = (".pdf", ".zip", ".png", ".jpg", ".parquet")
"""Files, and parts of archives, that are not searched."""
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

    def told(self) -> tuple[str, ...]:
        """What people must know of it, or do, a line each; what was made again since is not told."""
        gone = (path for path in self.removed if not path.exists())
        return (
            *(f"{path}\u00a0: effacé, il la citait\u00a0; exportez-le à nouveau s'il le faut" for path in gone),
            *(f"{path}\u00a0: modifié ou ajouté à la main, il la cite ou ne peut pas être lu" for path in self.edited),
            *(f"{export}\u00a0: introuvable à cette place, il peut la citer" for export in self.untraced),
        )


def clear_files(run: RunFolder, own: OwnWords) -> Left:
    """Look in every file of the run but the tables of the reading, and in every export, for what a contribution alone
    said."""
    written = run.manifest.load()["files"]
    exports = run.exports.all()
    exported = {export.place for export in exports}
    tables = {f"{table}.parquet" for table in INGESTED}
    names = (name for name in run.files() if name not in tables and not name.endswith(_ARRAYS))
    found = [(path, written.get(name)) for name in names if str((path := run.path / name).resolve()) not in exported]
    untraced: list[Export] = []
    for export in exports:
        path = Path(export.place)
        if not export.is_download and path.is_file():
            found.append((path, export.sha256))
        elif path.name != DECISIONS:  # a log that has not begun is nowhere else
            untraced.append(export)
    removed: list[Path] = []
    edited: list[Path] = []
    for path, sha in found:
        if not _quotes(path, own):
            continue
        try:
            if sha is None or run.manifest.digest(path) != sha:
                raise ArtifactError(path)
            remove(path)
            removed.append(path)
        except ArtifactError:  # somebody's, or in a folder where nobody may write: people are told of it
            edited.append(path)
    run.exports.forget(removed)
    return Left(tuple(removed), tuple(edited), tuple(export.told for export in untraced))


def _quotes(path: Path, own: OwnWords) -> bool:
    """Whether a file says some of the words; one that cannot be searched is taken to."""
    try:
        text = None if path.suffix.lower() in _SEALED else _told_in(path)
    except BROKEN_ARCHIVE:
        return True
    return text is None or own.are_in(text)


def _told_in(path: Path) -> str | None:
    """All that a file says, as a person reads it; None when that is too much to search."""
    content = path.read_bytes()
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.filename.lower().endswith(_SEALED)]
            if sum(info.file_size for info in infos) > _SCANNED_MAX:
                return None
            content = b"\n".join(archive.read(info) for info in infos)
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), content.decode("utf-8", "replace"))
    bare = text.replace("\\n", " ")
    if b"<" in content:
        bare = "\n".join([_TAG.sub(" ", _INSIDE.sub("", bare)), *_VALUE.findall(bare)])
    return html.unescape(bare)
