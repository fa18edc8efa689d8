"""What a file is, by its first bytes; its name only settles what bytes leave open."""

import re
import unicodedata
import zipfile
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import BROKEN_ARCHIVE, NothingSaidError, RefusedFileError
from pipeline.tables.reading import guarded


class Kind(NamedTuple):
    """A kind of file: its name in French, the ends of its names, whether its bytes are enough to tell it.

    A file with such an end and other bytes is refused when they are.
    """

    label: str
    suffixes: tuple[str, ...]
    is_told_by_bytes: bool = False


KINDS = {
    "csv": Kind("tableau CSV", (".csv", ".tsv", ".tab")),
    "classeur": Kind("classeur", (".xlsx", ".xls", ".ods"), True),
    "docx": Kind("document Word", (".docx",), True),
    "odt": Kind("document OpenDocument", (".odt",), True),
    "pdf": Kind("PDF", (".pdf",), True),
    "html": Kind("page HTML", (".html", ".htm")),
    "md": Kind("note Markdown", (".md", ".markdown")),
    "txt": Kind("texte", (".txt", "")),
    "timed": Kind("transcription", (".vtt", ".srt")),
    "json": Kind("JSON", (".json", ".etherpad")),
    "jsonl": Kind("table jsonl", (".jsonl", ".ndjson")),
    "saisie": Kind("paroles saisies en salle", ()),
    "parquet": Kind("table parquet", (".parquet",), True),
}
"""The kinds that `detect` tells apart; `readers.py` names what reads each."""
_TO_TRANSCRIBE = {
    ".jpg .jpeg .png .gif .heic .heif .webp .tif .tiff .bmp .svg": (
        "c'est une image, pas du texte",
        "Saisissez ou faites transcrire ce qu'elle montre dans un tableau (une ligne par post-it), puis relancez.",
    ),
    ".mp3 .m4a .wav .ogg .opus .flac .aac .wma .mp4 .mov .avi .mkv .webm": (
        "c'est un enregistrement, pas du texte",
        "Faites-le transcrire (Whisper, Teams, noScribe…), puis déposez ici le fichier .vtt, .srt ou .json obtenu.",
    ),
}
"""Ends of names of what holds no text → what to tell of it."""
_ODF = {"application/vnd.oasis.opendocument.text": "odt", "application/vnd.oasis.opendocument.spreadsheet": "classeur"}
INFLATED_MAX, MEMBERS_MAX = 1 << 30, 20_000
"""Bytes that an archive may hold once inflated, and its members."""
RATIO_MAX, DOCUMENT_SWOLLEN = 200, 64 << 20
"""Times that what comes out may be larger than the file, for a document that holds more bytes than so many."""
TYPED = b'{"rosace": "salle"'
"""The beginning of the file where the room types."""
_LIMESURVEY = b"<LimeSurveyDocType>Survey<"
_JSON = re.compile(
    rb"\{\s*[\"}]|\[\s*(?:[\"{\[\]]|-?\d[\d.]*\s*,)"
)  # "[Lucie] 10:00:03" and "[00:03] Lucie" are captions
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_HTML = re.compile(rb"(?i)<!doctype html|<html|<\?xml[^>]*>\s*<!doctype html")
_SRT = re.compile(r"^\s*(?:\d+\s*\r?\n)?\s*-?\d{1,2}:\d{1,2}:\d{1,2}[.,]\d+\s*-->")


def detect(path: Path, source: str) -> str:
    """The kind of a file, a key of `KINDS`.

    Raises
    ------
    RefusedFileError : empty, image, sound, broken, or of a kind that is not read, with what to do.
    NothingSaidError : a file of a known tool that holds nobody's words.
    """
    return guarded(source, lambda: _detected(path, source))


