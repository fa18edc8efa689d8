"""After the axes: what is left to read again, where to learn more, what people wrote, what they alone can do."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from pipeline.contracts.draft import Block, NamedNode, NamedRef, Section
from pipeline.contracts.labels import PART_NAMES
from pipeline.restitution.nodes import paragraph, written_lines
from pipeline.restitution.prose.places import NUMBERED, SPOKEN_IN
from pipeline.restitution.prose.telling import Telling


def to_read_again(telling: Telling) -> Section | None:
    """Why […] stands in some quotations, and what lifts it."""
    if not telling.places.facts["noms"].n:
        return None
    told = telling.say(NAMES_WAIT, ("name_suggestions",), n=telling.places.fact("noms", "name_count"))
    return Section("a_relire", "Ce qui reste à relire", tuple(paragraph([told])))


NAMES_WAIT = (
    "Là où l’on lit […], un nom de personne est masqué ({n} dans les paroles) ; il reparaît quand la relecture "
    "confirme que la personne accepte d’être nommée."
)


def more(telling: Telling) -> Section | None:
    """« Pour en savoir plus », as declared."""
    given = [str(row["pour_en_savoir_plus"]) for row in telling.material.workshops if row["pour_en_savoir_plus"]]
    if not given:
        return None
    nodes = [NamedNode("given", value, NamedRef("pour_en_savoir_plus")) for value in dict.fromkeys(given)]
    sentences = [telling.say("{x}", ("atelier.toml",), x=node) for node in nodes]
    return Section("savoir_plus", "Pour en savoir plus", tuple(paragraph(sentences)))


def written(telling: Telling, key: str) -> Section | None:
    """A part that a person wrote, as she wrote it; None while nobody did."""
    blocks: list[Block] = []
    for is_point, lines in groupby(written_lines(telling.material.parts.get(key, "")), key=itemgetter(1)):
        nodes = [NamedNode("given", line, NamedRef(key)) for line, _ in lines]
        said = [telling.say("{x}", ("atelier.toml",), x=node) for node in nodes]
        blocks += [Block("list", tuple(said))] if is_point else [Block("paragraph", (one,)) for one in said]
    return Section(key, PART_NAMES[key], tuple(blocks)) if blocks else None


def notice(telling: Telling) -> str:
    """What a person has left to do before the text is hers: give titles, or look at what stands under them; "" where
    she did."""
    groups = telling.material.groups.values()
    if any(group.is_counted for group in groups):
        return ""
    if any(group.is_titled for group in groups):
        return UNREAD
    return "" if telling.material.empty_titles else UNTITLED


UNTITLED = (
    "Pour que le texte suive vos thèmes, écrivez de dix à vingt-cinq titres, un par ligne, dans themes.txt ou sur la "
    "page de relecture"
)
UNREAD = (
    "Les paroles sont rangées sous vos titres par la machine, qui n’y compte que ce qui est sûr : sur la page de "
    "relecture, ôtez de chaque titre ce qui n’y va pas, puis acceptez-le, et les nombres seront entiers"
)


def left_to_do(telling: Telling) -> list[str]:
    """What only people can do before the document is theirs, told beside it: look at what stands under their titles,
    say who spoke, fill or take away titles that hold nothing."""
    spoke = {one.voice for one in telling.material.items.values() if one.voice and one.channel in SPOKEN_IN}
    told = [UNREAD] * (notice(telling) == UNREAD) + [UNNAMED] * (sum(map(bool, map(NUMBERED.fullmatch, spoke))) > 1)
    if empty := telling.material.empty_titles:
        told.append(f"Titres sous lesquels rien n'est encore rangé : {' ; '.join(empty)}")
    return [one if one.endswith("?") else f"{one}." for one in told]


UNNAMED = (
    "Qui parle est dit sans son nom : si la séance était publique, cochez « Séance publique » sur la fiche de "
    "l’atelier (intervenants_nommes, dans atelier.toml), puis relancez"
)
