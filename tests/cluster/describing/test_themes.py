"""Themes: the tables' own, those asked for in a file, the usual ones; nothing is forced."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from pipeline.cli import app
from pipeline.cluster.corpus import Corpus
from pipeline.cluster.describing.describe import OTHERS, describe_groups, find_themes
from pipeline.cluster.grouping.likeness import load_likeness
from pipeline.cluster.naming.titles import title_groups
from pipeline.config import load_config
from pipeline.workbench.examples import BENCHMARKS, read_jsonl

BUS = ["Pas assez de bus le soir", "Plus aucun bus après 19 h", "Le dernier bus part trop tôt"]
DOCTORS = ["Il manque des médecins dans le canton", "Trop peu de médecins généralistes", "On ne trouve plus de médecin"]
MUSIC = ["Un orchestre de cuivres", "Une fanfare de cuivres pour tous"]


def test_asked_for_subjects_come_in_their_order_and_others_are_not_forced() -> None:
    found = find_themes([DOCTORS, BUS, MUSIC], ["Mobilités : bus", "Santé"], n_max=12)
    assert found.titles == ["Mobilités", "Santé", OTHERS]
    assert found.of_groups.tolist() == [1, 0, 2]


def test_what_people_named_comes_before_what_words_tell() -> None:
    texts = [["Le bus passe devant la maison médicale"], BUS, MUSIC]
    found = find_themes(texts, named=["Vie du bourg", None, None], n_max=12)
    assert found.titles[0] == "Vie du bourg"
    assert len(found.titles) == 3
    assert found.of_groups[0] == 0


def test_usual_subjects_are_at_most_so_many() -> None:
    found = find_themes([DOCTORS, BUS, BUS], n_max=2)
    assert len(found.titles) == 2
    assert found.titles[-1] == OTHERS
    assert found.of_groups.tolist() == [1, 0, 0]


@pytest.mark.parametrize(
    ("tables", "theme"), [(("0", "0"), "Le rivage"), (("0", "2"), "Le rivage"), (("2", "3"), OTHERS)]
)
def test_half_of_a_group_from_a_table_is_about_its_subject(tables: tuple[str, str], theme: str) -> None:
    texts = ["Les enfants comptent les bigorneaux chaque hiver", "Douze bigorneaux comptés"]
    rows = [
        {"item_id": f"i{n}", "text": text, "axis": "nord", "group_id": "g", "strength": 0.9 - n / 10,
         "stance": "inconnu", "tied_to": None, "stack_id": f"i{n}",
         "channel": "postit", "voice": None, "table": tables[n], "workshop": "a"}
        for n, text in enumerate(texts)
    ]  # fmt: skip
    subjects = {("a", "0"): "Le rivage", ("a", "1"): "Le métier"}
    vectors = np.eye(2, 512, dtype=np.float16)
    sources, settings = pd.DataFrame(rows), load_config().cluster
    corpus = Corpus(
        sources, vectors, lambda _: vectors, None, load_likeness(), ["Le métier", "Le rivage"], subjects, settings, 7
    )
    _, themes = describe_groups(sources, corpus, partial(title_groups, length_max=80), {})
    assert themes["title"].tolist() == [theme]


def test_a_file_of_themes_is_read_by_the_command(tmp_path: Path) -> None:
    table, themes, out = tmp_path / "idees.csv", tmp_path / "sujets.txt", tmp_path / "groupes.csv"
    pd.DataFrame({"text": [*BUS, *DOCTORS]}).to_csv(table, index=False)
    themes.write_text("# nos sujets\nSe soigner : médecin, soins\n\nBouger : bus, vélo\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["cluster", str(table), "-o", str(out), "--themes", str(themes)])
    assert result.exit_code == 0, result.output
    rows = pd.read_csv(out)
    assert set(rows["theme"][:3]) == {"Bouger"}
    assert set(rows["theme"][3:]) == {"Se soigner"}


def _share_right(rows: list[dict[str, Any]]) -> float:
    """Share of the groups of some workshops that get a theme that a person would give them."""
    right = 0
    for corpus in dict.fromkeys(row["corpus"] for row in rows):
        part = [row for row in rows if row["corpus"] == corpus]
        declared = part[0]["declared"]
        found = find_themes([row["texts"] for row in part], declared, n_max=12)
        right += sum(found.titles[place] in row["themes"] for place, row in zip(found.of_groups, part, strict=True))
    return right / len(rows)


@pytest.mark.parametrize(
    ("corpora", "least"), [(["demonstration"], 0.85), (["quartier", "littoral", "ville"], 0.75), (["canton"], 0.6)]
)
def test_themes_are_told_as_a_person_would(corpora: list[str], least: float) -> None:
    rows = [row for row in read_jsonl(BENCHMARKS / "themes.jsonl") if row["corpus"] in corpora]
    assert len(rows) >= 30
    assert _share_right(rows) >= least


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Le local jeunes est fermé"], "Jeunesse"),
        (["Le vélo-école remet des adultes en selle"], "Mobilité et accès aux services"),
        (["On a le droit de le dire ?"], OTHERS),
        (["Un point glanage à la fin du marché", "Le glanage des invendus du marché"], "Agriculture, alimentation"),
    ],
)
def test_a_word_that_looks_like_another_tells_no_theme(texts: list[str], expected: str) -> None:
    declared = ["Jeunesse", "Mobilité et accès aux services", "Agriculture, alimentation", "Accès aux droits"]
    found = find_themes([texts], declared, n_max=12)
    assert found.titles[found.of_groups[0]] == expected
