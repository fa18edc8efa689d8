"""The html page: one offline file, with copy buttons per section; and the door (index.html)."""

from __future__ import annotations

import base64
from itertools import groupby
from typing import Any

from pipeline.axes import compass
from pipeline.contracts.draft import Draft, Facts, Sentence
from pipeline.contracts.labels import PART_NAMES
from pipeline.language.text.typography import joined
from pipeline.restitution.material.quantifiers import said
from pipeline.restitution.writers.reading import anchor, by_place, explained, field_title, header_rows, runs
from pipeline.restitution.writers.text import MARKDOWN, PLAIN, YESWIKI, render


def write_page(draft: Draft, svgs: dict[str, bytes], level: int) -> bytes:
    """restitution.html: the whole document, nothing fetched from anywhere."""
    sections = [
        {
            "key": section.key,
            "title": section.title,
            "axis": section.axis,
            "is_annex": section.is_annex,
            "blocks": section.blocks,
            "wiki": YESWIKI.section(section, draft, level + 1, with_sources=False),
            "markdown": MARKDOWN.section(section, draft, level + 1, with_sources=False),
            "plain": "\n".join(PLAIN.lines(section, draft, level)),
        }
        for section in draft.sections
    ]
    images = {name: "data:image/svg+xml;base64," + base64.b64encode(svg).decode() for name, svg in svgs.items()}
    return render(
        "restitution.html.j2",
        escapes=True,
        render=_sentence,
        axes=compass(),
        draft=draft,
        sections=sections,
        images=images,
        header=header_rows(draft),
        field_title=field_title(draft),
        explained=explained(draft),
        places=list(by_place(draft)),
        anchor=anchor,
    )


def write_door(
    draft: Draft,
    svgs: dict[str, bytes],
    files: list[dict[str, str]],
    facts: Facts,
    is_titled: bool,
    has_next: bool = True,
) -> bytes:
    """index.html: the documents first, then what people have left to do; the rest behind a link.

    Parameters
    ----------
    is_titled : whether a person gave some title. has_next : whether what is left to do is done in this folder.
    """
    images = {name: "data:image/svg+xml;base64," + base64.b64encode(svg).decode() for name, svg in svgs.items()}
    values = {"draft": draft, "images": images, "files": files, "header": header_rows(draft)}
    values |= {"waiting": _waiting(facts), "slots": _slots(draft), "is_titled": is_titled, "has_next": has_next}
    values["has_words"] = any(file["name"] == "paroles.html" for file in files)
    return render("index.html.j2", escapes=True, **values)


def _waiting(facts: Facts) -> str:
    """What a re-reading would settle: `68 idées dont l’axe est à confirmer et treize noms masqués`; "" when nothing."""
    n_ideas, n_names = facts["a_relire"].n, facts["noms"].n
    ideas = f"{said(facts['a_relire'], 'idea_count')} dont l’axe est à confirmer" if n_ideas else ""
    names = f"{said(facts['noms'], 'name_count')} de personne {'masqués' if n_names > 1 else 'masqué'}"
    return joined([part for part in (ideas, names if n_names else "") if part])


def _slots(draft: Draft) -> str:
    """What only the author can write: empty fields of the header, then empty parts."""
    fields = [field.label for field in draft.header if field.state == "empty"]
    parts = [name for key, name in PART_NAMES.items() if all(section.key != key for section in draft.sections)]
    return joined([*fields, *parts])


def _sentence(sentence: Sentence) -> Any:
    """One sentence as safe html, its marks as links to the annex."""
    from markupsafe import Markup, escape

    link = Markup('<sup class="marks"><a href="#{}" aria-label="Source {}">{}</a></sup>')
    out = Markup("")
    for (strong, is_mark), found in groupby(runs(sentence, with_marks=True), lambda run: (run.strong, run.is_mark)):
        told = list(found)
        text = "".join(run.text for run in told)
        if is_mark:
            out += Markup("").join(run.joint + link.format(anchor(run.text), run.text, run.text) for run in told)
        else:
            out += Markup("<strong>{}</strong>").format(text) if strong else escape(text)
    return out
