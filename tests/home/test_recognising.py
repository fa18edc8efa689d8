"""What tesseract proposes: told where it is, corrected and ticked before anything is kept, nothing without it."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.home import recognising
from pipeline.home.recognising import reader, recognised
from pipeline.home.server import Home

WALL = """<meta charset=utf-8><style>body{margin:20px;font:34px "DejaVu Sans"} div{float:left;width:420px;margin:0 40px}
p{background:#ffef8a;padding:24px;margin:0 0 60px}</style>
<div><p>Pas de car après dix-neuf heures</p>
<p>La gare est fermée le dimanche</p></div><div><p>Un café associatif</p></div>
"""
TSV = "level page_num block_num par_num line_num word_num left top width height conf text".split()
WORDS = (
    (1, 40, 40, 200, 30, 96, "Un"), (1, 250, 40, 90, 30, 91, "four"), (2, 45, 80, 300, 30, 88, "à pain"),
    (3, 600, 42, 100, 30, 95, "Manger"), (4, 40, 300, 80, 30, 12, "zvlk"), (5, 300, 300, 9, 30, 95, "|"),
    (6, 40, 400, 150, 30, 90, "Un banc"),
)  # fmt: skip


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, answer: str, languages: str = "eng\nfra") -> None:
    """A tesseract that answers what we say, whatever it is shown."""
    folder.mkdir(exist_ok=True)
    script = f'#!/bin/sh\nif [ "$1" = --list-langs ]; then printf "{languages}\\n"; exit; fi\n{answer}\n'
    (folder / "tesseract").write_text(script, encoding="utf-8")
    (folder / "tesseract").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.fixture
def answering(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [TSV, *([5, 1, block, 1, 1, 1, *rest] for block, *rest in WORDS)]
    (tmp_path / "lu.tsv").write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    install(tmp_path / "bin", monkeypatch, f"cat {tmp_path / 'lu.tsv'}")


def wall_of(client: TestClient, home: Home) -> str:
    client.post("/nouveau", data={"titre": "Eau"}, files=[("fichiers", ("mur.png", b"\x89PNG\r\n\x1a\n"))])
    return f"{home.places.all()[0].address}/mur?nom=mur.png"


def test_lines_make_cards_by_column_and_doubtful_words_none(answering: None) -> None:
    assert recognised(b"photo") == ["Un four à pain", "Un banc", "Manger"]


def test_what_is_proposed_is_kept_only_when_ticked_and_as_corrected(
    client: TestClient, home: Home, answering: None
) -> None:
    address, table = wall_of(client, home), home.places.root / "Eau" / "fichiers" / "mur.csv"
    assert "cru lire" not in client.get(address).text
    shown = client.post(address, data={"texte-0": "Une table", "suite": "proposer"}).text
    assert 'value="Un four à pain"' in shown and 'value="Manger"' in shown and "checked" not in shown
    assert table.read_text(encoding="utf-8-sig") == "Problématique;Texte\n;Une table\n"
    form = {"texte-0": "Une table", "propose-texte-0": "Un four à pain", "propose-texte-1": "Un banc neuf",
            "propose-groupe-1": "Rue", "garder-1": "on", "propose-texte-2": "Manger !"}  # fmt: skip
    shown = client.post(address, data=form).text
    assert table.read_text(encoding="utf-8-sig") == "Problématique;Texte\n;Une table\nRue;Un banc neuf\n"
    assert 'value="Manger !"' in shown and 'id="propose-texte-1"' in shown and 'id="propose-texte-2"' not in shown
    assert "cru lire" not in client.post(address, data={"propose-texte-0": "x", "suite": "oublier"}).text


@pytest.mark.parametrize("answer", ["exit 1", "sleep 20", "head -c 4000 /dev/urandom", "printf 'level\\ttext\\n5\\n'"])
def test_a_tesseract_that_fails_is_late_or_says_nonsense_proposes_nothing(
    client: TestClient, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    install(tmp_path / "bin", monkeypatch, answer)
    monkeypatch.setattr(recognising, "_SECONDS", 0.6)
    started, address = time.monotonic(), wall_of(client, home)
    shown = client.post(address, data={"suite": "proposer"}).text
    assert "n’a pas abouti" in shown or "n’a reconnu aucun mot" in shown
    assert 'id="propose-texte-0"' not in shown and time.monotonic() - started < 18


def test_nothing_is_said_without_tesseract_or_without_its_french(
    client: TestClient, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = wall_of(client, home)
    install(tmp_path / "bin", monkeypatch, "true")
    assert "tesseract" in client.get(address).text
    install(tmp_path / "bin", monkeypatch, "true", languages="eng")
    assert reader() is None and "tesseract" not in client.get(address).text
    monkeypatch.setenv("PATH", str(tmp_path))
    assert reader() is None and "tesseract" not in client.get(address).text


@pytest.mark.browser
@pytest.mark.skipif(reader() is None, reason="tesseract and its French are not installed")
def test_the_real_one_reads_a_printed_wall(tmp_path: Path) -> None:
    (tmp_path / "mur.html").write_text(WALL, encoding="utf-8")
    command = ["/usr/bin/chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1100,500"]
    options = [f"--screenshot={tmp_path / 'mur.png'}", str(tmp_path / "mur.html")]
    subprocess.run([*command, *options], check=True, capture_output=True, timeout=60)
    cards = recognised((tmp_path / "mur.png").read_bytes())
    assert cards == ["Pas de car après dix-neuf heures", "La gare est fermée le dimanche", "Un café associatif"]
