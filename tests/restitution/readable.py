"""What a reader of a drawing reads."""

import re
from html import unescape


def texts(drawing: bytes | str) -> list[str]:
    """The text elements of a drawing, each whole, whatever its lines."""
    whole = drawing.decode() if isinstance(drawing, bytes) else drawing
    return [unescape(re.sub("<[^>]*>", "", found)) for found in re.findall(r"<text .*?</text>", whole, re.DOTALL)]


def numbers(drawing: str, name: str) -> list[float]:
    """The values of an attribute of the lines of text."""
    return [float(value) for value in re.findall(rf'<tspan [^>]*\b{name}="([^"]*)"', drawing)]
