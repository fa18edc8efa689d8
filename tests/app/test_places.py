"""Names that are safe anywhere, and folders that an address leads to."""

from __future__ import annotations

from pathlib import Path

import pytest
from labelled import each

from pipeline.app.places import RUN, WORKSHOP, Places, safe_name
from pipeline.errors import UsageError

test_a_name_is_only_a_name = each(
    safe_name,
    ("notes table 3.docx", "notes table 3.docx"),
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\moi\\notes.txt", "notes.txt"),
    (".bashrc", "bashrc"),
    ("..", "sans nom"),
    ("", "sans nom"),
    ("CON.txt", "_CON.txt"),
    ('a<b>:"c|?*.csv', "a b c.csv"),
    ("a\x00b\nc.txt", "a b c.txt"),
    ("e\u0301te\u0301.odt", "été.odt"),
    ("renvers\u202etxt.exe", "renverstxt.exe"),
)


def test_a_long_name_keeps_its_end() -> None:
    name = safe_name("é" * 300 + ".docx")
    assert name.endswith("é.docx")
    assert len(name.encode()) <= 120


def test_two_workshops_of_one_title_have_two_folders(tmp_path: Path) -> None:
    places = Places(tmp_path / "Rosace", tmp_path / "runs")
    first, second = places.create("Eau / air"), places.create("Eau / air")
    assert [first.folder.name, second.folder.name] == ["Eau air", "Eau air 2"]
    assert {place.folder for place in places.all()} == {first.folder, second.folder}
    with pytest.raises(UsageError, match="titre"):
        places.create("")


def test_an_address_leads_to_listed_places_only(tmp_path: Path) -> None:
    places = Places(tmp_path / "Rosace", tmp_path / "runs")
    places.create("Eau")
    (tmp_path / "runs" / "inachevé").mkdir(parents=True)
    done = tmp_path / "runs" / "demo"
    done.mkdir()
    for name in ("manifest.json", "index.html"):
        (done / name).write_text("{}")
    assert places.find(WORKSHOP, "Eau") is not None
    assert places.find(RUN, "demo") is not None
    for kind, name in (
        (WORKSHOP, ".."),
        (WORKSHOP, "demo"),
        (RUN, "inachevé"),
        (RUN, "../Rosace/Eau"),
        ("autre", "Eau"),
    ):
        assert places.find(kind, name) is None
