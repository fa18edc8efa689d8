"""After the axes: weak signals, what is left to read again, what changed, where to learn more, and the empty slots."""

from __future__ import annotations

import pandas as pd

from pipeline.axes import COMPASS_CODES, compass
from pipeline.restitution.material import Item
from pipeline.restitution.nodes import Block, Node, Section, Sentence
from pipeline.restitution.quotes import quote
from pipeline.restitution.telling import Teller, paragraph

SIGNALS_PER_AXIS = {"essentiel": 2, "standard": 6, "complet": 1_000_000}


def weak_signals(teller: Teller, length: str) -> Section | None:
    """Ideas said once, by axis: a list, since they are many and have nothing in common."""
    blocks: list[Block] = []
    for axis in COMPASS_CODES:
        alone = [item for item in teller.material.signals if item.axis == axis and item.item_id not in teller.told]
        points = [point for item in alone if (point := _point(teller, item)) is not None]
        if points:
            blocks.append(Block("heading", level=1, value={"text": compass()[axis].name}))
            blocks.append(Block("list", tuple(points[: SIGNALS_PER_AXIS[length]])))
    if not blocks:
        return None
    intro = teller.say(
        "Ce qui n’a été dit qu’une fois n’est pas moins vrai ; ces paroles isolées sont gardées ici, "
        "et toutes se retrouvent dans l’annexe.",
        ("annexe",),
    )
    return Section("signaux", "Signaux faibles", (*paragraph([intro]), *blocks))


def _point(teller: Teller, item: Item) -> Sentence | None:
    node = quote(item) or teller.note_node(item)
    if node is None or len(node.text.split()) < 3:
        return None
    at = teller.place_of(item) if item.channel != "enquete" else [Node("text", "dans l’enquête")]
    template = "{q}, {at}" if at else "{q}"
    return teller.say(template, [item.item_id], q=node, at=at)


def to_read_again(teller: Teller) -> Section | None:
    """How many ideas the model could not decide on, and where they wait."""
    waiting = teller.facts["a_relire"]
    if not waiting["value"]:
        return None
    sentence = teller.say(
        "L’axe de certaines idées reste à confirmer par une relecture : {n}. Elles sont marquées dans le tableau des éléments.",
        ("elements.xlsx",),
        n=teller.fact("a_relire", "share"),
    )
    return Section("a_relire", "Ce qui reste à relire", tuple(paragraph([sentence])))


KINDS = {
    "groupe_nouveau": ("un nouveau groupe est apparu", "de nouveaux groupes sont apparus"),
    "groupe_disparu": ("un groupe a disparu", "des groupes ont disparu"),
    "groupe_modifie": ("un groupe a été modifié", "des groupes ont été modifiés"),
    "axe_modifie": ("une idée a changé d’axe", "des idées ont changé d’axe"),
    "item_nouveau": ("une idée est arrivée", "des idées sont arrivées"),
    "item_disparu": ("une idée n’est plus là", "des idées ne sont plus là"),
}


def what_changed(teller: Teller, changes: pd.DataFrame) -> Section | None:
    """What differs from the previous run, in one sentence; the details are in the ledger page."""
    if changes.empty:
        return None
    counts = changes["kind"].value_counts()
    parts = [KINDS[kind][int(counts[kind] > 1)] for kind in KINDS if counts.get(kind, 0)]
    sentence = teller.say(
        "Depuis la version précédente, {x}. Le détail est dans le registre.", ("changes",), x=" ; ".join(parts)
    )
    return Section("changements", "Ce qui a changé", tuple(paragraph([sentence])))


def more(teller: Teller) -> Section | None:
    """« Pour en savoir plus », as declared."""
    given = [str(row["pour_en_savoir_plus"]) for row in teller.material.workshops if row["pour_en_savoir_plus"]]
    if not given:
        return None
    nodes = [Node("given", value, {"field": "pour_en_savoir_plus"}) for value in dict.fromkeys(given)]
    sentences = [teller.say("{x}", ("atelier.toml",), x=node) for node in nodes]
    return Section("savoir_plus", "Pour en savoir plus", tuple(paragraph(sentences)))


def slots() -> list[Section]:
    """Parts that only people can write: left empty, and marked so."""
    return [
        Section(key, title, (Block("slot", value={"text": text}),))
        for key, title, text in (
            ("fil_rouge", "Fil rouge", "À écrire par l’auteur·e : ce qui relie ces paroles, selon vous."),
            ("suites", "Suites", "À écrire par l’auteur·e : ce qui est décidé, par qui, et pour quand."),
            ("remerciements", "Remerciements", "À écrire par l’auteur·e."),
        )
    ]
