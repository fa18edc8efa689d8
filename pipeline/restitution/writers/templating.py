"""Rendering of our Jinja2 templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def render(template: str, escapes: bool = False, **values: Any) -> bytes:
    """A template with its values, in UTF-8, ending with one newline.

    `escapes` : true for html; in the text formats, words come already inert.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=escapes,  # noqa: S701  (as said above)
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return (environment.get_template(template).render(**values).rstrip() + "\n").encode()
