"""The map of ideas: one page that opens offline, where what says the same is near.

Nothing is fetched, and only the style and the script written here may run: the policy of the page holds their digests.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.axes import AXIS_CODES, compass
from pipeline.contracts.labels import CHANNEL_NAMES
from pipeline.language.text.typography import capitalized, typeset
from pipeline.restitution.exports.contents import Contents
from pipeline.restitution.exports.projection import positions
from pipeline.restitution.material.model import Item, Material
from pipeline.restitution.material.quantifiers import table_name
from pipeline.restitution.quoting.quotes import masked

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
ITEMS_MAX = 100_000
"""Ideas that a browser draws at ease; beyond, they are taken at even steps, and the page says so."""
NO_GROUP = 65_535


def write(contents: Contents) -> dict[str, bytes]:
    """`<run>-carte.html`."""
    material = contents.material
    title = " · ".join(str(row["titre"]) for row in material.workshops) or contents.name
    items = _evenly(list(material.items.values()))
    plane = positions(contents.meanings([item.item_id for item in items]), [item.group for item in items])
    return {f"{contents.name}-carte.html": page(title, _data(items, plane, material), _note(items, material))}


def page(title: str, data: dict[str, Any], note: str) -> bytes:
    """The page as a file."""
    style, script = ((TEMPLATES / f"carte.{end}").read_text(encoding="utf-8") for end in ("css", "js"))
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    filled = {
        "@POLICY@": f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}",
        "@TITLE@": html.escape(title),
        "@NOTE@": html.escape(typeset(note)),
        "@STYLE@": style,
        "@SCRIPT@": script,
        "@DATA@": text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
    }
    whole = (TEMPLATES / "carte.html").read_text(encoding="utf-8")
    return re.sub("|".join(filled), lambda found: filled[found.group()], whole).encode("utf-8", "replace")


def _digest(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _evenly(items: list[Item]) -> list[Item]:
    if len(items) <= ITEMS_MAX:
        return items
    return [items[row] for row in np.linspace(0, len(items) - 1, ITEMS_MAX).round().astype(int)]


def _note(items: list[Item], material: Material) -> str:
    told = (
        "Chaque point est une idée. Deux points proches disent presque la même chose, et les idées d’un groupe sont "
        "rapprochées ; la distance entre deux îlots éloignés ne veut rien dire."
    )
    if len(items) == len(material.items):
        return told
    return f"{told} La carte montre {len(items)} idées sur {len(material.items)}, prises à intervalles réguliers."


def _data(items: list[Item], plane: npt.NDArray[np.float32], material: Material) -> dict[str, Any]:
    """Ideas by columns: 16 bits a number, in base64."""
    ranks = {group: rank for rank, group in enumerate(material.groups)}
    places = {place: rank for rank, place in enumerate(dict.fromkeys(map(_place, items)))}
    axes = {axis: rank for rank, axis in enumerate(AXIS_CODES)}
    return {
        "axes": [{"name": axis.name, "color": axis.color} for axis in compass().values()],
        "groups": [{"title": group.title, "axis": axes[group.axis]} for group in material.groups.values()],
        "places": list(places),
        "texts": [masked(item) for item in items],
        "x": _packed(plane[:, 0] * NO_GROUP),
        "y": _packed(plane[:, 1] * NO_GROUP),
        "axis": _packed([axes[item.axis] for item in items]),
        "group": _packed([ranks.get(item.group, NO_GROUP) for item in items]),
        "place": _packed([places[_place(item)] for item in items]),
    }


def _place(item: Item) -> str:
    """Where an idea was said: its table, or the kind of its source."""
    if item.table and item.channel != "enquete":
        return capitalized(table_name(item.table).removeprefix("la "))
    return capitalized(CHANNEL_NAMES[item.channel].piece)


def _packed(values: Any) -> str:
    return base64.b64encode(np.asarray(values).round().astype("<u2").tobytes()).decode()
