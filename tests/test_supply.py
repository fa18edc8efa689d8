"""What Rosace is made of: every locked package has its sha256, and no code of ours runs what it reads."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata, packages_distributions
from pathlib import Path

import pytest
from labelled import each

from pipeline.extras import EXTRAS

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "tests/requirements.lock")
ENTRY = re.compile(r"^(?P<need>[^\s#].*?)\s*\\\n(?P<rest>(?:[ \t]+.*\n?)*)", re.MULTILINE)


def locked(name: str) -> list[tuple[str, str, list[str]]]:
    """Name, version and hashes of each entry; a package may have one for each version of Python."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found = [
        (*entry["need"].split(" ")[0].split("=="), re.findall(r"--hash=(\S+)", entry["rest"]))
        for entry in ENTRY.finditer(text)
    ]
    assert len(found) == len(re.findall(r"^[^\s#]", text, re.MULTILINE))  # no entry escapes the pattern
    return found  # type: ignore[return-value]


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_its_hashes(name: str) -> None:
    content = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"index-url|find-links|@ (https?|file)://", content)
    assert not re.search(r"^(torch|sentence-transformers)==", content, re.MULTILINE)
    assert len(locked(name)) > 50
    for package, version, hashes in locked(name):
        assert re.fullmatch(r"[\w.+!-]+", version), package
        assert hashes, package
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), package


def test_the_tests_stand_on_the_versions_that_users_have() -> None:
    users, tests = ({(package, version) for package, version, _ in locked(name)} for name in LOCKS)
    assert users - tests == {one for one in users if one[0] not in {package for package, _ in tests}}


@pytest.mark.parametrize(("name", "extras"), [(LOCKS[0], []), (LOCKS[1], ["test"])], ids=LOCKS)
def test_every_dependency_is_locked(name: str, extras: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needs = [*project["dependencies"], *(need for one in extras for need in project["optional-dependencies"][one])]
    asked = {re.split(r"[^\w.-]", need)[0].lower().replace("_", "-") for need in needs}
    assert asked <= {package for package, _, _ in locked(name)}


def test_what_is_imported_is_locked_or_brought_by_an_extra() -> None:
    lock = {package for package, _, _ in locked("requirements.lock")}
    optional = {module for _, modules in EXTRAS.values() for module in modules}
    owners = packages_distributions()
    imported = set()
    for path in (ROOT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            imported |= {name.partition(".")[0] for name in names}
    found = imported - {"pipeline", "rosace"} - set(sys.stdlib_module_names)
    assert len(found) > 30
    assert not {
        name
        for name in found - optional
        if not {owner.lower().replace("_", "-") for owner in owners.get(name, ())} & lock
    }


def licence_of(package: str) -> str:
    """The licence that an installed package tells: an expression, else what it is classed under, else its words."""
    told = metadata(package)
    classed = [one.split(" :: ")[-1] for one in told.get_all("Classifier") or () if one.startswith("License :: ")]
    return told["License-Expression"] or " AND ".join(classed) or (told["License"] or "").split("\n")[0]


def is_allowed(licence: str) -> bool:
    """Whether each licence of one choice at least is among those of `pyproject.toml`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    allowed = set(project["tool"]["licences"]["allowed"])
    return any(allowed.issuperset(choice.split(" AND ")) for choice in licence.split(" OR "))


test_a_licence_is_allowed_or_not = each(
    is_allowed,
    ("MIT", True),
    ("BSD License", True),
    ("GPL-3.0-only OR MIT", True),
    ("BSD-3-Clause AND MIT", True),
    ("", False),
    ("GPL-3.0-only", False),
    ("MIT AND AGPL-3.0-or-later", False),
    ("Proprietary", False),
)


def test_every_package_that_users_install_is_of_an_allowed_licence() -> None:
    told, absent = {}, []
    for package in {package for package, _, _ in locked("requirements.lock")}:
        try:
            told[package] = licence_of(package)
        except PackageNotFoundError:  # of another system or of another version of Python
            absent.append(package)
    assert len(absent) < 10, absent
    assert not {package: licence for package, licence in told.items() if not is_allowed(licence)}


FAULTS = {
    "S102": "exec(text)",
    "S307": "eval(text)",
    "S301": "import pickle\npickle.loads(text)",
    "S602": "import subprocess\nsubprocess.run(text, shell=True)",
    "S605": "import os\nos.system(text)",
    "S314": "import xml.etree.ElementTree as tree\ntree.fromstring(text)",
    "S701": "import jinja2\njinja2.Environment()",
}


@pytest.mark.parametrize("rule", FAULTS)
def test_the_check_of_style_refuses_what_runs_what_it_reads(rule: str) -> None:
    """`make lint` is what says that none of it stands in `pipeline`: here, that it would say so."""
    command = [sys.executable, *"-m ruff check --output-format concise --stdin-filename pipeline/x.py -".split()]
    code = f"text = input()\n{FAULTS[rule]}\n"
    done = subprocess.run(command, input=code, cwd=ROOT, capture_output=True, text=True, check=False)
    assert rule in done.stdout


def test_exceptions_to_it_are_few_and_say_why() -> None:
    found = [
        line.strip()
        for path in (ROOT / "pipeline").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"noqa: (?:\w+, )*S\d", line)
    ]
    assert len(found) <= 4
    assert all(re.search(r"noqa: S\d+  \(.+\)$", line) for line in found)
