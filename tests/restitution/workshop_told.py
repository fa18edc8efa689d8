"""What tells the hand-made workshop, and small workshops made of a few texts."""

from dataclasses import replace
from functools import cache
from typing import Any

from atelier import workshop

from pipeline.config import load_config
from pipeline.contracts.draft import Draft, Sentence
from pipeline.contracts.plan import Plan
from pipeline.contracts.titles import PARTICIPANTS, PERSON
from pipeline.restitution import draft
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.plan.build import make_plan
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.writers.reading import plain
from pipeline.workshop.load import read_material
from pipeline.workshop.model import Group, Item, Material
from pipeline.workshop.questions import Question


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


WELCOMES = (
    "Accueil très aimable au téléphone",
    "Accueil au téléphone lamentable, personne ne décroche",
    "Au téléphone, un accueil froid alors que la salle est belle",
    "Un accueil sec, au téléphone comme au guichet du matin",
)


def rated(title: str, marks: str, axes: str, second: str = "") -> Material:
    """What rows say that give a mark from 1 to 5, under a title that a machine put them; `second` is another mark.

    `axes` are those of what each says: `n` for Nord, `e` for Est.
    """
    given = {"voice": [f"Voix {n + 1}" for n in range(len(marks))], "strength": 0.9, "stance_on": "Note"}
    asked = {"channel": "enquete", "table": "", "source": "a.csv"}
    material, group = group_of(title, *WELCOMES[: len(marks)], **given, **asked)
    names = [{"n": "nord", "e": "est"}[one] for one in axes]
    members = [replace(one, axis=axis, group=axis) for one, axis in zip(group.members, names, strict=True)]
    own = {axis: tuple(one for one in members if one.axis == axis) for axis in dict.fromkeys(names)}
    like = replace(group, origin=PERSON, is_put=False)
    groups = {axis: replace(like, group_id=axis, axis=axis, members=own[axis]) for axis in own}
    items = {one.item_id: one for one in members}
    questions = tuple(_column(name, given) for name, given in (("Note", marks), ("Délai", second)) if given)
    return replace(material, items=items, groups=groups, questions=questions, axes_given={title: ""})


def _column(name: str, marks: str) -> Question:
    """A column of marks, one a row: high ones are for, low ones against."""
    side = {"1": "contre", "2": "contre", "3": "sans", "4": "pour", "5": "pour"}
    rows = {("a.csv", f"Voix {n}"): (side[mark], mark) for n, mark in enumerate(marks, 1)}
    sides = {one: sum(side[mark] == one for mark in marks) for one in ("pour", "contre", "sans")}
    answers = {mark: marks.count(mark) for mark in sorted({*marks})}
    return Question(f"avis-{name}", "a", name, sides, answers, False, True, True, rows=rows)


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
