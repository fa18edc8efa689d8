"""Groups are titles: what a title takes is its group, on each axis where it takes some, and the rest proposes."""

from collections.abc import Sequence

import pandas as pd

from pipeline.cluster.corpus import ClusterResult
from tests.cluster.conftest import Runner

BUS = ["Il n'y a pas de bus le soir", "Aucun bus après vingt heures", "Les bus du soir manquent"]
DOCTORS = ["Il n'y a plus de médecin", "Trop peu de médecins ici", "Pas un médecin dans le canton"]


def titles(*rows: tuple[str, str | None, str | None, str]) -> pd.DataFrame:
    """Titles: words, axis, rubric, origin; their ids are g-0, g-1…"""
    columns = ["title", "axis", "rubric", "origin"]
    found = pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows], dtype="string[pyarrow]")
    return found.assign(title_id=[f"g-{n}" for n in range(len(rows))])


def placings(under: Sequence[int | None], axes: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "item_id": [f"i{row:04d}" for row in range(len(under))],
            "title_id": pd.array([None if one is None else f"g-{one}" for one in under], dtype="string[pyarrow]"),
            "chance": [0.0 if one is None else 0.8 for one in under],
            "axis": list(axes),
        }
    )


def groups_of(result: ClusterResult) -> list[str | None]:
    found = result.memberships.sort_values("item_id")["group_id"]
    return [None if pd.isna(one) else str(one) for one in found]


def test_what_a_title_takes_is_its_group_and_the_rest_is_grouped_as_proposals(run_cluster: Runner) -> None:
    given = titles(("Personne ne circule la nuit", "est", "Se déplacer", "personne"))
    under = [0, 0, None, None, None, None]
    result = run_cluster([*BUS, *DOCTORS], ["est"] * 6, titles=given, placings=placings(under, ["est"] * 6))
    found = groups_of(result)
    assert found[:2] == ["g-0", "g-0"]
    assert found[2] is None  # it resembles the two others, and no title takes it: a person places it
    assert len(set(found[3:])) == 1
    assert found[3] not in (None, "g-0")
    groups = result.groups.set_index("group_id")
    assert groups.loc["g-0", ["title", "origin", "n_ideas"]].tolist() == ["Personne ne circule la nuit", "personne", 2]
    assert pd.isna(groups.loc["g-0", "title_coverage"])
    assert groups.loc[found[3], "origin"] == "machine"
    themes = result.themes.set_index("theme_id")["title"]
    assert themes[groups.loc["g-0", "theme_id"]] == "Se déplacer"


def test_a_title_without_an_axis_is_a_theme_with_a_group_on_each(run_cluster: Runner) -> None:
    axes = ["est", "est", "sud", "est", "est", "est"]
    under = [0, 0, 0, None, None, None]
    result = run_cluster(
        [*BUS, *DOCTORS], axes, titles=titles(("Les bus", None, None, "personne")), placings=placings(under, axes)
    )
    assert groups_of(result)[:3] == ["g-0-est", "g-0-est", "g-0-sud"]
    groups = result.groups.set_index("group_id")
    assert groups.loc[["g-0-est", "g-0-sud"], "theme_id"].nunique() == 1
    assert "Les bus" in result.themes["title"].tolist()


def test_one_idea_is_enough_for_the_group_of_a_title(run_cluster: Runner) -> None:
    result = run_cluster(
        [BUS[0], "Le pain est bon"], ["est", "nord"],
        titles=titles(("Des bus trop rares", "est", None, "personne")), placings=placings([0, None], ["est", "nord"]),
    )  # fmt: skip
    assert groups_of(result) == ["g-0", None]
    assert result.memberships.sort_values("item_id")["stack_id"].tolist()[0] == "i0000"


def test_one_idea_under_two_titles_is_tied_to_nothing(run_cluster: Runner) -> None:
    texts = ["Le dernier bus part trop tôt", "Dernier bus qui part trop tôt"]
    columns = {"tables": ["1", "1"], "channels": ["postit", "note"]}
    given = titles(("Des bus trop rares", "est", None, "personne"), ("Rentrer le soir", "est", None, "personne"))
    tied = run_cluster(texts, ["est"] * 2, titles=given, placings=placings([0, 0], ["est"] * 2), **columns)
    apart = run_cluster(texts, ["est"] * 2, titles=given, placings=placings([0, 1], ["est"] * 2), **columns)
    assert tied.memberships["tied_to"].notna().sum() == 1
    assert tied.groups["n_ideas"].tolist() == [1]
    assert apart.memberships["tied_to"].isna().all()
