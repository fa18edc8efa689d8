"""What a file is, by its first bytes."""

import zipfile
from pathlib import Path

import pytest
from labelled import each

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.detection import detect, display_name

TEXTS = [
    ("a.csv", b"Texte\nUn banc\n", "csv"),
    ("a.tsv", b"Texte\tVotes\n", "csv"),
    ("a.md", b"# Freins\n", "md"),
    ("a.txt", b"Un banc\n", "txt"),
    ("a", b"Un banc\n", "txt"),
    ("a.txt", b"WEBVTT\n\n", "timed"),
    ("a.txt", b"1\r\n00:00:01,000 --> 00:00:04,000\r\nUn banc\r\n", "timed"),
    ("a.srt", b"Un banc", "timed"),
    ("a.txt", b'\xef\xbb\xbf {"segments": []}', "json"),
    ("a.txt", b"[00:03] Lucie\nle four", "txt"),
    ("a.txt", b"[Zo\xc3\xa9] 10:00:03\nUn banc", "txt"),
    ("a.jsonl", b'{"texte": "Un banc"}\n', "jsonl"),
    ("a.etherpad", b'{"pad:x": {}}', "json"),
    ("a.txt", b"<!DOCTYPE html><p>Un banc</p>", "html"),
    ("a.pdf", b"%PDF-1.7\n", "pdf"),
    ("a.csv", b"PAR1....", "parquet"),
]


@pytest.mark.parametrize(("name", "content", "kind"), TEXTS, ids=[f"{kind} {name}" for name, _, kind in TEXTS])
def test_by_its_bytes(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert detect(tmp_path / name, name) == kind


ZIPS = [
    ("docx", "a.docx", {"word/document.xml": b""}),
    ("classeur", "a.docx", {"xl/workbook.xml": b""}),
    ("odt", "a.odt", {"mimetype": b"application/vnd.oasis.opendocument.text"}),
    ("classeur", "a.ods", {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
]


@pytest.mark.parametrize(("kind", "name", "members"), ZIPS, ids=[f"{kind} {name}" for kind, name, _ in ZIPS])
def test_a_zip_by_its_members(tmp_path: Path, kind: str, name: str, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    assert detect(tmp_path / name, name) == kind


REFUSED = [
    ("empty", "a.csv", b"", "vide"),
    ("a photograph", "a.JPG", b"\xff\xd8\xff\xe0 photo", "une image"),
    ("a drawing", "a.svg", b"<svg/>", "une image"),
    ("a sound", "a.mp3", b"ID3\x03", "un enregistrement"),
    ("a renamed workbook", "a.xlsx", b"Texte\nUn banc\n", "ce n'en est pas un"),
    ("a torn zip", "a.docx", b"PK\x03\x04 torn", "incomplet ou abîmé"),
    ("a password", "a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
    ("an old document", "a.doc", b"\xd0\xcf\x11\xe0" + b"x" * 100, "format ancien"),
]


@pytest.mark.parametrize(
    ("name", "content", "problem"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_is_not_read_is_told(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RefusedFileError, match=problem) as refused:
        detect(tmp_path / name, name)
    assert refused.value.source == name
    assert refused.value.advice


test_names_that_fool_nobody = each(
    display_name,
    ("été.csv", "été.csv"),
    ("a\nb.csv", "a·b.csv"),
    ("a\u202efdp.csv", "a·fdp.csv"),
    ("a\udcff.csv", "a?.csv"),
    names=["plain", "a line break", "right to left", "a lone surrogate"],
)
