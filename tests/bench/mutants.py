"""Small faults put in a copy of the source, one at a time: do the tests of their room see them?

    python tests/bench/mutants.py [ROOM_OR_MODULE ...] [--drawn 12] [--seed 31] [--own] [--left] [--write]

A fault is one change of one node of a module's tree (`faults_of`). Those of a module are drawn by a seed, so that a
larger draw holds a smaller one; `--left` tries again those alone that nobody saw the last time. `mutants.json` holds
what was found: whoever argues that a fault changes nothing writes why beside it, and the command keeps that.
`mutants.md` is made of it. The tests of a room are those that mirror it, the module's own first.
"""

import argparse
import ast
import datetime
import importlib
import json
import math
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FOUND = Path(__file__).with_name("mutants.json")
PAGE = FOUND.with_suffix(".md")
ROOMS = ("restitution/quoting", "review/log", "ingest/privacy", "ingest/withdrawal", "stances", "place")
FAST = "not slow and not browser and not office"
LEFT_OUT = "not numbers_put_into_sentences and not whatever_is_done_can_be_undone and not two_processes_append"
"""Tests that take seconds each: a fault that they alone would see is told as not seen."""
LOADED = "pandas scipy.stats scipy.cluster.hierarchy pyarrow.parquet spacy sklearn hypothesis docx".split()
"""Libraries that every room loads: once for all, then each fault is tried in a fork."""
MEMORY_MAX = 6 << 30
PLUGINS = ("-p", "pytest_timeout")
"""Those that the settings of the tests name; no other is loaded."""

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
CALLED = {
    "min": "max", "max": "min", "any": "all", "all": "any", "startswith": "endswith", "endswith": "startswith",
    "search": "match", "match": "search", "fullmatch": "match", "lower": "upper", "first": "last", "last": "first",
}  # fmt: skip
WHOLE = {"sorted": 0, "set": 0, "strip": -1, "casefold": -1, "fold": 0, "abs": 0}
"""Calls that give way to what they are given: their first argument, or (-1) what they are called on."""
SIGNS = re.compile(r"\\b|(?<=[\])}\w])[?+*](?![?+*])|\(\?<?[=!][^()]*\)|(?<=\|)[^|()\[\]\\]+\||\{\d+(?:,\d*)?\}")
"""What may be taken out of a pattern: an edge, a repetition, what stands beside, an alternative."""


@dataclass(frozen=True)
class Fault:
    """One change of a module."""

    file: str
    where: str
    was: str
    becomes: str
    occurrence: int = 0
    line: str = ""

    @property
    def key(self) -> tuple[str, str, str, str, int]:
        """What names it when lines have moved."""
        return self.file, self.where, self.was, self.becomes, self.occurrence


