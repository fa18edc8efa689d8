"""Counts that cannot be inflated, and why items stand together."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.cluster.describing.spread import Spread, measure_spread, tell_reason


def spread(
    voices: list[str | None],
    tables: list[str | None],
    tied: list[str | None] | None = None,
) -> Spread:
    n = len(voices)
    return measure_spread(
        pd.DataFrame(
            {
                "item_id": [f"i{row}" for row in range(n)],
                "tied_to": pd.array(tied or [None] * n, dtype="string"),
                "voice": pd.array(voices, dtype="string"),
                "table": pd.array(tables, dtype="string"),
                "workshop": "atelier",
                "channel": "postit",
            }
        )
    )


def test_twelve_items_of_one_voice_do_not_beat_three_voices() -> None:
    assert spread(["a"] * 12, ["1"] * 12).recurrence < spread(["a", "b", "c"], ["1", "2", "3"]).recurrence


def test_a_tied_set_is_one_idea() -> None:
    counts = spread([None, None, "a"], ["1", "1", "1"], [None, "i0", "i0"])
    assert (counts.n_items, counts.n_ideas, counts.n_people) == (3, 1, 1)


def test_voices_are_unknown_for_anonymous_notes() -> None:
    assert spread([None, None], ["1", "2"]).n_people is None


def test_the_same_number_of_ideas_weighs_more_from_more_tables() -> None:
    assert spread([None] * 4, ["1"] * 4).recurrence < spread([None] * 4, ["1", "2", "3", "4"]).recurrence


def test_votes_weigh_less_than_people_and_are_none() -> None:
    members = pd.DataFrame(
        {
            "item_id": ["i0", "i1", "i2"],
            "tied_to": pd.array([None] * 3, dtype="string"),
            "voice": pd.array([None] * 3, dtype="string"),
            "table": pd.array(["1"] * 3, dtype="string"),
            "workshop": "atelier",
            "channel": "postit",
        }
    )
    bare, voted = (
        measure_spread(members.assign(votes=pd.array(n, dtype="Int64"))) for n in ([None] * 3, [4, None, None])
    )
    assert voted.recurrence - bare.recurrence == pytest.approx(2.0, abs=0.001)
    assert (voted.votes, bare.votes) == (4, 0)
    assert (voted.n_people, voted.n_ideas) == (bare.n_people, bare.n_ideas)
    assert bare.recurrence == measure_spread(members).recurrence


def reason(texts: list[str], stances: list[str] | None = None, ties: list[object] | None = None) -> str:
    members = pd.DataFrame(
        {
            "item_id": [f"i{row}" for row in range(len(texts))],
            "text": texts,
            "tied_to": ties or [pd.NA] * len(texts),
            "channel": "postit",
            "voice": pd.NA,
            "table": [f"Table {row}" for row in range(len(texts))],
            "workshop": "atelier",
            "stance": stances or ["inconnu"] * len(texts),
        }
    )
    told = tell_reason(members, measure_spread(members))
    return told.replace("’", "'").replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
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
    ],
    ids=["une", "un mot", "deux mots", "aucun mot"],
)
def test_the_reason_tells_what_comes_back(texts: list[str], expected: str) -> None:
    assert reason(texts) == expected


def test_what_one_table_said_twice_counts_once() -> None:
    assert "deux fois" in reason(["Une navette", "La navette", "Cette navette"], ties=[pd.NA, "i0", pd.NA])


def test_both_sides_are_told() -> None:
    assert reason(["Une navette", "Non à la navette"], ["pour", "contre"]).endswith("; pour 1, contre 1.")
