"""What is learnt and counted of titles, on a wall of six ideas written here."""

from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import UsageError
from pipeline.workbench.learning import Tally
from pipeline.workbench.placing import (
    COLUMNS,
    CUTS,
    FEW,
    NONE,
    OPPOSED,
    SAID,
    THEMES,
    TYPED,
    Sheet,
    chosen_cut,
    counted,
    load_sheets,
    sure_cut,
    with_few_titles,
)

IDEAS = [
    ("i1", "Plus de bus le soir", "est", "c1"),
    ("i2", "Le dernier car est à 18 h", "est", "c1"),
    ("i3", "Le loyer est trop cher", "est", "c2"),
    ("i4", "Les bus sont à l'heure", "nord", "c3"),
    ("i5", "Bonjour à tous", "hors_axe", "c4"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = [f'{name},dépôt,notes.md,Rubrique,"{text}"' for name, text, _, _ in IDEAS]
    (tmp_path / "axes_train.csv").write_text("\n".join(["id,repo,path,context,text", *texts]), encoding="utf-8")
    rows = [
        f"{name},dépôt,notes.md,{sha256(text.encode()).hexdigest()},mur,{axis},{issue}"
        for name, text, axis, issue in IDEAS
    ]
    (tmp_path / "murs.csv").write_text("\n".join(["id,repo,path,sha256,wall,axis,issue", *rows]), encoding="utf-8")
    (tmp_path / "titles_of_walls.csv").write_text("wall,issue,axis,title\nmur,c1,est,Des bus trop rares\n")
    (tmp_path / "themes_of_walls.csv").write_text("wall,theme,axis,title,issues\nmur,t,est,La vie chère,c1 c2\n")
    (tmp_path / "typed_titles.csv").write_text(
        "wall,title,axis,idea,side\nmur,Les bus,est,i1,dit\nmur,Les bus,est,i4,s_oppose\n"
    )
    return tmp_path


def sheets_of(folder: Path) -> dict[str, Sheet]:
    found = load_sheets(folder, [folder / "axes_train.csv"], folder / "murs.csv")
    return {sheet.kind: sheet for sheet in found}


def test_what_readers_titled_is_read_with_its_texts(folder: Path) -> None:
    sheets = sheets_of(folder)
    assert list(sheets[COLUMNS].ideas["id"]) == ["i1", "i2", "i3", "i4"]
    assert sheets[COLUMNS].sides.tolist() == [[SAID], [SAID], [NONE], [NONE]]
    assert sheets[COLUMNS].asked.ravel().tolist() == [True, True, True, False]  # the last is of another axis
    assert sheets[THEMES].sides.ravel().tolist() == [SAID, SAID, SAID, NONE]
    assert sheets[TYPED].sides.ravel().tolist() == [SAID, NONE, NONE, OPPOSED]
    assert sheets[TYPED].asked.all()


def test_a_text_that_is_in_no_file_is_told(folder: Path) -> None:
    (folder / "axes_train.csv").write_text("id,repo,path,context,text\n", encoding="utf-8")
    with pytest.raises(UsageError, match="5 textes de murs"):
        sheets_of(folder)


def test_an_idea_that_opposes_its_title_is_counted_wrong(folder: Path) -> None:
    sheet = sheets_of(folder)[TYPED]
    several = Sheet(sheet.wall, sheet.source, TYPED, sheet.ideas, sheet.titles, sheet.axes, sheet.sides.copy())
    several.sides[1, 0] = SAID
    chances = np.array([[0.9], [0.2], [0.1], [0.8]])
    everyone = np.ones(4, dtype=bool)
    assert counted(several, chances, 0.5, 10, everyone) == Tally(1, 1, 1)
    assert counted(several, chances, 0.5, None, ~everyone) == Tally()
    assert counted(sheet, chances, 0.5, 10, everyone) == Tally()  # one idea is no column


def test_few_titles_are_learnt_among_ideas_of_other_sources(folder: Path) -> None:
    sheet = sheets_of(folder)[COLUMNS]
    other = Sheet("autre", "ailleurs", COLUMNS, sheet.ideas, sheet.titles, sheet.axes, sheet.sides)
    few = [one for one in with_few_titles([sheet, other] * 6) if one.kind == FEW]
    assert few
    for one in few:
        elsewhere = one.ideas["is_from_elsewhere"].to_numpy(dtype=bool)
        assert elsewhere.any() and (one.sides[elsewhere] == NONE).all() and one.asked[elsewhere].all()


def test_the_cut_is_the_lowest_that_is_right_often_enough() -> None:
    rows = [{"way": "colonnes", "cut": cut, "right": right} for cut, right in ((0.2, 0.5), (0.3, 0.75), (0.4, 0.8))]
    assert chosen_cut(rows) == 0.3
    assert chosen_cut(rows[:1]) == max(CUTS)


def test_a_placing_is_sure_where_columns_and_typed_titles_together_are_right_nineteen_times_of_twenty() -> None:
    shares = {"colonnes": (300, 0.92, 0.97), "tapés": (100, 0.90, 0.92)}
    rows = [
        {"way": kind, "cut": cut, "right": share, "found": share / 2, "n": n}
        for kind, (n, *told) in shares.items()
        for cut, share in zip((0.7, 0.9), told, strict=True)
    ]
    assert sure_cut(rows) == 0.9
    assert sure_cut([row for row in rows if row["cut"] == 0.7]) == 1
