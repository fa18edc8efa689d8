"""The sections that the plan makes: axes, themes, tables, the essential, what recurs, weak signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.axes import compass
from pipeline.contracts.draft import Block, Section, Sentence, Shown, TextNode
from pipeline.contracts.plan import Paragraph, Part, SectionPlan
from pipeline.language.text.typography import typeset
from pipeline.restitution.material.quantifiers import table_name
from pipeline.restitution.prose.telling import Telling, ways
from pipeline.restitution.sections.statements import sentences_of, write

TITLES = {
    "nord": "Nord : ce qui existe et mérite d’être connu",
    "est": "Est : ce qui freine, et comment le traverser",
    "sud": "Sud : ce que nous ferons ensemble et mettons en commun",
    "ouest": "Ouest : faire culture commune",
}
ACROSS = {
    "est": "Ce qui freine",
    "sud": "Les pistes",
    "nord": "Ce qui existe déjà",
    "ouest": "Ce qui reste à penser",
}
LEADS = {
    "": "Ce qui est le plus soutenu :",
    "est": "Ce qui freine, notamment :",
    "sud": "Ce qui est proposé, notamment :",
    "nord": "Ce qui existe et compte, notamment :",
    "ouest": "Ce qui reste à penser, notamment :",
}
OTHER_SUBJECTS = "Autres"
ALSO = "Et aussi"
SIDES = frozenset({"objection", "condition", "divided"})


def axis_section(telling: Telling, plan: SectionPlan) -> Section:
    """Everything that an axis tells, by theme."""
    blocks = [Block("motto", value=Shown(text=compass()[plan.axis].motto))]
    headed = [part for part in plan.parts if part.theme]
    titles = telling.material.theme_titles
    is_vague = len(headed) == 1 and titles[headed[0].theme].startswith(OTHER_SUBJECTS)
    is_also = bool(headed) and not is_vague
    for part in plan.parts:
        if part.theme and not is_vague:
            blocks.append(Block("heading", level=1, theme=part.theme, value=Shown(text=titles[part.theme])))
        if part.is_rest and is_also:
            blocks.append(Block("heading", level=1, value=Shown(text=ALSO)))
            is_also = False
        blocks += _paragraphs(telling, part)
    if len(blocks) == 1:
        nothing = telling.say(ways("nothing.any"), ("elements.xlsx",))
        blocks.append(Block("paragraph", (nothing,)))
    return Section(plan.key, axis_title(telling, plan.axis), tuple(blocks), plan.axis)


def axis_title(telling: Telling, axis: str) -> str:
    """The title of an axis; a culture is common only where two tables at least spoke."""
    return "Ouest : à explorer" if axis == "ouest" and telling.places.facts["tables"].n < 2 else TITLES[axis]


def _paragraphs(telling: Telling, part: Part) -> list[Block]:
    if part.is_list:
        (lead, *points), *_ = (paragraph.statements for paragraph in part.paragraphs)
        return [Block("paragraph", (write(telling, lead),)), Block("list", tuple(write(telling, p) for p in points))]
    return [_block(telling, paragraph, part.theme) for paragraph in part.paragraphs]


def _block(telling: Telling, paragraph: Paragraph, theme: str = "") -> Block:
    groups = (paragraph.unit,) if paragraph.unit else ()
    sentences = tuple(sentences_of(telling, paragraph.statements))
    return Block("paragraph", sentences, groups=groups, theme=theme)


def theme_section(telling: Telling, plan: SectionPlan) -> Section:
    """A theme across the rose."""
    blocks: list[Block] = []
    last = ""
    for part in plan.parts:
        if part.axis != last:
            blocks.append(Block("heading", level=1, value=Shown(text=ACROSS[part.axis], axis=part.axis)))
        last = part.axis
        blocks += _paragraphs(telling, part)
    return Section(plan.key, telling.material.theme_titles[plan.theme], tuple(blocks))


def table_section(telling: Telling, plan: SectionPlan) -> Section:
    """What one table said on each axis."""
    place = plan.place or ("", "")
    subject = telling.material.tables.get(place, "")
    name = table_name(place[1]).removeprefix("la ").capitalize() if place[1] else "Hors des tables"
    return Section(plan.key, f"{name} : {subject}" if subject else name, tuple(_lists(telling, plan)))


def _lists(telling: Telling, plan: SectionPlan) -> list[Block]:
    """The points of each axis under its name."""
    blocks: list[Block] = []
    for part in plan.parts:
        points = tuple(write(telling, s) for paragraph in part.paragraphs for s in paragraph.statements)
        blocks.append(Block("heading", level=1, value=Shown(text=compass()[part.axis].name, axis=part.axis)))
        blocks.append(Block("list", points))
    return blocks


def signals_section(telling: Telling, plan: SectionPlan) -> Section:
    """Ideas said once, by axis: a list, since they are many and have nothing in common."""
    intro = telling.say(
        "Ce qui ne revient pas d’un bout à l’autre des échanges n’est pas moins vrai ; "
        "quelques-unes de ces paroles sont gardées ici, et toutes sont dans le tableau des éléments.",
        ("elements.xlsx",),
    )
    return Section(plan.key, "Signaux faibles", (Block("paragraph", (intro,)), *_lists(telling, plan)))


def across_section(telling: Telling, plan: SectionPlan) -> Section:
    """What comes back from one axis to another."""
    blocks = tuple(block for part in plan.parts for block in _paragraphs(telling, part))
    return Section(plan.key, "D’un axe à l’autre", blocks)


def essential_section(telling: Telling, plan: SectionPlan, opening: Sequence[Block], words_max: int) -> Section:
    """The essential in `words_max` words: who spoke, then one list per direction."""
    blocks = [Block("paragraph", block.sentences[:1]) for block in opening[:1]]
    told: list[tuple[Sentence, list[Sentence]]] = []
    for part in plan.parts:
        sentences = [one for paragraph in part.paragraphs for one in sentences_of(telling, paragraph.statements, True)]
        sources = tuple(dict.fromkeys(source for one in sentences for source in one.sources))
        label = TextNode(typeset(LEADS[part.axis], telling.spaces), strong=True)
        told.append((Sentence((label,), sources, role="place"), sentences))
    left = (words_max - sum(block.n_words for block in blocks)) // max(1, len(told))  # one list never shortens another
    for _, sentences in told:
        while sum(one.n_words for one in sentences) > left and len(sentences) > 1:
            _leave_out_last(sentences)
    for lead, sentences in told:
        blocks += [Block("paragraph", (lead,)), Block("list", tuple(_with_sides(sentences)))]
    return Section("essentiel", "L’essentiel", tuple(blocks))


def _with_sides(sentences: Sequence[Sentence]) -> list[Sentence]:
    """What is held against something is told in one point with it."""
    found: list[Sentence] = []
    for one in sentences:
        if one.role in SIDES and found:
            last = found.pop()
            one = replace(last, nodes=(*last.nodes, TextNode(" "), *one.nodes), sources=(*last.sources, *one.sources))
        found.append(one)
    return found


def _leave_out_last(sentences: list[Sentence]) -> None:
    """Leave out what is told last, with what is held against it: a proposal never stands without its objection."""
    while len(sentences) > 1 and sentences.pop().role in SIDES:
        pass


def section_of(telling: Telling, plan: SectionPlan) -> Section:
    """A section of the body, as its plan says."""
    if plan.axis:
        return axis_section(telling, plan)
    if plan.theme:
        return theme_section(telling, plan)
    if plan.place is not None:
        return table_section(telling, plan)
    return signals_section(telling, plan) if plan.key == "signaux" else across_section(telling, plan)
