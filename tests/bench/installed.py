"""Each way to install the wheel, where nothing else is: seconds, size, what weighs, and the demonstration.

    python tests/bench/installed.py [pip] [uv] [pipx]

`pipx` and `uv` are taken from the PATH. Nothing is read from a cache: the packages are fetched again each time.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.resources import root
from pipeline.workbench.speed import stamp

HERE = Path(__file__).parent
WAYS = ("pip", "pipx", "uv")
N_HEAVIEST = 16
WEIGHTS = """
import json, os
from importlib.metadata import distributions
sizes = {}
for found in distributions():
    paths = [str(found.locate_file(file)) for file in found.files or ()]
    sizes[found.metadata["Name"].lower()] = sum(os.path.getsize(path) for path in paths if os.path.isfile(path))
print(json.dumps(sizes))
"""


def call(*command: object, cwd: Path, more: Mapping[str, str]) -> str:
    """What a command says on its output, when it knows nothing of this repository."""
    ours = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
    known = {name: value for name, value in os.environ.items() if name not in ours} | dict(more)
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=known, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def by_pip(wheel: Path, place: Path) -> Path:
    """A new environment of Python, and `pip install FILE`; returns the folder of the environment."""
    call(sys.executable, "-m", "venv", place / "venv", cwd=place, more={})
    pip = place / "venv" / "bin" / "pip"
    call(pip, "install", "--quiet", "--no-cache-dir", wheel, cwd=place, more={})
    return place / "venv"


def by_pipx(wheel: Path, place: Path) -> Path:
    """`pipx install FILE`, pipx keeping its things here."""
    folders = {"PIPX_HOME": str(place / "pipx"), "PIPX_BIN_DIR": str(place / "bin")}
    no_cache = {"PIP_NO_CACHE_DIR": "1", "UV_NO_CACHE": "1"}  # it installs by uv where it is
    call("pipx", "install", "--quiet", wheel, cwd=place, more=folders | no_cache)
    return place / "pipx" / "venvs" / "rosace"


def by_uv(wheel: Path, place: Path) -> Path:
    """`uv tool install FILE`, uv keeping its things here."""
    folders = {"UV_TOOL_DIR": str(place / "uv"), "UV_TOOL_BIN_DIR": str(place / "bin")}
    call("uv", "tool", "install", "--quiet", "--no-cache", wheel, cwd=place, more=folders)
    return place / "uv" / "rosace"


def _cpu_s() -> float:
    """Seconds of processor of what was run so far: what a busy machine does not change."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(way: str, wheel: Path) -> dict[str, Any]:
    """Seconds to install and to run the demonstration, bytes of the environment, and of each package."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        start = time.perf_counter(), _cpu_s()
        environment = {"pip": by_pip, "pipx": by_pipx, "uv": by_uv}[way](wheel, place)
        installed_s, installed_cpu_s = time.perf_counter() - start[0], _cpu_s() - start[1]
        size = sum(path.stat().st_size for path in environment.rglob("*") if path.is_file() and not path.is_symlink())
        weights = json.loads(call(environment / "bin" / "python", "-c", WEIGHTS, cwd=place, more={}))
        rosace = environment / "bin" / "rosace"
        call(rosace, "nouveau", "essai", "--demo", cwd=place, more={})
        start = time.perf_counter(), _cpu_s()
        page = call(rosace, "synthesize", "essai", cwd=place, more={}).split()[0]
        demo_s, demo_cpu_s = time.perf_counter() - start[0], _cpu_s() - start[1]
        if not (place / page).is_file() or not (place / page).with_name("restitution.docx").is_file():
            raise RuntimeError(f"{way}: the demonstration gave no document")
    return {
        "seconds": round(installed_s, 1),
        "cpu_seconds": round(installed_cpu_s, 1),
        "bytes": size,
        "demo_seconds": round(demo_s, 1),
        "demo_cpu_seconds": round(demo_cpu_s, 1),
        "packages": dict(sorted(weights.items(), key=lambda one: -one[1])[:N_HEAVIEST]),
    }


def main(ways: list[str]) -> None:
    """Measure those ways, and keep what was measured of the others."""
    with tempfile.TemporaryDirectory() as folder:
        pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
        call(*pip, "-w", folder, root(), cwd=Path(folder), more={})
        (wheel,) = Path(folder).glob("rosace-*.whl")
        path = HERE / "installed.json"
        found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"ways": {}}
        found |= stamp()
        found["wheel"] = {"name": wheel.name, "bytes": wheel.stat().st_size}
        for way in ways or WAYS:
            if way != "pip" and shutil.which(way) is None:
                print(f"{way} is not installed: pip install {way}", file=sys.stderr)
                continue
            found["ways"][way] = measured(way, wheel)
            path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            print(way, found["ways"][way]["seconds"], found["ways"][way]["bytes"], found["ways"][way]["demo_seconds"])


if __name__ == "__main__":
    main(sys.argv[1:])
