"""`rosace evaluate themes`: a person's codes beside the titles of the machine."""

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.workbench.coding import by_title, coding_lines, kappa, told_share, with_one_code
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
    assert "4 lignes pareilles sur 6 ; 6 codées sur 7" in kappa.detail
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


def test_kappa_of_a_known_table() -> None:
    value, low, high = kappa(["oui"] * 25 + ["non"] * 25, ["oui"] * 20 + ["non"] * 5 + ["oui"] * 10 + ["non"] * 15)
    assert value == pytest.approx(0.4) and low < 0.4 < high  # the usual example: 70 % observed, 50 % expected
    assert kappa(["a", "b"], ["a", "b"])[0] == kappa(["a", "a"], ["a", "a"])[0] == 1
    assert kappa(["a", "a", "b", "b"], ["a", "b", "a", "b"])[0] == 0
    with pytest.raises(ValueError, match="rows"):
        kappa([], [])


def test_titles_are_told_with_what_they_are_confused_with() -> None:
    coded = [["Bus"]] * 6 + [["Vélo"]] * 4 + [["Vélo", "Bus"], []]
    placed = ["Bus"] * 6 + ["Bus", "Bus", "Bus", "Vélo", "Vélo", "Bus"]
    bus, bike = by_title(coded, placed)
    assert (bus.title, bus.rows, bus.takes_from) == ("Bus", Tally(6, 4, 1), ("Vélo", 3))
    assert (bike.rows, bike.taken_by) == (Tally(2, 0, 3), ("Bus", 3))
    assert ["à reformuler" in list(one.lines())[-1].detail for one in (bus, bike)] == [False, True]
    assert with_one_code(coded, placed)[-2:] == ["Vélo", ""]
