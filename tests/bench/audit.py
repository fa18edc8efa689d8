"""Known flaws of the locked packages, told by pip-audit in an environment of its own.

    python tests/bench/audit.py

Ends badly on a flaw alone: where pip-audit cannot be installed, or its data cannot be reached, that is said.
"""

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "tests/requirements.lock")
SECONDS_MAX = 300


def flaws_of(lock: str, place: Path) -> list[str] | None:
    """The flaws of what a file of versions names; None when they cannot be known here."""
    found = place / "flaws.json"
    found.unlink(missing_ok=True)
    asked = ["--require-hashes", "--disable-pip", "-r", str(ROOT / lock), "-f", "json", "-o", str(found)]
    _run([str(place / "bin" / "pip-audit"), "--progress-spinner", "off", *asked])
    if not found.is_file():
        return None
    packages = json.loads(found.read_text(encoding="utf-8"))["dependencies"]
    return [
        f"{one['name']} {one['version']} : {flaw['id']}, réparé dans {', '.join(flaw['fix_versions']) or 'rien encore'}"
        for one in packages
        for flaw in one.get("vulns", ())
    ]


def audit() -> dict[str, list[str]] | None:
    """File of versions → the flaws of what it names; None when they cannot be known here."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        venv.create(place, with_pip=True)
        if not _run([str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "pip-audit"]):
            return None
        told = {lock: flaws_of(lock, place) for lock in LOCKS}
        return None if None in told.values() else {lock: flaws or [] for lock, flaws in told.items()}


def _run(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=SECONDS_MAX, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main() -> None:
    """Tell them."""
    told = audit()
    if told is None:
        print("failles connues : non regardées, leur liste ne peut pas être jointe d'ici")
        return
    flaws = sorted({flaw for one in told.values() for flaw in one})
    print("\n".join(flaws) if flaws else "failles connues : aucune")
    sys.exit(bool(flaws))


if __name__ == "__main__":
    main()