def _changed(node: ast.AST, is_told: bool) -> Iterator[ast.AST | None]:
    """Every node that may stand in place of one; None takes a statement out.

    Parameters
    ----------
    is_told : whether the node stands in a message, whose words no test is asked to know.
    """
    match node:
        case ast.Compare(left, [op], [right]) if type(op) in COMPARED:
            yield ast.Compare(left, [COMPARED[type(op)]()], [right])
        case ast.Compare(left, [one, two], [middle, right]):
            yield ast.Compare(left, [one], [middle])
            yield ast.Compare(middle, [two], [right])
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for at in range(len(values)):
                rest = values[:at] + values[at + 1 :]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.UnaryOp(ast.USub(), operand):
            yield operand
        case ast.BinOp(left, op, right) if type(op) in COUNTED:
            yield ast.BinOp(left, COUNTED[type(op)](), right)
        case ast.AugAssign(target, op, value) if type(op) in COUNTED:
            yield ast.AugAssign(target, COUNTED[type(op)](), value)
        case ast.IfExp(test, body, orelse):
            yield body
            yield orelse
        case ast.If(test, body, orelse) | ast.While(test, body, orelse) if not isinstance(test, ast.NamedExpr):
            yield type(node)(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() | float() as value):
            yield ast.Constant(value + 1)
            if value > 1:
                yield ast.Constant(value - 1)
        case ast.Constant(str() as value) if not is_told:
            for found in SIGNS.finditer(value):
                yield ast.Constant(value[: found.start()] + value[found.end() :])
        case ast.Call(ast.Name(name) as func, arguments, keywords) if name in CALLED | WHOLE:
            if name in CALLED:
                yield ast.Call(ast.Name(CALLED[name], func.ctx), arguments, keywords)
            elif arguments:
                yield arguments[0]
        case ast.Call(ast.Attribute(value, name, ctx), arguments, keywords) if name in CALLED | WHOLE:
            if name in CALLED:
                yield ast.Call(ast.Attribute(value, CALLED[name], ctx), arguments, keywords)
            else:
                yield value
        case ast.comprehension(target, source, tests, is_async) if tests:
            for at in range(len(tests)):
                yield ast.comprehension(target, source, tests[:at] + tests[at + 1 :], is_async)
        case ast.Expr(ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.Continue() | ast.Break():
            yield ast.Pass()
        case ast.Assign([ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case ast.Delete():
            yield ast.Pass()


TELLING = ("ActError", "RosaceError", "RefusedFileError", "UsageError", "Field", "TypeVar", "read_words", "read_lines")


def _walk(node: ast.AST, where: str, is_told: bool) -> Iterator[tuple[ast.AST, str, bool, ast.AST, str, int | None]]:
    """Every node below one, with the name of its function and how its parent holds it."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list") or (
            isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        ):
            continue
        for at, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or _is_docstring(child):
                continue
            inner = f"{where}.{child.name}" if isinstance(child, ast.FunctionDef | ast.ClassDef) else where
            told = is_told or (
                isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id in TELLING
            )
            yield child, inner, told, node, name, at
            yield from _walk(child, inner, told)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.If | ast.While):
        return f"if {ast.unparse(node.test)}"
    return " ".join(ast.unparse(ast.fix_missing_locations(node)).split())


def faults_of(file: str, source: str) -> Iterator[tuple[Fault, Callable[[], str]]]:
    """Every fault of a module, with what makes the source that holds it."""
    tree = ast.parse(source)
    met: dict[tuple[str, str, str], int] = {}
    lines = source.splitlines()
    for node, where, is_told, parent, name, at in _walk(tree, "", False):
        for other in _changed(node, is_told):
            said = (where.lstrip("."), _text(node), _text(other))
            met[said] = met.get(said, -1) + 1
            line = lines[getattr(node, "lineno", 0) - 1].strip() if hasattr(node, "lineno") else ""
            yield Fault(file, *said, met[said], line), partial(_spoilt, tree, parent, name, at, other)


def _spoilt(tree: ast.Module, parent: ast.AST, name: str, at: int | None, other: ast.AST | None) -> str:
    """The source of a module with one node in place of another."""
    held = getattr(parent, name)
    if at is None:
        setattr(parent, name, other)
        told = ast.unparse(ast.fix_missing_locations(tree))
        setattr(parent, name, held)
        return told
    was, held[at] = held[at], other
    told = ast.unparse(ast.fix_missing_locations(tree))
    held[at] = was
    return told


def copy_of(place: Path) -> Path:
    """The source and its tests, to be spoilt; models and corpora are those of the repository."""
    for name in ("pipeline", "rosace", "tests", "configs"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__", "bench"))
    for name in ("models", "corpus", "docs"):
        (place / name).symlink_to(ROOT / name)
    for path in (path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"):
        shutil.copy(path, place)
    return place


@cache
def _asked_by(path: str) -> frozenset[str]:
    """The modules that a module asks for by name, and perhaps more."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(names)


def _leaning_on(name: str) -> set[str]:
    """The modules of ours that are loaded and that stand, however far, on one; itself too."""
    loaded = {key: module.__file__ for key, module in sys.modules.items() if key.startswith("pipeline")}
    found, more = set[str](), {name}
    while more:
        found |= more
        more = {key for key, path in loaded.items() if path and _asked_by(path) & more} - found
    return found


def verdict(
    place: Path, file: str, sessions: list[list[str]], seconds_max: int, left_out: Sequence[str], is_whole: bool = False
) -> tuple[str, float]:
    """What the tests of a module's room say of a copy, its own before the others; the seconds that the last took."""
    said, seconds = "survives", 0.0
    for tests in sessions:
        asked = [*tests, *(f"--deselect={test}" for test in left_out), *([] if is_whole else ["-x"])]
        said, seconds = _verdict(place, file, asked, seconds_max)
        if said != "survives":
            break
    return said, seconds


def _verdict(place: Path, file: str, tests: list[str], seconds_max: int) -> tuple[str, float]:
    """What the tests say of a copy: « survives », « killed », « late », or « unfit » when it cannot even be loaded; and
    the seconds of processor that they took."""
    name = "pipeline." + file.removesuffix(".py").replace("/", ".")
    for stale in (place / "pipeline" / file).parent.glob(f"__pycache__/{Path(file).stem}.*"):
        stale.unlink()
    importlib.import_module(name)
    leaning = _leaning_on(name)
    pid = os.fork()
    if not pid:
        for key in leaning & set(sys.modules):
            parent, _, last = key.rpartition(".")
            vars(sys.modules[parent]).pop(last, None)
            del sys.modules[key]
        said = os.open(place / "said.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.chdir(place)
        os.environ["PYTHONPATH"] = str(place)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds_max, seconds_max))
        signal.alarm(20 * seconds_max)  # for one that only waits
        code = pytest.main(["-q", "-rfE", "-m", FAST, "-k", LEFT_OUT, "-p", "no:cacheprovider", *PLUGINS, *tests])
        sys.stdout.flush()
        os._exit(code)
    _, status, used = os.wait4(pid, 0)
    code, seconds = os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime
    if code in (0, 1, 2):
        return ("survives", "killed", "unfit")[code], seconds
    if code < 0:
        return "late" if -code in (signal.SIGALRM, signal.SIGXCPU, signal.SIGKILL) else "killed", seconds
    raise SystemExit((place / "said.txt").read_text(encoding="utf-8")[-2_000:])


def tests_of(file: str) -> list[list[str]]:
    """The tests of a module, then the others of its room."""
    path = Path(file)
    room = path.parent.as_posix()
    own = Path("tests", room, f"test_{path.name}")
    rest = sorted(other for other in (ROOT / "tests" / room).glob("test_*.py") if other.name != own.name)
    others = [other.relative_to(ROOT).as_posix() for other in rest]
    return [[own.as_posix()], others] if (ROOT / own).is_file() and others else [others or [own.as_posix()]]


def modules(asked: list[str]) -> list[str]:
    """The modules of the rooms asked for, as paths from `pipeline/`."""
    found = []
    for name in asked:
        path = ROOT / "pipeline" / name
        found += sorted(path.glob("*.py")) if path.is_dir() else [path]
    return [path.relative_to(ROOT / "pipeline").as_posix() for path in found if path.name != "__init__.py"]


def try_module(place: Path, file: str, n_drawn: int, seed: int, is_own: bool, only: set[Any] | None) -> dict[str, Any]:
    """What the tests see of some of a module's faults."""
    path, sessions = place / "pipeline" / file, tests_of(file)[: 1 if is_own else None]
    source = path.read_text(encoding="utf-8")
    faults = list(faults_of(file, source))
    random.Random(f"{seed} {file}").shuffle(faults)
    drawn = faults[:n_drawn] if only is None else [row for row in faults if row[0].key in only]
    if not drawn:
        return {"faults": len(faults), "tried": 0, "killed": 0, "late": 0, "unfit": 0, "left": []}
    left_out: list[str] = []  # what fails already sees nothing
    while verdict(place, file, sessions, 600, left_out, is_whole=True)[0] != "survives":
        found = re.findall(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", (place / "said.txt").read_text(), re.MULTILINE)
        if not set(found) - set(left_out):
            raise SystemExit(f"the tests of {file} fail on a sound source: {(place / 'said.txt').read_text()[-2_000:]}")
        left_out += found
    seconds = verdict(place, file, sessions, 600, left_out)[1]
    seconds_max = 10 + 4 * math.ceil(seconds)
    told: dict[str, list[Fault]] = {"survives": [], "killed": [], "late": [], "unfit": []}
    for fault, spoilt in drawn:
        path.write_text(spoilt(), encoding="utf-8")
        said, _ = verdict(place, file, sessions, seconds_max, left_out)
        told[said].append(fault)
        print(f"{said:8}", file, fault.where, "|", fault.was[:90], "→", fault.becomes[:90], flush=True)
    path.write_text(source, encoding="utf-8")
    counts = {said: len(told[said]) for said in ("killed", "late", "unfit")}
    left = sorted(told["survives"], key=lambda fault: fault.key)
    return {
        "faults": len(faults),
        "tried": len(drawn),
        **counts,
        "left": [asdict(fault) | {"why": ""} for fault in left],
        "failing": left_out,
    }


def key_of(row: dict[str, Any]) -> tuple[Any, ...]:
    """The key of a fault as `mutants.json` tells it."""
    return tuple(row[name] for name in ("file", "where", "was", "becomes", "occurrence"))


def merged(known: dict[str, Any], new: dict[str, Any], is_again: bool) -> dict[str, Any]:
    """What is known of a module, brought up to date; arguments written by hand stay with their faults."""
    why = {key_of(row): row["why"] for row in known.get("left", ())}
    rows = [row | {"why": why.get(key_of(row), "")} for row in new["left"]]
    if not is_again:
        return new | {"left": rows}
    argued = [row for row in known["left"] if row["why"]]
    n_gone = len(known["left"]) - len(argued) - new["tried"]  # what was written otherwise since
    n_seen = known["killed"] + new["tried"] - len(rows)
    return known | {
        "tried": known["tried"] - n_gone,
        "killed": n_seen,
        "left": sorted([*argued, *rows], key=key_of),
    }


def page(told: dict[str, Any]) -> str:
    """The counts and what was left, for people to read."""
    lines = [
        "# Petites fautes mises dans le code",
        "",
        "`python tests/bench/mutants.py --write` change un nœud de l’arbre d’un module à la fois (comparaison,",
        "condition, constante, appel, motif, instruction ôtée) et passe les tests de sa salle. Les fautes d’un module",
        f"sont tirées au sort ; graine {told['seed']}, {told['date']}, version {told['version']}.",
        "« Sans objet » : le module ne se charge plus.",
        "",
        "| module | fautes possibles | essayées | vues | sans fin | sans objet | non vues, expliquées | non vues |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for file, row in sorted(told["modules"].items()):
        n_argued = sum(bool(fault["why"]) for fault in row["left"])
        lines.append(
            f"| `{file}` | {row['faults']} | {row['tried']} | {row['killed']} | {row['late']} | {row['unfit']} "
            f"| {n_argued} | {len(row['left']) - n_argued} |"
        )
    lines += ["", "## Ce qu’aucun test ne voit", ""]
    for file, row in sorted(told["modules"].items()):
        for fault in row["left"]:
            was, becomes = (fault[name].replace("`", "'") for name in ("was", "becomes"))
            lines.append(f"- `{file}`, `{fault['where']}` : `{was}` → `{becomes}` — {fault['why'] or 'à voir'}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Try the rooms asked for, and write what was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rooms", nargs="*", default=list(ROOMS))
    parser.add_argument("--drawn", type=int, default=12, help="faults drawn of each module")
    parser.add_argument("--seed", type=int, default=31)
    parser.add_argument("--own", action="store_true", help="with the tests of the module alone")
    parser.add_argument("--left", action="store_true", help="those alone that no test saw and nobody argued")
    parser.add_argument("--page", action="store_true", help="make the page again, try nothing")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    told: dict[str, Any] = json.loads(FOUND.read_text(encoding="utf-8")) if FOUND.is_file() else {"modules": {}}
    n_left = 0
    if not asked.page:
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # few of them are needed here
        pytest.main(["--version", *PLUGINS])  # what pytest loads is loaded once
        for library in LOADED:
            importlib.import_module(library)
        told |= {"seed": asked.seed, "date": f"{datetime.date.today()}", "version": version("rosace")}
        with tempfile.TemporaryDirectory() as folder:
            place = copy_of(Path(folder))
            sys.path.insert(0, str(place))
            for file in modules(asked.rooms):
                known = told["modules"].get(file, {"left": []})
                only = {key_of(row) for row in known["left"] if not row["why"]} if asked.left else None
                if only == set():
                    continue
                row = merged(known, try_module(place, file, asked.drawn, asked.seed, asked.own, only), only is not None)
                told["modules"][file] = row
                n_left += sum(not fault["why"] for fault in row["left"])
                if asked.write:
                    FOUND.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if asked.write or asked.page:
        PAGE.write_text(page(told), encoding="utf-8")
    print(f"{n_left} faults that no test sees and nobody argued")
    sys.exit(n_left > 0)


if __name__ == "__main__":
    main()
