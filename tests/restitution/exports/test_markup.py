"""What no XML may hold is left out, and the rest is escaped."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from pipeline.restitution.exports.markup import element, written


def test_words_that_no_xml_may_hold_are_left_out() -> None:
    content = written(element("a", element("b", text="\x00\x0bUn & <deux>\ud800"), name='"\x01é"', empty=""))
    read = ET.fromstring(content)
    assert read.attrib == {"name": '"é"'}
    assert read[0].text == "Un & <deux>"
