"""Finite forms out of principal parts."""

from __future__ import annotations

import pytest

from pipeline.language.lexicon.verbs import corrected_forms, finite_forms, parts_of, usual_parts

PRESENTS = [
    ("parler", "parle parles parlons parlez parlent"),
    ("manger", "mange manges mangeons mangez mangent"),
    ("placer", "place places plaçons placez placent"),
    ("finir", "finit finis finissons finissez finissent"),
    ("rendre", "rend rends rendons rendez rendent"),
]


@pytest.mark.parametrize(("infinitive", "present"), PRESENTS, ids=[row[0] for row in PRESENTS])
def test_the_present_of_a_regular_verb(infinitive: str, present: str) -> None:
    assert set(present.split()) <= finite_forms(usual_parts(infinitive))


def test_all_the_forms_of_a_regular_verb() -> None:
    assert finite_forms(usual_parts("placer")) == set(
        "place places plaçons placez placent plaçais plaçait placions placiez plaçaient placerai placeras placera "
        "placerons placerez placeront placerais placerait placerions placeriez placeraient".split()
    )


def test_a_line_tells_its_parts_and_what_they_do_not_tell() -> None:
    line = "dire dit disent disons dira dise disent +dites -disez"
    assert parts_of(line).subjunctive == "dise"
    assert {"dis", "disait", "dirions", "dites"} <= corrected_forms(line)
    assert "disez" not in corrected_forms(line)


def test_a_verb_without_we_has_no_imperfect_of_its_own() -> None:
    assert corrected_forms("falloir faut . . . faille . +fallait +faudra -faus -failles") == {
        *("faut", "faille", "fallait", "faudra")
    }
