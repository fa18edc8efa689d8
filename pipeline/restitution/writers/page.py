"""The html page: one offline file, with copy buttons per section; and the door (index.html)."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from pipeline.axes import compass
from pipeline.errors import UsageError
from pipeline.restitution.writers.markdown import section_md
from pipeline.restitution.writers.plain import section_lines
from pipeline.restitution.writers.reading import field_title, header_rows, runs
from pipeline.restitution.writers.yeswiki import section_wiki

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def write_page(draft: dict[str, Any], svgs: dict[str, bytes], level: int, template: str) -> bytes:
    """restitution.html: the whole document, nothing fetched from anywhere."""
    sections = [
        {
            **section,
            "wiki": "\n".join(section_wiki(section, draft, level + 1, with_notes=False)),
            "markdown": "\n".join(section_md(section, draft, level + 1, with_notes=False)),
            "plain": "\n".join(section_lines(section, draft)),
        }
        for section in draft["sections"]
    ]
    images = {name: "data:image/svg+xml;base64," + base64.b64encode(svg).decode() for name, svg in svgs.items()}
    return _render(
        template or str(TEMPLATES / "restitution.html.j2"),
        draft=draft,
        sections=sections,
        images=images,
        header=header_rows(draft),
        field_title=field_title(),
    )


def write_door(draft: dict[str, Any], svgs: dict[str, bytes], files: list[dict[str, str]]) -> bytes:
    """index.html: the document and the page first; the rest behind a link."""
    images = {name: "data:image/svg+xml;base64," + base64.b64encode(svg).decode() for name, svg in svgs.items()}
    return _render(str(TEMPLATES / "index.html.j2"), draft=draft, images=images, files=files, header=header_rows(draft))


def _render(template: str, **values: Any) -> bytes:
    import jinja2

    path = Path(template)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(path.parent), str(TEMPLATES)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(render=_sentence, axes=compass())
    try:
        return (environment.get_template(path.name).render(**values).rstrip() + "\n").encode()
    except jinja2.TemplateNotFound as error:
        raise UsageError(f"Gabarit introuvable : {template}. Corrigez modele_html dans la configuration.") from error
    except jinja2.TemplateError as error:
        raise UsageError(
            f"Le gabarit {template} ne se laisse pas lire ({error}). Corrigez-le, ou videz modele_html."
        ) from error


def _sentence(sentence: dict[str, Any]) -> Any:
    """One sentence as safe html, its note as a link."""
    from markupsafe import Markup, escape

    out = Markup("")
    for run in runs(sentence):
        out += Markup("<strong>{}</strong>").format(run.text) if run.strong else escape(run.text)
    if "note" in sentence:
        n = sentence["note"]
        out += Markup('<sup id="r{}"><a href="#n{}" aria-label="Source {}">{}</a></sup>').format(n, n, n, n)
    return out
