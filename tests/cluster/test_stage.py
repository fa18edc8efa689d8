"""The whole stage on small hand-made workshops."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from pipeline.cluster import stage
from pipeline.cluster.grouping.likeness import load_likeness
from pipeline.cluster.result import ClusterResult
from pipeline.cluster.stage import cluster
from pipeline.config import load_config
from pipeline.contracts.checks import empty
from pipeline.execution import LocalExecutor
from tests.cluster.conftest import make_frames

BUS = ["Pas assez de bus le soir", "Plus aucun bus après 19 h", "Le dernier bus part trop tôt"]
DOCTORS = ["Il manque des médecins dans le canton", "Trop peu de médecins généralistes", "On ne trouve plus de médecin"]
NIGHT_BUS = ["Créer une navette de bus le soir", "Mettre en place un bus du soir le vendredi"]


def test_two_subjects_make_two_groups(run_cluster: Callable[..., ClusterResult]) -> None:
    found = run_cluster([*BUS, *DOCTORS], ["est"] * 6).memberships["group_id"].tolist()
    assert found[0] == found[1] == found[2]
    assert found[3] == found[4] == found[5]
    assert found[0] != found[3]


def test_groups_stay_inside_their_axis_and_hors_axe_has_no_row(run_cluster: Callable[..., ClusterResult]) -> None:
    result = run_cluster([*BUS, *NIGHT_BUS, "Bonjour à tous"], ["est"] * 3 + ["sud"] * 2 + ["hors_axe"])
    assert len(result.memberships) == 5
    assert set(result.groups["axis"]) == {"est", "sud"}


@pytest.mark.parametrize(
    ("texts", "n_groups"),
    [
        ([], 0),
        (["Pas assez de bus le soir"], 0),
        (["Pas assez de bus le soir"] * 2, 1),
        (["Pas assez de bus le soir"] * 40, 1),
        (["Pas assez de bus le soir", "Le prix du pain augmente"], 0),
        (["", " ", "."], 0),
        (["il y a", "c'est ça", "et puis voilà"], 0),
    ],
    ids=["rien", "un", "deux identiques", "tous identiques", "deux sans rapport", "vides", "mots vides"],
)
def test_degenerate_corpora_have_a_defined_outcome(
    run_cluster: Callable[..., ClusterResult], texts: list[str], n_groups: int
) -> None:
    result = run_cluster(texts, ["est"] * len(texts))
    assert len(result.groups) == n_groups
    assert len(result.memberships) == len(texts)


def test_the_order_of_rows_changes_nothing(run_cluster: Callable[..., ClusterResult]) -> None:
    texts = [*BUS, *DOCTORS, "Les loyers sont trop chers", "Loyers trop élevés pour les jeunes"]
    straight = run_cluster(texts, ["est"] * 8)
    reverse = run_cluster(texts[::-1], ["est"] * 8)
    partition = {
        frozenset(part["item_id"].map(lambda i: texts[int(i[1:])]))
        for _, part in straight.memberships.groupby("group_id")
    }
    mirrored = {
        frozenset(part["item_id"].map(lambda i: texts[::-1][int(i[1:])]))
        for _, part in reverse.memberships.groupby("group_id")
    }
    assert partition == mirrored
    assert sorted(straight.groups["title"]) == sorted(reverse.groups["title"])


def test_one_idea_of_one_table_on_two_channels_is_tied_and_counts_once(
    run_cluster: Callable[..., ClusterResult],
) -> None:
    texts = [
        "Le dernier bus part trop tôt",
        "Dernier bus qui part trop tôt",
        "Plus aucun bus après 19 h",
        "Bus rares le soir",
    ]
    result = run_cluster(
        texts, ["est"] * 4, tables=["1", "1", "2", "3"], channels=["postit", "note", "postit", "postit"]
    )
    assert result.memberships["tied_to"].notna().sum() == 1
    assert result.groups.iloc[0]["n_ideas"] == result.groups.iloc[0]["n_items"] - 1
    stacks = result.memberships.set_index("item_id")["stack_id"]
    for item, lead in result.memberships.dropna(subset=["tied_to"])[["item_id", "tied_to"]].itertuples(index=False):
        assert stacks[item] == stacks[lead]
    assert (result.groups["n_stacks"] <= result.groups["n_ideas"]).all()


def test_survey_rows_are_never_tied(run_cluster: Callable[..., ClusterResult]) -> None:
    texts = ["Le dernier bus part trop tôt"] * 3
    result = run_cluster(texts, ["est"] * 3, tables=["1"] * 3, channels=["enquete", "enquete", "postit"])
    assert result.memberships["tied_to"].isna().all()
    assert result.groups.iloc[0]["n_ideas"] == 3


def test_the_tables_subjects_are_the_themes(run_cluster: Callable[..., ClusterResult]) -> None:
    subjects = {"1": "Se déplacer sans voiture", "2": "Se soigner près de chez soi"}
    result = run_cluster([*BUS, *DOCTORS], ["est"] * 6, subjects, tables=["1"] * 3 + ["2"] * 3)
    assert result.themes["title"].tolist() == list(subjects.values())


def test_an_obstacle_is_linked_to_the_action_that_would_remove_it(run_cluster: Callable[..., ClusterResult]) -> None:
    result = run_cluster([*BUS, *DOCTORS, *NIGHT_BUS], ["est"] * 6 + ["sud"] * 2)
    assert set(result.links["from_item"]) <= {"i0006", "i0007"}
    assert "i0000" in set(result.links["to_item"])
    assert not set(result.links["to_item"]) & {"i0003", "i0004", "i0005"}


@pytest.mark.slow
def test_axes_grouped_by_two_processes_are_those_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{text} ({n})" for n in range(3) for text in (*BUS, *DOCTORS, *NIGHT_BUS)]
    axes = [("nord", "est", "sud", "ouest")[row % 4] for row in range(len(texts))]
    items, contributions, tags, embeddings = make_frames(texts, axes)
    asked: list[int] = []

    class Counting(LocalExecutor):
        def map(self, function, parts):  # type: ignore[no-untyped-def]
            asked.append(self.n_workers)
            return super().map(function, parts)

    found = {}
    for n_workers in (1, 2):
        monkeypatch.setattr(stage, "N_FOR_PROCESSES", (1, 1_000))
        found[n_workers] = cluster(
            items,
            contributions,
            tags,
            embeddings,
            empty("workshop_tables"),
            load_config(),
            load_likeness(),
            executor=Counting(n_workers),
        )
    assert asked == [1, 2]
    assert len(found[1].groups) > 3
    for name in ("groups", "memberships", "themes", "links"):
        pd.testing.assert_frame_equal(getattr(found[1], name), getattr(found[2], name))


def test_the_same_words_are_one_stack_and_others_are_not(run_cluster: Callable[..., ClusterResult]) -> None:
    rents = ["Les loyers sont trop chers", "Loyers trop élevés pour les jeunes"]
    result = run_cluster([*[BUS[0]] * 3, *DOCTORS, *rents], ["est"] * 8)
    stacks = result.memberships["stack_id"].tolist()
    assert stacks[0] == stacks[1] == stacks[2]
    assert result.memberships["group_id"].nunique() == 3
    assert stacks[6] != stacks[7]
    n_stacks = result.groups.set_index("group_id")["n_stacks"]
    assert n_stacks[result.memberships["group_id"].iloc[6]] == 2
