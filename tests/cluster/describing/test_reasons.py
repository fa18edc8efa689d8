"""Why items stand together, and the objections that another axis holds."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.cluster.describing.spread import measure_spread, tell_reason
from tests.cluster.conftest import Runner


def reason(texts: list[str], stances: list[str] | None = None, ties: list[object] | None = None, n: int = 0) -> str:
    members = pd.DataFrame(
        {
            "item_id": [f"i{row}" for row in range(len(texts))],
            "stack_id": [f"i{row}" for row in range(len(texts))],
            "text": texts,
            "tied_to": ties or [pd.NA] * len(texts),
            "channel": "postit",
            "voice": pd.NA,
            "table": [f"Table {row}" for row in range(len(texts))],
            "workshop": "atelier",
            "stance": stances or ["inconnu"] * len(texts),
        }
    )
    told = tell_reason(members, measure_spread(members), n)
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


def test_both_sides_and_objections_are_told() -> None:
    told = reason(["Une navette", "Non à la navette"], ["pour", "contre"], n=1)
    assert told.endswith("; une pour, une contre ; une objection à ce sujet est rangée parmi les obstacles.")
    assert "deux objections à ce sujet sont rangées" in reason(["Une navette", "La navette"], n=2)


def test_the_group_of_a_proposal_counts_the_objections_of_another_axis(run_cluster: Runner) -> None:
    texts = [
        "Mettre une navette le mardi vers le marché",
        "Une navette pour le marché du mardi",
        "La navette du marché, le mardi et le vendredi",
        "Mettre une navette le mardi vers le marché ? Et qui paie, qui conduit ? On l'a déjà essayé",
        "Pas de médecin dans le canton",
        "Plus aucun médecin, les gens renoncent à se soigner",
    ]
    found = run_cluster(texts, ["sud"] * 3 + ["est"] * 3)
    proposals = found.groups[found.groups["axis"] == "sud"]
    assert len(proposals) == 1
    assert "une objection à ce sujet est rangée parmi les obstacles" in proposals["reason"].iloc[0]
