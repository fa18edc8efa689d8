"""`rosace evaluate` as a user meets it: a table in French, exit code 0 when the bounds hold and 2 when they do not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.config import load_config

BENCHMARK = [
    {"text": "Le car manque. Les loyers montent.", "channel": "postit", "half": "dev", "items": [[0, 14], [15, 34]]},
    {"text": "Le café du jeudi marche bien", "channel": "postit", "half": "test", "items": [[0, 28]]},
]


def rosace(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", "evaluate", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("drafts",), "attend un dossier de résultats"),
        (("drafts", "nulle-part"), "n'est pas un dossier de résultats"),
        (("drafts", ".", "--gold", "table.csv"), "n'attend pas --gold"),
        (("groups", "runs/x"), "n'attend pas DOSSIER"),
        (("axes", "--gold", "sans_groupes.csv"), "aucune colonne « axis »"),
        (("ideas", "--gold", "absent.jsonl"), "banc d'essai illisible"),
        (("groups", "--gold", "sans_groupes.csv"), "aucune colonne de groupes"),
        (("axes", "--murs", "."), "n'attend pas --murs"),
    ],
)
def test_a_wrong_call_is_told_in_french(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "sans_groupes.csv").write_text("texte;commune\nle car manque;Tull\n", encoding="utf-8")
    done = rosace(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def _benchmark(folder: Path, n_wrong: int) -> Path:
    cases = BENCHMARK + [
        {"text": "Le car manque", "channel": "postit", "half": "dev", "items": [[0, 6], [7, 13]]}
        for _ in range(n_wrong)
    ]
    path = folder / "banc.jsonl"
    path.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases), encoding="utf-8")
    return path


def test_a_kept_bound_gives_exit_code_0(tmp_path: Path) -> None:
    done = rosace("ideas", "--gold", _benchmark(tmp_path, 0))
    assert (done.returncode, done.stderr) == (0, "")
    head, first, *_ = done.stdout.splitlines()
    assert head.split() == ["Mesure", "Valeur", "Borne", "Tenue", "Détail"]
    assert first.split("  ")[0] == "Limites entre idées, F1 (tout)"
    assert "1,000" in first and "≥ 0,750" in first and "oui" in first


def test_a_missed_bound_gives_exit_code_2_and_its_name(tmp_path: Path) -> None:
    done = rosace("ideas", "--gold", _benchmark(tmp_path, 3))
    assert done.returncode == 2
    assert "borne non tenue : Limites entre idées, F1 (tout)" in done.stderr
    assert "non" in done.stdout.splitlines()[1]


def test_the_bounds_come_from_the_configuration(tmp_path: Path) -> None:
    lenient = tmp_path / "souple.toml"
    lenient.write_text("[evaluation.ideas]\nlimites_f1 = 0.1\n", encoding="utf-8")
    done = rosace("ideas", "--gold", _benchmark(tmp_path, 3), "--config", lenient)
    assert done.returncode == 0
    assert "≥ 0,100" in done.stdout


def test_axes_are_compared_with_those_of_people(tmp_path: Path) -> None:
    gold = tmp_path / "axes.csv"
    gold.write_text(
        "text,axis\nIl n'y a plus de bus le soir,est\nMettre en commun nos minibus,sud\n"
        "Merci aux bénévoles du vestiaire,nord\nRAS,hors_axe\n",
        encoding="utf-8",
    )
    done = rosace("axes", "--gold", gold, "--profile", "rapide")
    assert done.returncode == 0, done.stderr
    assert "Macro-F1 (rapide)" in done.stdout
    assert "4 textes" in done.stdout
    assert "F1 (ouest)" not in done.stdout
    gold.write_text("text,axis\nIl n'y a plus de bus le soir,autre\n", encoding="utf-8")
    refused = rosace("axes", "--gold", gold)
    assert refused.returncode == 2
    assert "'autre'" in refused.stderr


def test_truth_has_no_tolerance() -> None:
    drafts = load_config().evaluation["drafts"]
    assert (drafts["citations_exactes"], drafts["chiffres_verifies"], drafts["phrases_sourcees"]) == (1.0, 1.0, 1.0)
