"""Sentences that follow one another: openings differ, a place just named is not named again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from workshop_told import survey_group, whole

from pipeline.restitution.prose.phrases import voice
from pipeline.restitution.prose.sayings import Saying
from pipeline.restitution.prose.sequence import chain
from pipeline.restitution.stage import RestitutionResult
from pipeline.restitution.writers.reading import plain


def sentences(result: RestitutionResult, key: str) -> list[str]:
    """The sentences of the paragraphs of a section."""
    parts = [part for part in result.draft.sections if part.key == key]
    return [plain(s) for part in parts for b in part.blocks if b.kind == "paragraph" for s in b.sentences]


@pytest.mark.parametrize("key", ["nord", "est", "sud", "ouest"])
def test_two_sentences_in_a_row_never_open_alike(result: RestitutionResult, key: str) -> None:
    openings = [" ".join(said.split()[:4]) for said in sentences(result, key)]
    assert openings
    assert not [one for one, two in pairwise(openings) if one == two]


def test_no_way_of_saying_comes_back_more_than_twice_in_a_section(result: RestitutionResult) -> None:
    verbs = ("ajoute", "précise", "constate", "lit-on", "écrit-on", "On lit", "une personne")
    for key in ("nord", "est", "sud", "ouest"):
        counts = Counter(verb for said in sentences(result, key) for verb in verbs if verb in said)
        assert all(n <= 2 for n in counts.values()), (key, counts)


def test_a_place_just_named_is_not_named_again() -> None:
    texts = (
        "Le car du matin part trop tôt pour les apprentis du bourg",
        "Le four du village reste éteint tout l’hiver",
    )
    telling, group = survey_group("note", texts[0], *texts)
    members = [replace(item, axis="est", table="2") for item in group.members]
    nodes = (telling.titles.report(members[0], (0, members[0].end)), whole(members[1]))
    sayings = [Saying(item, node, voice("est")) for item, node in zip(members, nodes, strict=True)]
    one, two = (plain(sentence).replace("\u00a0", " ") for sentence in chain(telling, sayings, related=False))
    assert "à la table 2" in one.lower()
    assert "table" not in two
