"""The container and the checks of those who fork: what they name exists, and what is promised of them is asked for.

`tests/test_wheel.py` builds the wheel from what the container copies.
"""

import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import yaml

from pipeline.config import load_config

ROOT = Path(__file__).parents[1]


def steps() -> list[tuple[str, str]]:
    """Each instruction of the Containerfile and what follows it, in order."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Containerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [(line.split()[0], " ".join(line.split()[1:])) for line in lines if line.strip()]


def copied() -> list[str]:
    """The files and folders of the repository that go into the container."""
    sources = [what.split()[:-1] for kind, what in steps() if kind == "COPY" and not what.startswith("--from")]
    return [name for names in sources for name in names]


def last_stage() -> list[tuple[str, str]]:
    found = steps()
    return found[max(place for place, (kind, _) in enumerate(found) if kind == "FROM") :]


def test_what_is_copied_exists_and_is_not_ignored() -> None:
    names = copied()
    assert len(names) > 10
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    let_in = [line[1:] for line in lines if line.startswith("!")]
    assert lines[0] == "*"
    assert [name for name in names if not (ROOT / name).exists()] == []
    assert [name for name in names if not any(fnmatch(name, one) for one in let_in)] == []


def test_it_runs_without_rights_and_writes_in_one_place() -> None:
    stage = last_stage()
    assert [what for kind, what in stage if kind == "USER"] == ["1000:1000"]
    assert [what for kind, what in stage if kind in ("VOLUME", "WORKDIR")] == ["/ateliers", "/ateliers"]
    assert not {"RUN", "ADD", "EXPOSE"} & {kind for kind, _ in stage}
    assert all("--require-hashes" in what for kind, what in steps() if kind == "RUN" and "-r requirements.lock" in what)


def test_the_page_is_published_on_the_loopback_of_the_host_alone() -> None:
    review = load_config(ROOT / "configs" / "conteneur.toml").review
    assert load_config().review.adresse == "127.0.0.1"
    placed = [what.split() for kind, what in last_stage() if kind == "COPY"]
    assert ["--from=built", "/rosace/configs/conteneur.toml", "/etc/rosace/conteneur.toml"] in placed
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("Containerfile", "docs/pages/demarrer.md")]
    published = [port for text in texts for port in re.findall(r" -p (\S+)", text)]
    assert published == [f"127.0.0.1:{review.port}:{review.port}"] * 2
    assert all("rosace review" not in command or "/etc/rosace/conteneur.toml" in command for command in texts)


def test_forks_check_three_systems_and_three_versions() -> None:
    jobs: dict[str, Any] = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8"))["jobs"]
    matrix = jobs["everywhere"]["strategy"]["matrix"]
    assert [name.partition("-")[0] for name in matrix["os"]] == ["ubuntu", "macos", "windows"]
    assert matrix["python"] == ["3.11", "3.12", "3.13"]
    commands = "\n".join(step.get("run", "") for job in jobs.values() for step in job["steps"])
    files = re.findall(r"[\w./]*(?:requirements\.lock|\.ci/run|corpus/demo|Containerfile)", commands)
    assert len(files) > 5
    assert [name for name in files if not (ROOT / name).exists()] == []
