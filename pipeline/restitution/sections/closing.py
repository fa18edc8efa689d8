"""After the axes: what is left to read again, what changed, where to learn more, and the empty slots."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from pipeline.contracts.draft import Block, NamedNode, NamedRef, Section, Sentence, Shown
from pipeline.contracts.labels import PART_NAMES
from pipeline.restitution.nodes import listed, paragraph, written_lines
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.standing import has_good_title
from pipeline.workshop.model import Group

UNSURE_MAX = 6
SUBJECT_WORDS_MIN = 4


def to_read_again(telling: Telling) -> Section | None:
    """What waits for people: axes that the model could not decide on, names that nobody allowed yet."""
    if not telling.places.facts["a_relire"].n and not telling.places.facts["noms"].n:
        return None
    sentences = [*_axes_to_confirm(telling), *_names_to_confirm(telling)]
    return Section("a_relire", "Ce qui reste à relire", tuple(paragraph(sentences)))


def _names_to_confirm(telling: Telling) -> list[Sentence]:
    """Why […] stands in some quotations, and what lifts it."""
    if not telling.places.facts["noms"].n:
        return []
    template = (
        "Là où l’on lit […], un nom de personne est masqué ({n} en tout) ; il reparaît quand la relecture "
        "confirme que la personne accepte d’être nommée."
    )
    return [telling.say(template, ("name_suggestions",), n=telling.places.fact("noms", "name_count"))]


def _axes_to_confirm(telling: Telling) -> list[Sentence]:
    """How many ideas wait for someone to say their axis, and the subjects that wait with them."""
    if not telling.places.facts["a_relire"].n:
        return []
    template = (
        "Pour certaines idées ({n}), l’axe reste à confirmer par une relecture ; le tableau des éléments les marque."
    )
    sentences = [telling.say(template, ("elements.xlsx",), n=telling.places.fact("a_relire", "share"))]
    unsure = [
        group
        for group in telling.material.groups.values()
        if group.is_unsure and len(group.members) > 1 and _is_a_subject(group)
    ][:UNSURE_MAX]
    if unsure:
        sources = [item.item_id for group in unsure for item in group.members]
        named = listed([telling.titles.named(group) for group in unsure])
        sentences.append(telling.say(_WAITING[len(unsure) > 1], sources, x=named))
    return sentences


_WAITING = {
    False: "Ce sujet attend cette relecture avant d’être raconté : {x}.",
    True: "Ces sujets attendent cette relecture avant d’être racontés : {x}.",
}


def _is_a_subject(group: Group) -> bool:
    """Whether a title says by itself what waits."""
    is_long = len(group.title.split()) >= SUBJECT_WORDS_MIN
    return is_long and has_good_title(group) and not _DOES.match(group.title)


_DOES = re.compile(r"(?:on|je|nous) (?:a|ai|avons|se|me)\b", re.IGNORECASE)
"""What someone did is no subject that waits."""
KINDS = {
    "groupe_nouveau": ("un nouveau groupe est apparu", "de nouveaux groupes sont apparus"),
    "groupe_disparu": ("un groupe a disparu", "des groupes ont disparu"),
    "groupe_modifie": ("un groupe a été modifié", "des groupes ont été modifiés"),
    "axe_modifie": ("une idée a changé d’axe", "des idées ont changé d’axe"),
    "item_nouveau": ("une idée est arrivée", "des idées sont arrivées"),
    "item_disparu": ("une idée n’est plus là", "des idées ne sont plus là"),
}


def what_changed(telling: Telling, changes: pd.DataFrame) -> Section | None:
    """What differs from the previous run, in one sentence; the details are in the ledger page."""
    if changes.empty:
        return None
    counts = changes["kind"].value_counts()
    parts = [KINDS[kind][int(counts[kind] > 1)] for kind in KINDS if counts.get(kind, 0)]
    sentence = telling.say(
        "Depuis la version précédente, {x}. Le détail est dans le registre.", ("changes",), x=" ; ".join(parts)
    )
    return Section("changements", "Ce qui a changé", tuple(paragraph([sentence])))


def more(telling: Telling) -> Section | None:
    """« Pour en savoir plus », as declared."""
    given = [str(row["pour_en_savoir_plus"]) for row in telling.material.workshops if row["pour_en_savoir_plus"]]
    if not given:
        return None
    nodes = [NamedNode("given", value, NamedRef("pour_en_savoir_plus")) for value in dict.fromkeys(given)]
    sentences = [telling.say("{x}", ("atelier.toml",), x=node) for node in nodes]
    return Section("savoir_plus", "Pour en savoir plus", tuple(paragraph(sentences)))


def in_figures(names: Sequence[str]) -> Section | None:
    """The figures beside the rose."""
    blocks = tuple(Block("figure", value=Shown(figure=name)) for name in names)
    return Section("figures", "En figures", blocks) if blocks else None


def written(telling: Telling, key: str) -> Section | None:
    """A part that a person wrote, as she wrote it; None while nobody did."""
    lines = written_lines(telling.material.parts.get(key, ""))
    nodes = [NamedNode("given", line, NamedRef(key)) for line in lines]
    blocks = tuple(Block("paragraph", (telling.say("{x}", ("atelier.toml",), x=node),)) for node in nodes)
    return Section(key, PART_NAMES[key], blocks) if blocks else None


def notice(telling: Telling) -> list[Block]:
    """What a person has left to do before the text is hers: give titles, or look at what stands under them."""
    groups = telling.material.groups.values()
    if any(group.is_counted for group in groups):
        return []
    return [Block("slot", value=Shown(text=UNREAD if any(group.is_titled for group in groups) else UNTITLED))]


UNTITLED = (
    "Personne n’a encore donné de titre. Écrivez ceux que vous avez en tête, de dix à vingt-cinq, un par ligne, dans "
    "themes.txt ou sur la page de relecture : le texte les suivra, avec leurs nombres. En attendant, il dit ce qui "
    "revient dans les mots, et ce qui a été dit le plus nettement."
)
UNREAD = (
    "Ces titres sont de vous ; la machine a rangé les paroles dessous, et personne ne l’a encore relu : rien n’est "
    "compté. Acceptez chaque titre sur la page de relecture, après avoir ôté ce qui n’y va pas : les nombres viendront."
)


def invitation(telling: Telling) -> list[Block]:
    """What only people can write and that nobody wrote yet, in one line."""
    missing = [PART_NAMES[key] for key in SLOTS if key not in telling.material.parts]
    return [Block("slot", value=Shown(text=f"{INVITATION} : {', '.join(missing)}."))] if missing else []


INVITATION = "À ajouter de votre main, sous un titre de ce nom, ou à ôter"
SLOTS = {
    "fil_rouge": ("Fil rouge", "À compléter : ce qui relie ces paroles, selon vous."),
    "suites": ("Suites", "À compléter : ce qui est décidé, par qui, et pour quand."),
    "remerciements": ("Remerciements", "À compléter : qui vous remerciez, et de quoi."),
}
"""Parts that only people can write: their titles, and what is asked there."""


def slots(*keys: str) -> list[Section]:
    """Parts that only people can write: left empty, and marked so."""
    return [Section(key, SLOTS[key][0], (Block("slot", value=Shown(text=SLOTS[key][1])),)) for key in keys]
