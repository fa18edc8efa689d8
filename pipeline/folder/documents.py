"""Finished documents, which people may edit: told apart are those that somebody changed and those that were damaged.

A file that has not the content that we wrote is damaged when nobody has saved it since (its time is ours), or when it
opens no more and is ours but for what was lost. Any other is somebody's, and is never written over.
"""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import BROKEN_ARCHIVE

_PNG = b"\x89PNG\r\n\x1a\n"
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def opens(name: str, content: bytes) -> bool:
    """Whether a document is whole, as far as its kind tells it: sums of zip, png and pdf, the end of a page, UTF-8."""
    check = _CHECKS.get(Path(name).suffix.lower(), _is_text)
    try:
        return bool(content) and check(content)
    except BROKEN_ARCHIVE:
        return False


def is_spoilt(name: str, found: bytes, ours: bytes) -> bool:
    """Whether a file opens no more, and is what we would write cut short or with bytes of it changed."""
    if opens(name, found):
        return False
    if len(found) != len(ours):
        return ours.startswith(found)
    n_ours = sum(one in (other, 0) for one, other in zip(found, ours, strict=True))  # a block that is lost is of zeros
    return 2 * n_ours > len(ours)


def _is_zip(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return bool(archive.namelist()) and archive.testzip() is None


def _is_png(content: bytes) -> bool:
    at, kind = len(_PNG), b""
    while content.startswith(_PNG) and kind != b"IEND":
        (size,) = struct.unpack_from(">I", content, at)
        kind, end = content[at + 4 : at + 8], at + 8 + size
        if zlib.crc32(content[at + 4 : end]) != struct.unpack_from(">I", content, end)[0]:
            return False
        at = end + 4
    return kind == b"IEND" and at == len(content)


def _is_pdf(content: bytes) -> bool:
    if not content.startswith(b"%PDF-") or not content.rstrip().endswith(b"%%EOF"):
        return False
    for found in _STREAM.finditer(content):
        if found[1][:1] == b"\x78":  # deflated, under a sum
            stream = zlib.decompressobj()
            stream.decompress(found[1])
            if not stream.eof:
                return False
    return True


def _is_svg(content: bytes) -> bool:
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True)) is not None


def _is_page(content: bytes) -> bool:
    return _is_text(content) and content.rstrip().lower().endswith(b"</html>")


def _is_json(content: bytes) -> bool:
    json.loads(content)
    return True


def _is_text(content: bytes) -> bool:
    return not _CONTROL.search(content.decode("utf-8"))


_CHECKS: dict[str, Callable[[bytes], bool]] = {
    **dict.fromkeys((".docx", ".odt", ".xlsx", ".ods", ".zip", ".qdpx"), _is_zip),
    ".png": _is_png,
    ".pdf": _is_pdf,
    ".svg": _is_svg,
    ".html": _is_page,
    ".json": _is_json,
}
