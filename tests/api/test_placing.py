"""Loose texts under titles with the shipped model, and titles of a run used again."""

from pathlib import Path

import pandas as pd
import pytest

import rosace
from pipeline.api.texts import PLACED_COLUMNS

TITLES = ["# Est", "Se déplacer > Des cars trop rares", "Plus assez de médecins", "# Sud", "Partager les voitures"]
TEXTS = ["Les cars sont trop rares le soir", "Il n'y a plus assez de médecins", "Le ciel est bleu", "", None]


@pytest.mark.parametrize("profile", ["rapide", "precis"])
def test_each_text_goes_under_the_title_that_is_true_of_it(profile: str) -> None:
    found = rosace.place(TEXTS, TITLES, axis=["est", "est", "est", "", ""], profile=profile)
    assert found["title"][:2].tolist() == ["Des cars trop rares", "Plus assez de médecins"]
    assert found["theme"][0] == "Se déplacer"
    assert found["title"][2:].isna().all()
    assert found["placed_by"].isna().tolist() == [False, False, True, True, True]
    assert (found["chance"][3:] == 0).all()
    assert found["second_title"][:3].notna().all()


def test_each_placed_text_says_its_side_of_the_title() -> None:
    texts = ["Partageons les voitures", "Surtout ne partageons pas les voitures", "Le ciel est bleu"]
    found = rosace.place(texts, ["Partager les voitures"], axis="sud", profile="rapide")
    assert found["side"][:2].tolist() == ["pour", "contre"]
    assert found["side"].isna()[2]


def test_columns_and_index_are_kept() -> None:
    texts = pd.Series(TEXTS, index=list("abcde"))
    found = rosace.place(texts, TITLES, profile="rapide")
    assert list(found) == ["text", *PLACED_COLUMNS]
    assert found.index.equals(texts.index)
    assert rosace.place([], TITLES, profile="rapide").empty


def test_titles_come_from_files_tables_and_lists(tmp_path: Path) -> None:
    (tmp_path / "grille.txt").write_text("\n".join(TITLES), encoding="utf-8")
    table = pd.DataFrame({"titre": ["Des cars trop rares", "Plus assez de médecins"], "axe": ["Est", "Est"]})
    one, two = (
        rosace.place(TEXTS[:2], given, axis="est", profile="rapide") for given in (tmp_path / "grille.txt", table)
    )
    assert one["title"].tolist() == two["title"].tolist() == ["Des cars trop rares", "Plus assez de médecins"]


@pytest.mark.parametrize(
    ("themes", "axis", "told"),
    [([], None, "aucun titre"), (["Divers"], None, "toutes les idées"), (TITLES, "zénith", "n'est pas un axe")],
)
def test_what_cannot_be_is_refused(themes: list[str], axis: str | None, told: str) -> None:
    with pytest.raises(rosace.UsageError, match=told):
        rosace.place(TEXTS, themes, axis, profile="rapide")


def test_subjects_of_an_earlier_version_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("- Les cars sont trop rares\n- Trop peu de cars\n", encoding="utf-8")
    (tmp_path / "s.toml").write_text('[cluster]\nthemes = ["Mobilités"]\n', encoding="utf-8")
    run = rosace.synthesize(tmp_path, tmp_path.parent / "sujets", profile="rapide", config=tmp_path / "s.toml")
    assert any("donnez des titres" in one for one in run.warnings)


def test_the_titles_of_a_run_serve_again(tmp_path: Path) -> None:
    folder = tmp_path / "atelier"
    folder.mkdir()
    (folder / "post-its.txt").write_text(
        "- Les cars sont trop rares le soir\n- Des cars trop rares\n- Plus de médecin au bourg\n- Bonjour à tous\n",
        encoding="utf-8",
    )
    (folder / "themes.txt").write_text("# Est\nDes cars trop rares\nDivers\n", encoding="utf-8")
    run = rosace.synthesize(folder, tmp_path / "run", profile="rapide")
    assert any("themes.txt, ligne 3" in one for one in run.warnings)
    ledger = run.table("ledger").set_index("source")
    assert ledger.loc["themes.txt", ["format", "n_read"]].tolist() == ["titres donnés", 0]
    groups = run.table("reviewed_groups").set_index("title")
    assert bool(groups.loc["Des cars trop rares", "is_titled"])
    assert groups.loc["Des cars trop rares", "origin"] == "personne"
    taken = rosace.themes(run.path)
    assert taken["titre"].tolist()[0] == "Des cars trop rares"
    (folder / "themes.txt").unlink()
    again = rosace.synthesize(folder, tmp_path / "again", profile="rapide", themes=run.path)
    assert again.table("titles")["title_id"].tolist()[0] == run.table("titles")["title_id"].tolist()[0]
    assert again.table("titles")["origin"].tolist()[0] == "programme"
    late = folder / "tard.txt"
    late.write_text("- Des cars rares, le matin\n", encoding="utf-8")
    more = rosace.synthesize(folder, tmp_path / "again", profile="rapide", themes=run.path)
    before, after = (one.table("placings").set_index("item_id") for one in (again, more))
    pd.testing.assert_frame_equal(after.loc[before.index], before)
