"""The sentence that opens an axis: what it may say, and of which groups."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from model_server import Kept, Reply, Server, saying, settings
from workshop_told import group_of, plan_of

from pipeline.assistant.asking import Assistant
from pipeline.assistant.server import Server as Client
from pipeline.contracts.draft import Block, Draft, Section, Shown
from pipeline.contracts.plan import Plan, Spread, Unit
from pipeline.restitution.material.model import Material
from pipeline.restitution.rewriting.introduce import UNKNOWN, UNSAID, introduce
from pipeline.restitution.rewriting.outcomes import Desk, Outcome

SAID = {
    "Un car du soir": ("Un car le soir", "Remettre un car le soir au bourg"),
    "Un marché le samedi": ("Faire un marché au bourg", "Un petit marché de producteurs"),
    "Un jardin partagé": ("Un jardin à partager", "Partager un jardin avec l’école"),
}
RIGHT = "On propose un car le soir, un marché et un jardin à partager."


def three_groups() -> tuple[Material, Plan, Draft]:
    """Three groups of one axis, and the section that tells them."""
    material, _ = group_of("", "")
    units: dict[str, Unit] = {}
    for n, (title, texts) in enumerate(SAID.items()):
        _, group = group_of(title, *texts, axis="sud")
        key = f"g-{n}"
        members = tuple(
            replace(item, item_id=f"{key}{item.item_id}", contribution_id=f"{key}{item.contribution_id}", group=key)
            for item in group.members
        )
        material.items.update({item.item_id: item for item in members})
        material.groups[key] = replace(group, group_id=key, members=members)
        ids = tuple(item.item_id for item in members)
        units[key] = Unit(key, "sud", "", ids, (ids,), Spread(2), 1.0, is_titled=True)
    blocks = (Block("motto", value=Shown(text="Devise")), *(Block("paragraph", groups=(key,)) for key in units))
    draft = Draft("Atelier", "fr-FR", (), (Section("sud", "Sud", blocks, "sud"),), (), (), {})
    return material, replace(plan_of(material), units=units), draft


def introduced(url: str) -> tuple[Draft, list[Outcome]]:
    material, plan, draft = three_groups()
    config = settings(url, "introduction")
    desk = Desk(material, plan, {}, "fine", lambda _: "")
    return introduce(draft, desk, Assistant(config, Client.of(config, 20), Kept()))


def answer(text: str, *groups: str) -> Reply:
    return saying(json.dumps({"texte": text, "groupes": list(groups)}))


def test_an_axis_is_opened_after_its_motto(serve: Callable[[Reply], Server]) -> None:
    draft, (outcome,) = introduced(serve(answer(RIGHT, "g1", "g2", "g3")).url)
    assert outcome.reason == ""
    (section,) = draft.sections
    assert [block.kind for block in section.blocks] == ["motto", *["paragraph"] * 4]
    (sentence,) = section.blocks[1].sentences
    assert (sentence.text, sentence.rewritten, len(sentence.sources)) == (RIGHT, True, 6)


@pytest.mark.parametrize(
    ("text", "groups", "reason"),
    [
        (RIGHT, ("g1",), UNKNOWN),
        (RIGHT, ("g1", "g9"), UNKNOWN),
        (RIGHT, ("g1", "g2"), "mot qui n’est pas dans les paroles"),
        ("On propose un car le soir et un jardin à partager.", ("g1", "g2", "g3"), UNSAID),
        ("Aucun car le soir, ni marché, ni jardin à partager.", ("g1", "g2", "g3"), "négation retournée"),
        ("Trois pistes : un car le soir, un marché, un jardin à partager.", ("g1", "g2", "g3"), "nombre ajouté"),
        (
            "On décide un car le soir, un marché et un jardin.",
            ("g1", "g2", "g3"),
            "décision que personne n’a dite",
        ),
    ],
)
def test_an_opening_that_says_more_is_refused(
    serve: Callable[[Reply], Server], text: str, groups: tuple[str, ...], reason: str
) -> None:
    draft, (outcome,) = introduced(serve(answer(text, *groups)).url)
    assert outcome.reason == reason
    assert draft == three_groups()[2]
