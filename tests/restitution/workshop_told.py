"""What tells the hand-made workshop, and small workshops made of a few texts."""

from __future__ import annotations

from dataclasses import replace

from atelier import workshop

from pipeline.contracts.draft import WordsNode
from pipeline.language.syntax import own_words
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.material.load import read_material
from pipeline.restitution.material.model import Group, Item, Material
from pipeline.restitution.prose.phrases import voice
from pipeline.restitution.prose.sayings import Saying
from pipeline.restitution.prose.sequence import chain
from pipeline.restitution.prose.telling import Telling, start_telling
from pipeline.restitution.quoting.quotes import quote_node
from pipeline.restitution.writers.reading import plain


def telling_of(material: Material) -> Telling:
    """What tells a workshop."""
    texts = [item.text for item in material.items.values()]
    return start_telling(material, compute_facts(material), own_words.learn(texts))


def told_workshop() -> Telling:
    """What tells the hand-made workshop."""
    return telling_of(read_material(workshop()))


def whole(item: Item) -> WordsNode:
    """All the words of an item, quoted."""
    return quote_node(item, (0, item.end))


def survey_group(channel: str, title: str, *texts: str) -> tuple[Telling, Group]:
    """A group titled `title` that is all a workshop said, each text by another person on one channel."""
    material: Material = read_material(workshop())
    like = material.groups["g-toit"]
    members = tuple(
        replace(
            like.members[0], item_id=f"i{n}", contribution_id=f"c{n}", text=text, source_text=text, start=0,
            end=len(text), channel=channel, table="", voice=f"v{n}",
            provenance="note" if channel == "note" else "ecrit", group="g", facet="action", stance="inconnu",
        )
        for n, text in enumerate(texts)
    )  # fmt: skip
    group = replace(like, group_id="g", title=title, members=members)
    material = replace(material, items={item.item_id: item for item in members}, groups={"g": group}, answers={})
    return telling_of(material), group


def chained(channel: str, *texts: str, related: bool = False, one_voice: bool = False) -> list[str]:
    """The sentences that tell these obstacles one after the other."""
    telling, group = survey_group(channel, texts[0], *texts)
    members = [replace(item, axis="est", facet="frein") for item in group.members]
    if one_voice:
        members = [replace(item, contribution_id="c0") for item in members]
    nodes = [
        telling.titles.report(item, (0, item.end)) if channel == "note" else quote_node(item, (0, item.end))
        for item in members
    ]
    sayings = [Saying(item, node, voice("est")) for item, node in zip(members, nodes, strict=True)]
    said = [plain(sentence) for sentence in chain(telling, sayings, related=related)]
    return [text.replace("\u202f", " ").replace("\u00a0", " ") for text in said]
