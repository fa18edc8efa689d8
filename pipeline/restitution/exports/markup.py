"""XML as other tools read it: what no XML file may hold is left out of its texts."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(tag: str, *children: ET.Element, text: str = "", **attributes: str) -> ET.Element:
    """An element; an attribute that is "" is left out."""
    made = ET.Element(tag, {name: _NOT_XML.sub("", value) for name, value in attributes.items() if value})
    made.extend(children)
    made.text = _NOT_XML.sub("", text) or None
    return made


def written(root: ET.Element, is_declared: bool = True) -> bytes:
    """The file of a root; `is_declared` : whether it opens on its encoding, which some tools refuse."""
    ET.indent(root, " ")
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=is_declared)
    return content + b"\n"
