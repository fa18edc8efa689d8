"""Identifiers planted in every kind of place of a corpus: none of those that are masked is in any output of a run.

One in four; `ROSACE_CANARIES=1` plants them all.
"""

import csv
import json
import os
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from pipeline.api.exporting import contents_of
from pipeline.cli import app
from pipeline.errors import EXIT_REFUSED
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.privacy.marks import bare
from pipeline.restitution.exports.formats import FORMATS
from pipeline.workbench.examples import BENCHMARKS
from tests.outputs import texts_of

STEP = int(os.environ.get("ROSACE_CANARIES", "4"))
SPEAKER = "Philomène Passerose-Quenouille"
PLACES = "gare piscine halle ferme mairie forge digue scierie chapelle carrière écluse tour".split()
WISHES = (
    "Il faudrait rouvrir la {} du haut",
    "La {} ferme chaque année plus tôt",
    "Qui décide des horaires de la {} ?",
)
FORBIDDEN = {"sheet": set("[]:*?/\\'\n\t"), "file": set("/\n\t\0"), "line": set("\n<>")}


def planted() -> list[dict[str, str]]:
    lines = (BENCHMARKS / "identifiers.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for line in lines if (case := json.loads(line))["decision"] == "masked"]
    return cases[::STEP]


def usable(texts: list[str], where: str, longest: int) -> list[str]:
    return [text for text in texts if not FORBIDDEN[where] & set(text) and len(text.encode()) <= longest]


def idea(number: int) -> str:
    return WISHES[number % len(WISHES)].format(PLACES[number % len(PLACES)]) + f", dit la table {number}"


def write_rows(path: Path, *rows: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def plant(folder: Path, texts: list[str]) -> None:
    """Each text as a contribution, a heading, and whatever else a file or its name may hold."""
    write_rows(folder / "textes.csv", ["Idée"], *([text] for text in texts))
    beside = ["Idée", "Remarque", "Date", "Table", "Groupe", "Auteur", "Courriel", "Date de naissance"]
    write_rows(folder / "autres.csv", beside, *([idea(n), *[text] * 7] for n, text in enumerate(texts)))
    for n, text in enumerate(usable(texts, "file", 200)):
        titles = ["Idée", text, f"Adresse mail {text}", "Courriel"]
        write_rows(folder / text.strip(".") / f"{text}.csv", titles, [idea(n), "oui", text, text])
        (folder / f"{text}.pdf").write_bytes(b"rien de lisible")
    sheets = {text.casefold(): text for text in usable(texts, "sheet", 31)}.values()
    with xlsxwriter.Workbook(str(folder / "classeur.xlsx"), {"strings_to_urls": False}) as book:
        for n, name in enumerate(sheets):
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(
                (["Idée", f"Colonne {name}"], [idea(n), "oui"], ["", ""], [idea(n + 1), "non"])
            ):
                sheet.write_row(row, 0, cells)
    lines = usable(texts, "line", 500)
    (folder / "note.md").write_text("".join(f"## {text}\n- {idea(n)}\n" for n, text in enumerate(lines)), "utf-8")
    turns = "".join(
        f"00:{n % 60:02d}:01.000 --> 00:{n % 60:02d}:09.000\n<v {text}>{idea(n)}\n\n" for n, text in enumerate(lines)
    )
    said = f"00:59:30.000 --> 00:59:40.000\n<v {SPEAKER}>{idea(3)}\n"
    (folder / "film.vtt").write_text(f"WEBVTT\n\n{turns}{said}", encoding="utf-8")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """File → what it says, for every output of a run on the planted corpus, the terminal included."""
    corpus, beside = tmp_path_factory.mktemp("atelier"), tmp_path_factory.mktemp("sorties")
    plant(corpus, [case["text"] for case in planted()])
    run = beside / "run"
    done = CliRunner().invoke(app, ["synthesize", str(corpus), "--out", str(run), "--profile", "rapide"])
    assert done.exit_code == EXIT_REFUSED, done.output  # of the files that are refused
    for name, options in (("r.xlsx", []), ("parole.html", ["--participants"])):
        assert CliRunner().invoke(app, ["review", "export", str(run), str(beside / name), *options]).exit_code == 0
    contents = contents_of(RunFolder.open(run))
    for to, write in FORMATS.items():
        for name, content in write(contents).items():
            (beside / f"{to}-{name}").write_bytes(content)
    found: dict[str, set[str]] = {"terminal": set(done.output.splitlines())}
    for name, text in texts_of(beside):
        found.setdefault(name, set()).add(text)
    return found


def test_no_planted_identifier_is_in_any_output(told: dict[str, set[str]]) -> None:
    cases = planted()
    assert len(cases) >= 90
    assert {Path(name).suffix for name in told} >= set(".parquet .docx .odt .xlsx .html .json .md .qdpx .csv".split())
    secrets = {bare(case["secret"]): f"{case['what']}, {case['form']}" for case in cases}
    leaks = {
        f"{secrets[secret]} ({secret}): {name}: {text[:120]}"
        for name, texts in told.items()
        for text in texts
        for said in (bare(text),)
        for secret in secrets
        if secret in said
    }
    assert not leaks, "\n".join(sorted(leaks))


def test_a_speaker_is_named_nowhere(told: dict[str, set[str]]) -> None:
    name = bare(SPEAKER)
    assert not [where for where, texts in told.items() if any(name in bare(text) for text in texts)]
    assert any("Voix 1" in text for text in told["run/contributions.parquet"])
