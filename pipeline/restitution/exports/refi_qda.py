"""REFI-QDA: a project (.qdpx) and its codebook (.qdc), for QualCoder, MAXQDA, NVivo, ATLAS.ti and Quirkos.

Codes are the axes, and the groups under them; an idea is coded by its group, or by its axis when it is in none. Sources
are the files of the workshop as text (UTF-8, one character a line end), and positions count characters of it, the last
one left out.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree import ElementTree as ET

from pipeline.axes import AXIS_CODES, compass
from pipeline.contracts.labels import STANCE_NAMES, STATUS_NAMES
from pipeline.restitution.exports import Contents
from pipeline.restitution.figures.canvas import NOT_XML
from pipeline.restitution.quoting.quotes import CUT, masked
from pipeline.workshop.items import masked_spans
from pipeline.workshop.model import Group, Item, Material, Span
from pipeline.workshop.tables import rows_of

_OURS = uuid.UUID("7f0a3b52-6a4e-5a43-9b5e-3a1d1d0c7e11")
ORIGIN = "Rosace"
WHEN = "2020-01-01T00:00:00Z"
"""Readers ask for a date, and the same run must give the same file."""
_ZIPPED = (2020, 1, 1, 0, 0, 0)


def write(contents: Contents) -> dict[str, bytes]:
    """`<run>.qdpx` and `<run>.qdc`."""
    codes, files = _codes(contents.material), list(shown_files(contents))
    user = _guid("user", ORIGIN)
    project = element(
        "Project",
        element("Users", element("User", guid=user, name=ORIGIN)),
        element("CodeBook", codes),
        *([element("Sources", *(_source(file, user) for file in files))] if files else []),
        xmlns="urn:QDA-XML:project:1.0",
        name=contents.name,
        origin=ORIGIN,
        creatingUserGUID=user,
        creationDateTime=WHEN,
    )
    codebook = element("CodeBook", codes, xmlns="urn:QDA-XML:codebook:1.0", origin=ORIGIN)
    return {f"{contents.name}.qdpx": _zipped(project, files), f"{contents.name}.qdc": written(codebook)}


def _guid(kind: str, key: str) -> str:
    return str(uuid.uuid5(_OURS, f"{kind}:{key}"))


def _codes(material: Material) -> ET.Element:
    names: Counter[str] = Counter()
    groups = {axis: [group for group in material.groups.values() if group.axis == axis] for axis in AXIS_CODES}
    axes = (
        element(
            "Code",
            element("Description", text=axis.motto),
            *(_code(group, axis.color, names) for group in groups[axis.code]),
            guid=_guid("code", axis.code),
            name=_unique(axis.name, names),
            isCodable="true",
            color=axis.color,
        )
        for axis in compass().values()
    )
    return element("Codes", *axes)


def _code(group: Group, color: str, names: Counter[str]) -> ET.Element:
    told = " ".join(text for text in (group.question, group.sides_told) if text)
    return element(
        "Code",
        *([element("Description", text=told)] if told else []),
        guid=_guid("code", group.group_id),
        name=_unique(group.title, names),
        isCodable="true",
        color=color,
    )


def _unique(name: str, names: Counter[str]) -> str:
    """Two codes of one name are one for some tools."""
    names[name] += 1
    return name if names[name] == 1 else _unique(f"{name} ({names[name]})", names)


def _source(file: ShownFile, user: str) -> ET.Element:
    guid = _guid("source", file.name)
    return element(
        "TextSource",
        *(_selection(item, span, user) for item, span in file.spans),
        guid=guid,
        name=file.name,
        plainTextPath=f"internal://{guid}.txt",
        creatingUser=user,
        creationDateTime=WHEN,
    )


def _selection(item: Item, span: tuple[int, int], user: str) -> ET.Element:
    coding = element(
        "Coding",
        element("CodeRef", targetGUID=_guid("code", item.group or item.axis)),
        guid=_guid("coding", item.item_id),
        creatingUser=user,
        creationDateTime=WHEN,
    )
    return element(
        "PlainTextSelection",
        *(element("Description", text=", ".join(told)) for told in [list(_told(item))] if told),
        coding,
        guid=_guid("selection", item.item_id),
        startPosition=str(span[0]),
        endPosition=str(span[1]),
        creatingUser=user,
        creationDateTime=WHEN,
    )


def _told(item: Item) -> Iterator[str]:
    if item.status != "sur":
        yield STATUS_NAMES[item.status]
    if item.stance != "inconnu":
        yield STANCE_NAMES[item.stance]


def _zipped(project: ET.Element, files: list[ShownFile]) -> bytes:
    parts = {f"Sources/{_guid('source', file.name)}.txt": file.text.encode() for file in files}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"project.qde": written(project), **parts}.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIPPED), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def element(tag: str, *children: ET.Element, text: str = "", **attributes: str) -> ET.Element:
    """An XML element; an attribute that is "", and characters that no XML may hold, are left out."""
    made = ET.Element(tag, {name: NOT_XML.sub("", value) for name, value in attributes.items() if value})
    made.extend(children)
    made.text = NOT_XML.sub("", text) or None
    return made


def written(root: ET.Element) -> bytes:
    """The file of a root."""
    ET.indent(root, " ")
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


@dataclass(frozen=True)
class ShownFile:
    """One file of the workshop.

    Attributes
    ----------
    text : its contributions in reading order, one a paragraph, each under its heading or question where that changes;
        what may not be shown is […].
    spans : ideas in order, each with its place: `text[start:end]` is what may be shown of it.
    """

    name: str
    text: str
    spans: tuple[tuple[Item, Span], ...]


def shown_files(contents: Contents) -> Iterator[ShownFile]:
    """The files of a run, one after the other, without the contributions of which nothing may be shown."""
    siblings, cuts = contents.material.siblings, _cuts(contents)
    whole = contents.tables.contributions.set_index("contribution_id")["text"].to_dict()
    for name, found in groupby(siblings, key=lambda key: siblings[key][0].source):
        parts: list[str] = []
        spans: list[tuple[Item, Span]] = []
        context, length = "", 0
        for contribution_id in found:
            items = siblings[contribution_id]
            heading = f"{items[0].context}\n" if items[0].context not in ("", context) else ""
            context = items[0].context
            pieces = _pieces(str(whole[contribution_id]), items, cuts.get(contribution_id, ()))
            for piece, item in ((heading, None), *pieces, ("\n\n", None)):
                if item is not None:
                    spans.append((item, (length, length + len(piece))))
                parts.append(piece)
                length += len(piece)
        yield ShownFile(name, "".join(parts).replace("\r", " "), tuple(spans))


def _pieces(whole: str, items: Sequence[Item], cuts: Sequence[Span]) -> Iterator[tuple[str, Item | None]]:
    """A contribution piece by piece: what stands around its ideas, and each of them."""
    at = 0
    for item in items:
        yield _around(whole, at, item.start, cuts), None
        yield masked(item), item
        at = item.end
    yield _around(whole, at, len(whole), cuts), None


def _around(whole: str, at: int, end: int, cuts: Sequence[Span]) -> str:
    """The words between two ideas, what may not be shown of them as […]."""
    parts: list[str] = []
    for low, high in cuts:
        if high > at and low < end:
            parts += [whole[at : max(at, low)], CUT]
            at = min(high, end)
    return "".join([*parts, whole[at:end]])


def _cuts(contents: Contents) -> dict[str, list[Span]]:
    """Contribution → what may not be shown of it: ideas that people hid, masked words, names that nobody allowed."""
    found = masked_spans(contents.tables)
    rows = rows_of(contents.tables.items, "item_id", "contribution_id", "start", "end")
    for item_id, contribution_id, start, end in rows:
        if item_id not in contents.material.items:
            found.setdefault(contribution_id, []).append((start, end))
    return {contribution_id: sorted(set(spans)) for contribution_id, spans in found.items()}
