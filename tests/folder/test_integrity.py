"""Documents that open no more, told apart from those that somebody changed."""

import zipfile
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from labelled import true_of

from pipeline.folder.integrity import opens
from tests.fuzz.found import docx_bytes, members_of
from tests.fuzz.strategies import drawn


def _piece(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


PNG = b"\x89PNG\r\n\x1a\n" + _piece(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0") + _piece(b"IDAT", zlib.compress(b"\0\0"))
WHOLE = {
    "a.docx": docx_bytes(),
    "rose.png": PNG + _piece(b"IEND", b""),
    "a.pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n",
    "a.html": "<!doctype html><html><p>Un préau</p></html>\n".encode(),
    "rose.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>',
}


@pytest.mark.parametrize("name", WHOLE)
@drawn(60, 500)
@given(share=st.floats(0.4, 0.85))
def test_what_is_cut_opens_no_more(name: str, share: float) -> None:
    whole = WHOLE[name]
    assert opens(name, whole)
    assert not opens(name, whole[: int(share * len(whole))])


@drawn(100, 1_000)
@given(st.integers(0), st.integers(0, 7))
def test_a_flipped_bit_is_seen_where_sums_are_kept(at: int, bit: int) -> None:
    """In the packed words of a zip, but for a bit that changes none; anywhere in a figure."""
    with zipfile.ZipFile(BytesIO(WHOLE["a.docx"])) as archive:
        info = max(archive.infolist(), key=lambda one: one.compress_size)
        start = info.header_offset + 30 + len(info.filename)
    content = _flipped(WHOLE["a.docx"], start + at % info.compress_size, bit)
    assert not opens("a.docx", content) or members_of(content) == members_of(WHOLE["a.docx"])
    assert not opens("rose.png", _flipped(WHOLE["rose.png"], 8 + at % (len(WHOLE["rose.png"]) - 8), bit))


def _flipped(content: bytes, at: int, bit: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]


test_what_a_person_saved_opens = true_of(
    opens,
    ("a.docx", b"\xd0\xcf\x11\xe0 sous un mot de passe"),
    ("a.html", "<p>Un fragment à moi, que rien ne ferme".encode()),
    ("a.html", b"<HTML><P>Mien</HTML>"),
    ("a.html", "<!doctype html><p>Un préau, repeint</html><!-- enregistré -->".encode()),
    ("a.md", b"# Mien"),
    ("rose.csv", "axe;idées\nNord;3".encode("cp1252")),
)
