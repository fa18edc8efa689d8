"""The page that says which room for which change: what it names is where the code has it."""

import ast
import re
import tomllib
from collections.abc import Set
from pathlib import Path

import pytest
from labelled import each

from pipeline.ingest.formats.detection import KINDS
from pipeline.review.log.ops import OPS

ROOT = Path(__file__).parents[1]
ROWS = dict(
    re.findall(r"^\| ([^|]+) \| (.+) \|$", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE)
)


def named(change: str) -> set[str]:
    """The modules that a row names, a bare file name standing beside the room named before it."""
    paths, room = set(), Path()
    for name in re.findall(r"`([\w./-]+)`", ROWS[change]):
        is_whole = name.split("/")[0] in ("pipeline", "configs", "corpus", "docs", "tests")
        path = Path(name) if is_whole else room / name
        room = path if name.endswith("/") and is_whole else path.parent if is_whole else room
        if path.suffix == ".py":
            paths.add(path.as_posix())
    return paths


def modules_that_name(codes: Set[str], room: str) -> set[str]:
    """Modules of a room, the workbench aside, in which one of these codes stands as a string."""
    found = set()
    for path in (ROOT / room).rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if "workbench" not in path.parts and any(isinstance(one, ast.Constant) and one.value in codes for one in nodes):
            found.add(path.relative_to(ROOT).as_posix())
    return found


def facets() -> set[str]:
    """Codes of facets that are no other word of the code: « question » is a kind of text, « demande » a verb."""
    axes = tomllib.loads((ROOT / "configs/axes.toml").read_text(encoding="utf-8"))["axes"]
    return {code for axis in axes for code in axis["facettes"]} - {"question", "problematique", "demande"}


test_what_a_row_names_is_there = each(
    lambda change: [path for path in named(change) if not (ROOT / path).is_file()], *ROWS, is_told=[]
)


@pytest.mark.parametrize("change", ROWS)
def test_data_and_pages_that_a_row_names_are_there(change: str) -> None:
    whole = re.findall(r"`((?:pipeline|configs|corpus|docs|tests|models)/[\w./-]+)`", ROWS[change])
    assert [path for path in whole if not (ROOT / path).exists()] == []


def test_a_facet_is_known_to_the_modules_that_its_row_names() -> None:
    assert len(facets()) > 8
    assert modules_that_name(facets(), "pipeline") == named("a facet")


def test_a_kind_of_file_is_told_and_read_where_its_row_says() -> None:
    kinds = {kind for kind in KINDS if kind not in ("json", "html", "txt", "zip")}  # also names of other things
    assert len(kinds) > 6
    assert modules_that_name(kinds, "pipeline/ingest/formats") <= named("an input format")
    assert modules_that_name({"timed"}, "pipeline/ingest/formats") == {
        f"pipeline/ingest/formats/{name}.py" for name in ("detection", "readers")
    }


def test_a_kind_of_decision_is_a_row_of_the_log() -> None:
    (room,) = re.findall(r"`(pipeline/review/log/)`", ROWS["a kind of decision"])
    rows = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / room).glob("*.py"))
    assert len(OPS) > 15
    assert [name for name in OPS if f'"{name}"' not in rows and name not in ("undo", "redo")] == []
