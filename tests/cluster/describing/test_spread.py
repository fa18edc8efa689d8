"""Counts that cannot be inflated, and why items stand together."""

import pandas as pd
import pytest
from labelled import each

from pipeline.cluster.describing.describe import counts_of


def counts(texts: list[str], **columns: list[object]) -> dict[str, object]:
    """The columns of a group; what is not given is unknown."""
    n = len(texts)
    unknown = dict.fromkeys(("tied_to", "voice", "table"), [pd.NA] * n)
    known = {"workshop": ["atelier"] * n, "channel": ["postit"] * n, "stance": ["inconnu"] * n}
    ids = {"item_id": [f"i{row}" for row in range(n)], "text": texts}
    return counts_of({**ids, **unknown, **known, **columns}, 3)


def recurrence(voices: list[object], tables: list[object], **columns: list[object]) -> float:
    found = counts(["Une navette"] * len(voices), voice=voices, table=tables, **columns)["recurrence"]
    assert isinstance(found, float)
    return found


def test_many_ideas_of_one_voice_or_one_table_weigh_less_than_those_of_several() -> None:
    assert recurrence(["a"] * 12, ["1"] * 12) < recurrence(["a", "b", "c"], ["1", "2", "3"])
    assert recurrence([pd.NA] * 4, ["1"] * 4) < recurrence([pd.NA] * 4, ["1", "2", "3", "4"])


def test_a_tied_set_is_one_idea_and_voices_of_notes_are_unknown() -> None:
    texts = ["Une navette"] * 3
    found = counts(texts, tied_to=[pd.NA, "i0", "i0"], voice=[pd.NA, pd.NA, "a"])
    assert (found["n_items"], found["n_ideas"], found["n_people"]) == (3, 1, 1)
    assert pd.isna(counts(texts)["n_people"])


def test_votes_weigh_less_than_people_and_are_none() -> None:
    nobody: list[object] = [pd.NA] * 3
    assert recurrence(nobody, ["1"] * 3, votes=[4, pd.NA, pd.NA]) - recurrence(nobody, ["1"] * 3) == pytest.approx(
        2.0, abs=0.001
    )
    voted = counts(["Une navette"] * 3, votes=[4, pd.NA, pd.NA])
    assert (voted["votes"], voted["n_ideas"]) == (4, 3)


def reason(texts: list[str], **columns: list[object]) -> str:
    told = str(counts(texts, table=[f"Table {row}" for row in range(len(texts))], **columns)["reason"])
    return told.replace("’", "'").replace("\u202f", " ").replace("\u00a0", " ")


test_the_reason_tells_what_comes_back = each(
    reason,
    (["Un banc"], "Une idée, sur post-it."),
    (
        ["Plus de navette le soir", "La navette du marché"],
        "Deux idées venues de deux tables, sur post-it : « navette » y revient deux fois.",
    ),
    (
        ["Un verger partagé", "Planter un verger", "Un verger partagé à l'école"],
        "Trois idées venues de trois tables, sur post-it : « verger » y revient trois fois et « partagé » deux.",
    ),
    (
        ["Rien à louer", "Pas un toit pour un stagiaire"],
        "Deux idées venues de deux tables, sur post-it : aucun mot ne leur est commun, "
        "c'est leur sens qui les rapproche.",
    ),
    names=["une", "un mot", "deux mots", "aucun mot"],
)


def test_what_one_table_said_twice_counts_once() -> None:
    assert "deux fois" in reason(["Une navette", "La navette", "Cette navette"], tied_to=[pd.NA, "i0", pd.NA])


def test_both_sides_are_told() -> None:
    assert reason(["Une navette", "Non à la navette"], stance=["pour", "contre"]).endswith("; pour 1, contre 1.")
