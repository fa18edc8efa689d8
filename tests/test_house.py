"""What the house promises: French data apart from code, each with its source; nothing that knows the demonstration."""

import ast
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.contracts.tables import TABLES
from pipeline.language.lexicon.nouns import first_names

ROOT = Path(__file__).parents[1]
_COLUMNS = [column for table in TABLES.values() for column in table.columns]
IDENTIFIERS = {
    *TABLES,
    *(column.name for column in _COLUMNS),
    *(code for column in _COLUMNS for code in column.domain or ()),
}
ROOMS = sorted({path.parent.relative_to(ROOT) for path in (ROOT / "pipeline").rglob("*.py")})
ENTRIES_MAX = 10
WORDS_SHARED = 5
"""So many words in a row that also stand in the demonstration: a sentence of it."""
CODES: dict[str, str] = {
    "pipeline/restitution/material/quantifiers.py:FORMS": "names of the forms in which a fact is said",
    "pipeline/language/syntax/standing.py:_MADE": "names of the features that the judge of standing reads",
    "pipeline/ingest/formats/turns.py:_SEPARATORS": "marks that end the head of a turn, by their names",
    "pipeline/ingest/formats/detection.py:KINDS": "kinds of files that `detect` tells apart",
    "pipeline/restitution/stage.py:LABELS": "names of files, each with what a person reads of it",
}
"""Lists of more than ten codes, not of French words, and what they are."""


def modules(room: Path) -> list[Path]:
    return sorted((ROOT / room).glob("*.py"))


TOP = """
.ci .dockerignore .github .gitignore CHANGELOG.md CONTRIBUTING.md Containerfile LICENSE MANIFEST.in Makefile NOTICE
README.md configs corpus docs models pipeline pyproject.toml requirements.lock rosace setup.py tests
""".split()


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a clone knows which files are kept")
def test_nothing_that_a_tool_left_is_kept_at_the_top() -> None:
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert {line.split("/")[0] for line in kept.splitlines()} == set(TOP)


def test_there_are_rooms() -> None:
    assert len(ROOMS) > 20


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_french_lists_are_data(room: Path) -> None:
    """No list of words and no pattern of more than ten entries is written in a module."""
    found = []
    for path in modules(room):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        codes = {id(part) for node in _codes(path, tree) for part in ast.walk(node)}
        for node in ast.walk(tree):
            n = _n_entries(node)
            if n > ENTRIES_MAX and id(node) not in codes:
                found += [f"{path.name}:{node.lineno}: {n} entries"]
    assert not found


def _codes(path: Path, tree: ast.Module) -> Iterator[ast.expr]:
    """Values of the names that `CODES` lists."""
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            if isinstance(target, ast.Name) and f"{path.relative_to(ROOT).as_posix()}:{target.id}" in CODES:
                yield node.value


def _n_entries(node: ast.AST) -> int:
    """French entries of a literal: strings of a list, words of a sentence to split, alternatives of a pattern."""
    match node:
        case ast.List(elts=elts) | ast.Tuple(elts=elts) | ast.Set(elts=elts):
            return sum(isinstance(e, ast.Constant) and _is_french(e.value) for e in elts)
        case ast.Dict(keys=keys):
            return sum(isinstance(e, ast.Constant) and _is_french(e.value) for e in keys)
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="split" | "splitlines")):
            return len(text.split())
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr="compile"), args=[first, *_]):
            return sum(_is_french(part) for part in _literal(first).split("|"))
        case _:
            return 0


def _literal(node: ast.expr) -> str:
    return "".join(
        part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def _is_french(value: object) -> bool:
    """Whether a literal holds a word: two letters in a row in lower case, and it is no name of a table or a column."""
    return isinstance(value, str) and re.search(r"[a-zà-ÿœ]{2}", value) is not None and value not in IDENTIFIERS


DATA = sorted((ROOT / "pipeline").glob("**/data/*.t*"))


@pytest.mark.parametrize("path", DATA, ids=lambda path: str(path.relative_to(ROOT / "pipeline")))
def test_data_say_where_they_come_from(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    if path.suffix == ".toml":
        tomllib.loads(text)


PATTERNS = [path for path in DATA if path.suffix == ".toml" and "\nany = [" in path.read_text(encoding="utf-8")]


def test_there_are_patterns() -> None:
    assert len(PATTERNS) > 5


@pytest.mark.parametrize("path", PATTERNS, ids=lambda path: path.stem)
def test_each_alternative_was_found_in_three_sources_of_real_texts(path: Path) -> None:
    """Measured by `tests/bench/patterns.py`; a new alternative is counted before it is used."""
    counts = json.loads((ROOT / "tests" / "bench" / "patterns.json").read_text(encoding="utf-8"))["n_sources"]
    counted = counts[path.relative_to(ROOT).as_posix()]
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    listed = {(name, one) for name, table in tables.items() if "any" in table for one in table["any"]}
    assert listed
    assert {one for one in listed if counted.get(one[0], {}).get(one[1], 0) < 3} == set()


def demo_texts() -> Iterator[str]:
    """The words of the demonstration, as the ingest stage reads them."""
    from pipeline.config import load_config
    from pipeline.execution import LocalExecutor
    from pipeline.ingest.stage import ingest

    result = ingest(ROOT / "corpus" / "demo", load_config(None), LocalExecutor(1))
    yield from result.contributions["text"]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + WORDS_SHARED]) for at in range(len(words) - WORDS_SHARED + 1))


@pytest.fixture(scope="module")
def demo_sentences() -> frozenset[tuple[str, ...]]:
    runs = set()
    for text in demo_texts():
        words = _words(text)
        runs.update(run for run in _runs(words) if sum(len(word) > 4 for word in run) > 1)
    assert len(runs) > 1_500
    return frozenset(runs)


@pytest.fixture(scope="module")
def demo_names() -> frozenset[str]:
    """Words of the demonstration that always have a capital, though they do not open a sentence."""
    text = "\n".join(demo_texts())
    inside = set(re.findall(r"(?<=[a-zà-ÿ,;] )[A-ZÀ-Ý][a-zà-ÿ]{3,}", text))
    low = set(re.findall(r"\b[a-zà-ÿœ]{3,}\b", text))
    known = {*(name.lower() for name in first_names()), "france", "région"}
    names = {name for name in inside if name.lower() not in low and name.lower() not in known}
    assert len(names) > 8
    return frozenset(names)


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_nothing_quotes_the_demonstration(room: Path, demo_sentences: frozenset[tuple[str, ...]]) -> None:
    quoted = []
    for path in (*modules(room), *(ROOT / room).glob("data/*")):
        for line in path.read_text(encoding="utf-8", errors="ignore").splitlines():
            quoted += [f"{path.name}: {' '.join(run)}" for run in _runs(_words(line)) if run in demo_sentences]
    assert not quoted


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_nothing_names_the_demonstration(room: Path, demo_names: frozenset[str]) -> None:
    named = []
    for path in modules(room):
        found = set(re.findall(r"\b[A-ZÀ-Ý][a-zà-ÿ]{3,}\b", path.read_text(encoding="utf-8"))) & demo_names
        named += [f"{path.name}: {name}" for name in sorted(found)]
    assert not named
