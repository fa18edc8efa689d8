"""`rosace evaluate` as a user meets it: a table in French, exit code 0 when the bounds hold and 2 when they do not."""

from pathlib import Path

import pytest

from pipeline.config import load_config
from tests.cli.conftest import Rosace


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("drafts",), "attend un dossier de résultats"),
        (("drafts", "nulle-part"), "n'est pas un dossier de résultats"),
        (("drafts", ".", "--gold", "table.csv"), "n'attend pas --gold"),
        (("groups", "runs/x"), "n'attend pas DOSSIER"),
        (("axes", "--gold", "sans_groupes.csv"), "aucune colonne « axis »"),
    ],
)
def test_a_wrong_call_is_told_in_french(rosace: Rosace, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "sans_groupes.csv").write_text("texte;commune\nle car manque;Tull\n", encoding="utf-8")
    done = rosace("evaluate", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_a_kept_bound_gives_exit_code_0_and_a_missed_one_2_with_its_name(rosace: Rosace, tmp_path: Path) -> None:
    done = rosace("evaluate", "frames")
    assert (done.returncode, done.stderr) == (0, "")
    head, first, *_ = done.stdout.splitlines()
    assert head.split() == ["Mesure", "Valeur", "Borne", "Tenue", "Détail"]
    assert first.split("  ")[0] == "Passages, justes (tout)"
    assert "≥ 0,980" in first and "oui" in first
    strict = tmp_path / "stricte.toml"
    strict.write_text("[evaluation.frames]\nintervenants = 1.0\n", encoding="utf-8")
    missed = rosace("evaluate", "frames", "--config", strict)
    assert missed.returncode == 2
    assert "borne non tenue : Tours attribués, justes (tout)" in missed.stderr
    told = next(line for line in missed.stdout.splitlines() if line.startswith("Tours attribués, justes (tout)"))
    assert "≥ 1,000" in told and "non" in told


def test_axes_are_compared_with_those_of_people(rosace: Rosace, tmp_path: Path) -> None:
    gold = tmp_path / "axes.csv"
    gold.write_text(
        "text,axis\nIl n'y a plus de bus le soir,est\nMettre en commun nos minibus,sud\n"
        "Merci aux bénévoles du vestiaire,nord\nRAS,hors_axe\n",
        encoding="utf-8",
    )
    done = rosace("evaluate", "axes", "--gold", gold, "--profile", "rapide")
    assert done.returncode == 0, done.stderr
    assert "Macro-F1 (rapide)" in done.stdout
    assert "4 textes" in done.stdout
    assert "F1 (ouest)" not in done.stdout
    gold.write_text("text,axis\nIl n'y a plus de bus le soir,autre\n", encoding="utf-8")
    refused = rosace("evaluate", "axes", "--gold", gold)
    assert refused.returncode == 2
    assert "'autre'" in refused.stderr


def test_truth_has_no_tolerance() -> None:
    drafts = load_config().evaluation["drafts"]
    assert (drafts["citations_exactes"], drafts["chiffres_verifies"], drafts["phrases_sourcees"]) == (1.0, 1.0, 1.0)