def _detected(path: Path, source: str) -> str:
    suffix = path.suffix.lower()
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise RefusedFileError(source, "le fichier est vide (0 octet)", "Exportez-le à nouveau depuis son outil.")
    for suffixes, told in _TO_TRANSCRIBE.items():
        if suffix in suffixes.split():
            raise RefusedFileError(source, *told)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(path, source)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _kind_of_ole(path, source, suffix)
    if head.startswith(b"%PDF"):
        return "pdf"
    if head.startswith(b"PAR1"):
        return "parquet"
    kind = next((kind for kind, one in KINDS.items() if suffix in one.suffixes), "txt")
    if KINDS[kind].is_told_by_bytes:
        raise RefusedFileError(
            source,
            f"son nom finit par {suffix}, mais ce n'en est pas un (fichier incomplet ou renommé)",
            "Ouvrez-le dans son logiciel d'origine et enregistrez-le à nouveau.",
        )
    if _LIMESURVEY in head:
        raise NothingSaidError(
            source, "questionnaire LimeSurvey, sans réponses\u00a0: déposez l'export des réponses, questions en entier"
        )
    return _kind_of_text(head, suffix, kind)


def _kind_of_zip(path: Path, source: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
            mimetype = ""
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    mimetype = member.read(100).decode("ascii", "replace")
    except BROKEN_ARCHIVE as error:
        raise RefusedFileError(
            source, "le fichier est incomplet ou abîmé", "Téléchargez-le ou enregistrez-le à nouveau."
        ) from error
    if "word/document.xml" in names:
        kind = "docx"
    elif any(name.startswith("xl/workbook") for name in names):
        kind = "classeur"
    elif mimetype.startswith(tuple(_ODF)):
        kind = next(kind for mark, kind in _ODF.items() if mimetype.startswith(mark))  # templates too
    else:
        raise RefusedFileError(
            source, "c'est une archive zip", "Ouvrez-la, et déposez ici les fichiers qu'elle contient."
        )
    _refuse_bomb(infos, path, source)
    return kind


def _refuse_bomb(infos: list[zipfile.ZipInfo], path: Path, source: str) -> None:
    """Refuse a document that would swell out of reason; sizes are declared, then bounded while reading."""
    total = sum(info.file_size for info in infos)
    packed = max(1, path.stat().st_size)
    if total > INFLATED_MAX or (total > DOCUMENT_SWOLLEN and total > RATIO_MAX * packed) or len(infos) > MEMBERS_MAX:
        raise RefusedFileError(
            source,
            "le contenu grossirait démesurément une fois lu",
            "S'il vient d'une source sûre, coupez-le en plusieurs fichiers.",
        )


def _kind_of_ole(path: Path, source: str, suffix: str) -> str:
    with path.open("rb") as file:
        content = file.read(4 << 20)
    if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in content:
        raise RefusedFileError(
            source,
            "le fichier est protégé par un mot de passe",
            "Ouvrez-le, retirez le mot de passe (Fichier, Informations, Protéger), enregistrez-le et relancez.",
        )
    if suffix == ".xls" or b"W\0o\0r\0k\0b\0o\0o\0k\0" in content:
        return "classeur"
    raise RefusedFileError(
        source, "ce format ancien d'Office n'est pas lu", "Ouvrez-le et enregistrez-le en .docx, .xlsx ou .odt."
    )


def _kind_of_text(head: bytes, suffix: str, named: str) -> str:
    if head.startswith(TYPED):
        return "saisie"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"WEBVTT") or _SRT.match(head.decode("utf-8", "replace").lstrip("\ufeff")):
        return "timed"
    if named in ("timed", "jsonl", "json"):
        return named
    if suffix in KINDS["txt"].suffixes and _JSON.match(start):
        return "json"
    return "html" if _HTML.match(start) else named


def display_name(name: str) -> str:
    """A file name without what could fool a reader: line breaks, controls, right-to-left marks, lone surrogates."""
    bare = _UNSEEN.sub("", name.encode("utf-8", "replace").decode("utf-8"))
    return "".join(c if unicodedata.category(c)[0] != "C" and c not in "\u2028\u2029" else "·" for c in bare)
