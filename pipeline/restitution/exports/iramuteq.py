"""A corpus for IRaMuTeQ: one text an idea, under its starred variables.

A variable and its modality are of ASCII letters and digits, with one underscore between them. In the texts, what
IRaMuTeQ would take for a command (asterisks, underscores) is a space. It refuses a text without a letter: none
is written.
"""

from __future__ import annotations

import json
import re

from pipeline.language.text.typography import unaccented
from pipeline.restitution.exports import Contents
from pipeline.restitution.quoting.quotes import CUT, masked
from pipeline.workshop.model import Item, Material

CHARACTERS_MAX = 40
"""Of the value of a column of the source: longer ones are sentences, and no modality."""
_NOT_IN_TEXTS = re.compile(r"[\s*_]+")


def write(contents: Contents) -> dict[str, bytes]:
    """`<run>.txt`, in UTF-8."""
    material = contents.material
    texts = ((item, _NOT_IN_TEXTS.sub(" ", masked(item)).strip()) for item in material.items.values())
    told = [
        f"**** {' '.join(f'*{name}_{value}' for name, value in variables(item, material).items())}\n{text}\n"
        for item, text in texts
        if any(character.isalpha() for character in text.replace(CUT, ""))
    ]
    return {f"{contents.name}.txt": "\n".join(told).encode()}


def variables(item: Item, material: Material) -> dict[str, str]:
    """Names of variables → modalities, cleaned; the other columns of the source come after ours."""
    group = material.groups.get(item.group)
    ours = {
        "axe": item.axis,
        "facette": item.facet,
        "statut": item.status,
        "position": "" if item.stance == "inconnu" else item.stance,
        "groupe": group.title if group else "",
        "theme": material.theme_of(group),
        "table": item.table,
        "canal": item.channel,
        "provenance": item.provenance,
        "voix": item.voice,
        "atelier": item.workshop,
        "idee": item.item_id,
    }
    found = {name: cleaned(value) for name, value in ours.items()}
    for name, value in json.loads(item.attributes or "{}").items():
        if len(str(value)) <= CHARACTERS_MAX:
            found.setdefault(cleaned(str(name)), cleaned(str(value)))
    return {name: value for name, value in found.items() if name and value}


def cleaned(text: str) -> str:
    """The words of a text as one: « Infirmière libérale » gives `infirmiereLiberale`."""
    words = "".join(word.capitalize() for word in re.split(r"[^a-z0-9]+", unaccented(text)))
    return words[:1].lower() + words[1:]
