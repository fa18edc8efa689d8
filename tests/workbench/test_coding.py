"""`rosace evaluate themes`: a person's codes beside the titles of the machine."""

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.workbench.coding import by_title, coding_lines, kappa, told_share
from pipeline.workbench.learning import Tally

ROWS = [
    ("Plus de bus le soir", "Les bus", "les bus"),
    ("Un car de plus", "Les bus", "Les bus ; Le vélo"),
    ("Des arceaux", "Les bus", "Le vélo"),
    ("Une piste", "Le vélo", "Le vélo"),
    ("Un local à vélos", "Les bus", "LE VÉLO"),
    ("Le four est cassé", "", "aucun"),
    ("Autre chose", "Le vélo", ""),
]


def write(path: Path, rows: list[tuple[str, ...]], header: str) -> Path:
    path.write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")
    return path


def test_codes_are_compared_with_titles_however_they_are_written(tmp_path: Path) -> None:
    lines = {line.label: line for line in coding_lines(write(tmp_path / "t.csv", ROWS, "texte,title,code"))}
    assert lines["Titres placés qui sont les siens"].detail.startswith("3 sur 5, de 0,231")
    kappa = lines["Accord avec la personne (κ)"]
    assert "3 lignes pareilles sur 6 ; 6 codées sur 7" in kappa.detail
    assert lines["Précision, « Les bus »"].value == pytest.approx(0.5)
    bike = lines["Rappel, « Le vélo »"]
    assert bike.value == pytest.approx(0.25)
    assert "à reformuler" in bike.detail and "laisse à « Les bus » (2)" in bike.detail


def test_two_people_are_compared_when_both_coded(tmp_path: Path) -> None:
    rows = [(*row, row[2]) for row in ROWS]
    labels = [line.label for line in coding_lines(write(tmp_path / "t.csv", rows, "texte,title,code,code2"))]
    assert labels[1:3] == ["Accord avec la personne (κ)", "Accord de deux personnes (κ)"]


def test_a_table_without_codes_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="aucune colonne « code »"):
        coding_lines(write(tmp_path / "t.csv", [row[:2] for row in ROWS], "texte,title"))
    with pytest.raises(UsageError, match=r"tirées au hasard : 2, 3, 4, 5, 6, 8\."):
        coding_lines(write(tmp_path / "u.csv", [(*row[:2], "") for row in ROWS], "texte,title,code"))


def test_wilson_interval_of_known_shares() -> None:
    assert told_share(17, 20) == "17 sur 20, de 0,640 à 0,948"  # Newcombe 1998's formula by hand
    assert told_share(0, 10) == "0 sur 10, de 0,000 à 0,278"
    assert told_share(0, 0) == "0 sur 0, de 0,000 à 1,000"


def test_other_titles_of_the_machine_count_where_it_placed_the_row(tmp_path: Path) -> None:
    rows = [
        ("Un car de plus", "Les bus", "Le vélo | Le train", "Les bus ; Le vélo"),
        ("Une gare", "", "Le train", "Le train"),
    ]
    lines = {line.label: line for line in coding_lines(write(tmp_path / "t.csv", rows, "texte,title,also,code"))}
    assert lines["Titres placés qui sont les siens"].detail.startswith("1 sur 1")
    assert lines["Rappel, « Le vélo »"].value == 1
    assert (lines["Précision, « Le train »"].value, lines["Rappel, « Le train »"].value) == (0, 0)


def codes(*rows: str) -> list[list[str]]:
    return [row.split() for row in rows]


def test_kappa_of_a_known_table() -> None:
    one, other = ["oui"] * 25 + [""] * 25, ["oui"] * 20 + [""] * 5 + ["oui"] * 10 + [""] * 15
    value, low, high = kappa(codes(*one), codes(*other))
    assert value == pytest.approx(0.4) and low < 0.4 < high  # the usual example: 70 % observed, 50 % expected
    # two titles on four rows, by hand: 6 of 8 alike; by chance (0.5 × 0.5 + 0.5 × 0.5 + 0.25 × 0.75 + 0.75 × 0.25) / 2
    assert kappa(codes("a", "a b", "", ""), codes("a", "a", "", "b b"))[0] == pytest.approx((0.75 - 0.5625) / 0.4375)
    assert kappa(codes("a", "b"), codes("a", "b"))[0] == kappa(codes("", ""), codes("", ""))[0] == 1
    with pytest.raises(ValueError, match="rows"):
        kappa([], [])


def test_titles_are_told_with_what_they_are_confused_with() -> None:
    coded = [["Bus"]] * 6 + [["Vélo"]] * 4 + [["Vélo", "Bus"], []]
    placed = [[one] for one in ["Bus"] * 6 + ["Bus", "Bus", "Bus", "Vélo", "Vélo", "Bus"]]
    bus, bike = by_title(coded, placed)
    assert (bus.title, bus.rows, bus.takes_from) == ("Bus", Tally(6, 4, 1), ("Vélo", 3))
    assert (bike.rows, bike.taken_by) == (Tally(2, 0, 3), ("Bus", 3))
    assert ["à reformuler" in list(one.lines())[-1].detail for one in (bus, bike)] == [False, True]
