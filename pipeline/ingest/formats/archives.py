"""A zip of a folder: its members written under names of ours, sizes enforced while they are inflated."""

import re
import stat
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import BROKEN_ARCHIVE, RefusedFileError
from pipeline.ingest.formats.confined import ARCHIVE_SWOLLEN, INFLATED_MAX
from pipeline.ingest.formats.detection import refuse_bomb
from pipeline.tables.reading import guarded

LINK_MEMBER = "c'est un lien, qui n'est pas lu. Mettez dans l'archive le fichier lui-même."
_BLOCK = 1 << 20
_NOISE = re.compile(r"^__MACOSX/|(?:^|[/\\])(?:\.[^/\\]*|~\$[^/\\]*|(?i:thumbs\.db|desktop\.ini))$")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def unpack(path: Path, source: str, folder: Path, refuse: Callable[[str, str, str], None]) -> list[tuple[str, Path]]:
    """The files of an archive as (source for people, place on disk), in the order of their names.

    No name of the archive is used on disk: `../` and absolute names lead nowhere. `refuse` is told the name, the kind
    and the reason of members that are links: nobody's words.

    Raises RefusedFileError: encrypted, damaged, or a bomb.
    """
    return guarded(source, lambda: _unpacked(path, source, folder, refuse), "archive zip")


def _unpacked(path: Path, source: str, folder: Path, refuse: Callable[[str, str, str], None]) -> list[tuple[str, Path]]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir() and not _NOISE.search(info.filename)]
            refuse_bomb(infos, path, source, ARCHIVE_SWOLLEN)
            if any(info.flag_bits & 1 for info in infos):
                raise RefusedFileError(source, "l'archive est protégée par un mot de passe", "Refaites-la sans.")
            left = INFLATED_MAX
            members: list[tuple[str, Path]] = []
            for number, info in enumerate(sorted(infos, key=lambda info: info.filename)):
                if stat.S_ISLNK(info.external_attr >> 16):
                    refuse(f"{source}/{_safe(info.filename)}", "lien", LINK_MEMBER)
                    continue
                target = folder / f"{number}{Path(_safe(info.filename)).suffix[:10]}"
                left -= _inflate(archive, info, target, left, source)
                members.append((f"{source}/{_safe(info.filename)}", target))
    except BROKEN_ARCHIVE as error:
        raise RefusedFileError(source, "l'archive est incomplète ou abîmée", "Refaites-la.") from error
    return members


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, left: int, source: str) -> int:
    n_bytes = 0
    with archive.open(info) as member, target.open("wb") as out:
        while block := member.read(_BLOCK):
            n_bytes += len(block)
            if n_bytes > left:
                raise RefusedFileError(source, "l'archive grossirait démesurément", "Déposez les fichiers un à un.")
            out.write(block)
    return n_bytes


def _safe(name: str) -> str:
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return display_name("/".join(parts)) or "sans nom"


def display_name(name: str) -> str:
    """A file name without what could fool a reader: line breaks, controls, right-to-left marks, lone surrogates."""
    bare = _UNSEEN.sub("", name.encode("utf-8", "replace").decode("utf-8"))
    return "".join(c if unicodedata.category(c)[0] != "C" and c not in "\u2028\u2029" else "·" for c in bare)
