"""What tells the hand-made workshop, and small workshops made of a few texts."""

from dataclasses import replace
from functools import cache
from typing import Any

from atelier import workshop

from pipeline.config import load_config
from pipeline.contracts.draft import Draft, Sentence
from pipeline.contracts.plan import Plan
from pipeline.contracts.titles import PARTICIPANTS
from pipeline.restitution import draft
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.plan.build import make_plan
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.writers.reading import plain
from pipeline.workshop.load import read_material
from pipeline.workshop.model import Group, Item, Material


@cache
def hand_made() -> Material:
    """The hand-made workshop, read once."""
    return read_material(workshop())


def plan_of(material: Material, length: str = "standard") -> Plan:
    """What is said of a workshop."""
    return make_plan(material, length)


def telling_of(material: Material, length: str = "standard") -> Telling:
    """What tells a workshop."""
    plan = plan_of(material, length)
    return draft.telling_of(material, plan, compute_facts(material, plan.units))


def draft_of(material: Material) -> Draft:
    """The restitution of a workshop, as data."""
    return draft.write_draft(telling_of(material), load_config().restitution)


def told_workshop() -> Telling:
    """What tells the hand-made workshop."""
    return telling_of(hand_made())


def seen(sentence: Sentence) -> str:
    """A sentence as it is read, with plain spaces."""
    return spaced(plain(sentence))


def spaced(text: str) -> str:
    """A text with plain spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def group_of(title: str, *texts: str, axis: str = "est", **changes: Any) -> tuple[Material, Group]:
    """A group that participants made, all that a workshop said, each text on a post-it of another table.

    `changes` are fields of its items; a list gives each its own value.
    """
    material = hand_made()
    like = material.groups["g-toit"]
    changes = {"stance": "inconnu", "table": [str(n + 1) for n in range(len(texts))]} | changes
    members = tuple(
        replace(like.members[0], **(_fields(n, text, axis) | {name: _nth(value, n) for name, value in changes.items()}))
        for n, text in enumerate(texts)
    )
    group = replace(like, group_id="g", axis=axis, title=title, question="", members=members, origin=PARTICIPANTS)
    items: dict[str, Item] = {item.item_id: item for item in members}
    people = frozenset((item.workshop, item.voice) for item in members if item.channel == "enquete" and item.voice)
    alone = replace(material, items=items, groups={"g": group}, stands=(), respondents=people)
    return alone, group


def item_of(text: str, **changes: Any) -> Item:
    """One idea, on a post-it."""
    _, group = group_of("Le four", text)
    return replace(group.members[0], **changes)


def _fields(n: int, text: str, axis: str) -> dict[str, Any]:
    facets = {"est": "frein", "sud": "action", "nord": "valoriser", "ouest": "sens"}
    return {
        "item_id": f"i{n}", "contribution_id": f"c{n}", "text": text, "source_text": text, "start": 0,
        "end": len(text), "group": "g", "axis": axis, "facet": facets[axis], "stack": f"s{n}",
    }  # fmt: skip


def _nth(value: Any, n: int) -> Any:
    return value[n] if isinstance(value, list) else value
