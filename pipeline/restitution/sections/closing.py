"""After the axes: what is left to read again, what changed, where to learn more, and what only people can write."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from pipeline.contracts.draft import Block, NamedNode, NamedRef, Section, Shown
from pipeline.contracts.labels import PART_NAMES
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines
from pipeline.restitution.nodes import paragraph, written_lines
from pipeline.restitution.prose.places import NUMBERED, SPOKEN_IN
from pipeline.restitution.prose.telling import Telling


def to_read_again(telling: Telling) -> Section | None:
    """What waits for people: axes that the model could not decide on, names that nobody allowed yet; why […] stands in
    some quotations, and what lifts it."""
    facts = telling.places.facts
    waiting = (
        ("a_relire", "share", "elements.xlsx", AXES_WAIT),
        ("noms", "name_count", "name_suggestions", NAMES_WAIT),
    )
    told = [
        telling.say(template, (source,), n=telling.places.fact(name, form))
        for name, form, source, template in waiting
        if facts[name].n
    ]
    return Section("a_relire", "Ce qui reste à relire", tuple(paragraph(told))) if told else None


AXES_WAIT = (
    "Pour certaines idées ({n}), l’axe reste à confirmer par une relecture ; le tableau des éléments les marque."
)
NAMES_WAIT = (
    "Là où l’on lit […], un nom de personne est masqué ({n} en tout) ; il reparaît quand la relecture confirme que la "
    "personne accepte d’être nommée."
)
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


def notice(telling: Telling) -> str:
    """What a person has left to do before the text is hers: give titles, or look at what stands under them; "" where
    she did."""
    groups = telling.material.groups.values()
    if any(group.is_counted for group in groups):
        return ""
    return UNREAD if any(group.is_titled for group in groups) else UNTITLED


UNTITLED = (
    "Pour que le texte suive vos thèmes, écrivez de dix à vingt-cinq titres, un par ligne, dans themes.txt ou sur la "
    "page de relecture"
)
UNREAD = (
    "Les paroles sont rangées sous vos titres par la machine, sans être comptées : sur la page de relecture, ôtez de "
    "chaque titre ce qui n’y va pas, puis acceptez-le, et les nombres viendront"
)


def to_complete(telling: Telling, fields: Sequence[str]) -> Section | None:
    """What only people can give and nobody gave yet, in one list at the end: fields of the header, parts to write,
    titles that the text leaves aside."""
    material = telling.material
    told = {material.groups[one.unit].title for plan in telling.plan.sections for one in plan.paragraphs if one.unit}
    heard = {ref.item_id for one in telling.plan.statements for ref in one.words}
    unheard = (one for one in material.groups.values() if not {item.item_id for item in one.members} <= heard)
    silent = dict.fromkeys(one.title for one in unheard if one.is_titled and one.title not in told)
    lines = (
        ("En-tête, dans atelier.toml ou sur la page", fields),
        ("Parties à écrire de votre main, sous un titre de ce nom, ou à laisser", _unwritten(telling)),
        ("Titres dont les paroles ne se lisent que dans le document des paroles", list(silent)),
        ("Titres sous lesquels rien n’est encore rangé", material.empty_titles),
    )
    asked = [
        *filter(None, [notice(telling), UNNAMED * _is_public(telling)]),
        *(f"{lead} : {' ; '.join(names)}" for lead, names in lines if names),
    ]
    blocks = [Block("slot", value=Shown(text=line if line.endswith("?") else f"{line}.")) for line in asked]
    return Section("a_completer", TO_COMPLETE, tuple(blocks), is_annex=True) if blocks else None


def _unwritten(telling: Telling) -> list[str]:
    return [PART_NAMES[key] for key in HERS if key not in telling.material.parts]


def _is_public(telling: Telling) -> bool:
    """Whether people whose names are not told speak in what looks like a public debate: by its title, its files, or the
    parts that are played there."""
    items = [item for item in telling.material.items.values() if item.voice and item.channel in SPOKEN_IN]
    hidden = {item.voice: found["part"] or "" for item in items if (found := NUMBERED.fullmatch(item.voice))}
    titles = [str(row["titre"]) for row in telling.material.workshops]
    told = " ; ".join((*titles, *{item.source for item in items}, *hidden.values()))
    is_public = re.search("|".join(read_lines(__name__, "public_debates")), fold(re.sub(r"[_-]", " ", told)))
    return len(hidden) > 1 and is_public is not None


UNNAMED = (
    "Qui parle est dit sans son nom : si la séance était publique, cochez « Séance publique » sur la fiche de "
    "l’atelier, ou écrivez intervenants_nommes = true sous [atelier], dans atelier.toml, puis relancez"
)
HERS = ("fil_rouge", "suites", "remerciements")
TO_COMPLETE = "À compléter avant de publier"
