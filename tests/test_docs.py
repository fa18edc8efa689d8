"""What README, CONTRIBUTING and the pages of docs/ say is what the program does: commands, examples, links, paths."""

import doctest
import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.cli import app

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs" / "pages").rglob("*.md"))]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PAGES}
BLOCK = re.compile(r"^(?P<indent> *)```(?P<kind>\w+)\n(?P<body>.*?)^ *```$", re.MULTILINE | re.DOTALL)
NOT_RUN = re.compile(r"<!-- not run: [^>]+ -->\n$")
GENERATED = re.compile(r"<!-- generated: \w+ -->.*?<!-- end -->", re.DOTALL)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def _blocks(kind: str) -> list[tuple[str, str]]:
    """Page and body of each block of a kind, those that say why they are not run left out."""
    found = []
    for page, text in TEXTS.items():
        for block in BLOCK.finditer(text):
            if block["kind"] == kind and not NOT_RUN.search(text[: block.start()]):
                body = re.sub(rf"^{block['indent']}", "", block["body"], flags=re.MULTILINE)
                found.append((page, body))
    return found


def _calls() -> list[tuple[str, str]]:
    """Page and arguments of each call of `rosace` that is shown: in a block of commands, or between backquotes."""
    found = []
    for page, text in TEXTS.items():
        for block in BLOCK.finditer(text):
            if block["kind"] in ("sh", "bat"):
                found += [
                    (page, line) for line in block["body"].splitlines() if re.match(r"\s*(?:\S*[/\\])?rosace ", line)
                ]
        prose = BLOCK.sub("", GENERATED.sub("", text))
        found += [(page, code) for code in re.findall(r"`((?:\.venv/bin/)?rosace\s[^`]+)`", prose)]
    found = [(page, part.partition(" < ")[0]) for page, line in found for part in line.split(" | ")]
    calls = [(page, re.sub(r"^\s*(?:\S*[/\\])?rosace\s+", "", line)) for page, line in found]
    return sorted({(page, " ".join(re.sub(r"\s+#.*$", "", call).split())) for page, call in calls})


CALLS, PYTHON, NOTEBOOKS = _calls(), _blocks("python"), _blocks("pycon")
COMPLETE_BY = {"classify": ["-o", "out.csv"], "cluster": ["-o", "out.csv"]}
"""What a call that is only named (`rosace classify TABLE`) leaves out."""


def test_there_is_something_to_test() -> None:
    assert len(PAGES) > 12
    assert len(CALLS) > 30
    assert len(PYTHON) >= 3
    assert len(NOTEBOOKS) >= 6


@pytest.mark.parametrize(("page", "call"), CALLS, ids=[f"{page}-{call}" for page, call in CALLS])
def test_commands_are_understood_as_they_are_shown(page: str, call: str) -> None:
    """The parser takes them: the command exists, so do its options, and their values are of the right kind."""
    name, *arguments = shlex.split(call.replace("\\", "/"), posix=True)
    if name.startswith("--"):
        assert name in {option for param in app.params for option in (*param.opts, "--help")}
        return
    command = app.commands[name]
    options = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {*OPTION.findall(call)} <= {*options, "--help"}
    if len(arguments) == 0 or "--help" in arguments:
        return  # the command is named
    missing = [part for part in COMPLETE_BY.get(name, []) if "-o" not in arguments]
    command.make_context(name, [*arguments, *missing])


def test_every_command_has_its_help_in_the_docs() -> None:
    page = TEXTS["docs/pages/commandes.md"]
    assert re.findall(r"^## rosace (\w+)$", page, re.MULTILINE) == list(app.commands)


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """`docs/generate.py`."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_blocks_are_up_to_date(generate: ModuleType) -> None:
    """When this fails: python docs/generate.py"""
    used = set()
    for page, text in TEXTS.items():
        used |= {found[2] for found in generate.BLOCK.finditer(text)}
        assert generate.filled(text) == text, page
    assert used == set(generate.BLOCKS)


@pytest.mark.parametrize(("page", "body"), PYTHON, ids=[f"{page}-{n}" for n, (page, _) in enumerate(PYTHON)])
def test_python_blocks_run(page: str, body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(body, page, "exec"), {})


@pytest.mark.parametrize("page", sorted({page for page, _ in NOTEBOOKS}))
def test_notebooks_run_from_top_to_bottom(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cells = "\n".join(body for of_page, body in NOTEBOOKS if of_page == page)
    notebook = doctest.DocTestParser().get_doctest(cells, {}, page, None, 0)
    assert len(notebook.examples) > 10
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    told: list[str] = []
    assert doctest.DocTestRunner(optionflags=flags).run(notebook, out=told.append).failed == 0, "".join(told)


@pytest.mark.parametrize("page", [page for page in TEXTS if page.startswith("docs/")])
def test_blocks_stand_at_the_margin(page: str) -> None:
    """Markdown of this site knows no block inside a list."""
    assert not re.search(r"^ +```", TEXTS[page], re.MULTILINE)


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {target for text in TEXTS.values() for target in re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)}
    assert len(named) >= 5
    assert [target for target in named if not re.search(rf"^{target}:.*## ", makefile, re.MULTILINE)] == []


@pytest.mark.parametrize("page", list(TEXTS))
def test_links_and_paths_lead_somewhere(page: str) -> None:
    text, folder = GENERATED.sub("", TEXTS[page]), (ROOT / page).parent
    for target in re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", text):
        assert (folder / target).exists(), target
    for path in re.findall(r"`((?:corpus|models|configs|pipeline|tests|docs)/[\w./*-]+)`", text):
        assert list(ROOT.glob(path)), path
    for module in re.findall(r"`(pipeline(?:\.\w+)+)`", text):
        assert importlib.util.find_spec(module) is not None, module


def test_paths_were_looked_for() -> None:
    assert (
        sum(len(re.findall(r"`(?:corpus|models|configs|pipeline|tests|docs)/", text)) for text in TEXTS.values()) > 20
    )


def test_toml_blocks_are_taken(tmp_path: Path) -> None:
    """Examples of `atelier.toml`, of `programme.toml` and of settings are read by what reads them."""
    from pipeline.config import load_config
    from pipeline.ingest.workshop import find_workshops
    from pipeline.programme.workshops import PROGRAMME_FILE, read_programme

    n_workshops = n_settings = 0
    for number, (_, body) in enumerate(_blocks("toml")):
        folder = tmp_path / str(number)
        folder.mkdir()
        if re.search(r"^\[(?:atelier|themes|textes|\[fichiers)", body, re.MULTILINE):
            (folder / "atelier.toml").write_text(body, encoding="utf-8")
            assert find_workshops(folder, ["atelier.toml"])
            n_workshops += 1
        elif body.startswith("[programme]"):
            (folder / PROGRAMME_FILE).write_text(body, encoding="utf-8")
            assert read_programme(folder).programme.memes_titres
        else:
            (folder / "mine.toml").write_text(body, encoding="utf-8")
            load_config(folder / "mine.toml")
            n_settings += 1
    assert n_workshops >= 2 and n_settings >= 2


def test_the_site_builds(tmp_path: Path) -> None:
    command = [*"-m mkdocs build --strict -q -f".split(), str(ROOT / "docs/mkdocs.yml"), "-d", str(tmp_path)]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "")
    pages = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html"))
    assert len(pages) >= len(PAGES) - 2
    for page in pages:
        fetched = re.findall(
            r"<(?:script|img|link)[^>]+(?:src|href)=\"(https?:[^\"]+)\"", (tmp_path / page).read_text(encoding="utf-8")
        )
        assert fetched == [], page
