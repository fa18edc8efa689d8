"""The whole stage on small hand-made workshops."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.cluster.stage import ClusterResult

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
