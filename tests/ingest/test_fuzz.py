"""Whatever bytes a file holds, it is read or refused in words; a reader never fails otherwise."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.readers import read_file
from tests.ingest import corpus_files as made

SEEDS = {
    ".csv": (made.LIMESURVEY.encode(), made.FRAMAFORMS.encode("cp1252"), made.KLAXOON.encode("utf-16")),
    ".vtt": (made.TEAMS_VTT.encode(), made.ZOOM_VTT.encode()),
    ".srt": (made.SRT.encode(),),
    ".json": (made.WHISPER.encode(), made.ETHERPAD.encode(), b'[{"texte": "a"}]'),
    ".jsonl": (b'{"texte": "Plus de bus"}\n{"texte": 3}\n',),
    ".txt": (made.OTTER.encode(), made.NAMED_TURNS.encode()),
    ".md": (made.NOTE.encode(), b"---\ntitre: x\n---\n# A\n"),
    ".xlsx": (made.workbook_bytes({"A": [["Texte"], ["Plus de bus"]]}),),
}
SPLINTERS = [b"\0", b'"', b"\n\n", b"<v ", b"-->", b"\xff\xfe", b":" * 9]
MUTATIONS = st.lists(
    st.tuples(st.integers(0, 5_000), st.one_of(st.binary(max_size=6), st.sampled_from(SPLINTERS))), max_size=6
)


def _mutated(seed: bytes, mutations: list[tuple[int, bytes]], cut: int) -> bytes:
    content = bytearray(seed)
    for place, inserted in mutations:
        at = place % (len(content) + 1)
        content[at : at + len(inserted)] = inserted
    return bytes(content[: len(content) - cut % (len(content) + 1)])


@pytest.mark.parametrize("suffix", sorted(SEEDS))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data(), mutations=MUTATIONS, cut=st.one_of(st.just(0), st.integers(0, 3_000)))
def test_damaged_file(
    tmp_path: Path, suffix: str, data: st.DataObject, mutations: list[tuple[int, bytes]], cut: int
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(_mutated(data.draw(st.sampled_from(SEEDS[suffix])), mutations, cut))
    try:
        entries = [entry for reading in read_file(path, path.name, None, 1 << 30) for entry in reading.entries]
    except RefusedFileError as error:
        assert error.problem
        assert error.advice
    else:
        assert all(isinstance(entry.text, str) and entry.locator for entry in entries)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(mutations=MUTATIONS)
def test_damaged_word_document(tmp_path: Path, mutations: list[tuple[int, bytes]]) -> None:
    whole = tmp_path / "whole.docx"
    if not whole.exists():
        made.write_docx(whole, [("Heading 1", "Freins"), ("List Bullet", "Bus rares")])
    with zipfile.ZipFile(whole) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/document.xml"] = _mutated(members["word/document.xml"], mutations, 0)
    made.write_zip(tmp_path / "a.docx", members)
    try:
        assert [list(reading.entries) for reading in read_file(tmp_path / "a.docx", "a.docx", None, 1 << 30)]
    except RefusedFileError as error:
        assert error.advice
