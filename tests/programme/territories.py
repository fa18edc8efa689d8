"""The three workshops of `corpus/programme` as run folders, grouped as their answers say (`reponses.csv`).

No stage runs: what is tested is what is made of several runs.
"""

import csv
import hashlib
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.folder.artifacts import RunFolder
from pipeline.workshop.tables import RestitutionTables
from tests.restitution.atelier import frame

CORPUS = Path(__file__).parents[2] / "corpus" / "programme"
AXES = ("nord", "est", "sud", "ouest", "hors_axe")
WORKSHOPS = ("vaux-2025", "montbel-2025", "vaux-2026")
Row = dict[str, str]
MACHINE = {"state": "machine", "is_titled": False, "decided_by": None, "origin": "machine"}


def answers(workshop: str = "") -> list[Row]:
    """Ideas with their group, and what they come back under; of one workshop or of all."""
    with (CORPUS / "reponses.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if workshop in ("", row["atelier"])]


def write_run(
    place: Path,
    workshop: str,
    kept: Callable[[Row], bool] = lambda _: True,
    is_read: bool = True,
    against: str = "",
    **header: Any,
) -> RunFolder:
    """A run folder; `is_read`: its groups were accepted and called by a person. `against`: how the words begin of who
    is against their group. `header`: over its `atelier.toml`."""
    run = RunFolder.create(place)
    rows = [row for row in answers(workshop) if kept(row)]
    tables = _tables(workshop, rows, header)
    if not is_read:
        tables["reviewed_groups"] = [row | MACHINE for row in tables["reviewed_groups"]]
    names = {*RestitutionTables.__dataclass_fields__}
    for row, said in zip(tables["reviewed_memberships"], rows, strict=True):
        row["stance"] = "contre" if against and said["texte"].startswith(against) else "inconnu"
    written = {f"{name}.parquet": run.save_table(name, frame(name, tables.get(name, []))) for name in sorted(names)}
    ingest = {name: sha for name, sha in written.items() if not name.startswith("reviewed")}
    stages = {
        "ingest": {"artefacts": ingest},
        "classify": {"artefacts": {}, "models": {"axes/rapide": "x"}},
        "review": {"artefacts": {name: sha for name, sha in written.items() if name.startswith("reviewed")}},
    }
    run.manifest.save({"stages": stages, "files": {}, "corpus": str(CORPUS / workshop), "config": {}})
    return run


def _tables(workshop: str, rows: list[Row], header: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    said = tomllib.loads((CORPUS / workshop / "atelier.toml").read_text(encoding="utf-8"))
    about = {key: str(value) if key == "date" else value for key, value in said["atelier"].items()} | header
    ids = [hashlib.sha256(f"{rank}{row['texte']}".encode()).hexdigest()[:12] for rank, row in enumerate(rows)]
    members: dict[tuple[str, str], list[str]] = {}
    for one, row in zip(ids, rows, strict=True):
        if row["groupe"]:
            members.setdefault((row["axe"], row["groupe"]), []).append(f"i{one}")
    return {
        "workshops": [{"workshop": "atelier", **about}],
        "workshop_tables": [
            {"workshop": "atelier", "table": str(one["numero"]), "sujet": one["sujet"], "is_declared": True}
            for one in said["tables"]
        ],
        "contributions": [_contribution(one, rank, row) for rank, (one, row) in enumerate(zip(ids, rows, strict=True))],
        "items": [
            {"item_id": f"i{one}", "contribution_id": f"c{one}", "start": 0, "end": len(row["texte"]),
             "text": row["texte"]}
            for one, row in zip(ids, rows, strict=True)
        ],
        "reviewed_tags": [
            {"item_id": f"i{one}", "axis": row["axe"], "confidence": 0.9, "status": "sur",
             **{f"p_{axis}": 0.9 if axis == row["axe"] else 0.025 for axis in AXES}}
            for one, row in zip(ids, rows, strict=True)
        ],
        "reviewed_memberships": [
            {"item_id": f"i{one}", "group_id": group_id(row), "stack_id": f"s{one}" if row["groupe"] else None,
             "strength": round(0.9 - rank / 1000, 3)}
            for rank, (one, row) in enumerate(zip(ids, rows, strict=True))
        ],
        "reviewed_groups": [
            _group(rank, axis, title, held) for rank, ((axis, title), held) in enumerate(members.items())
        ],
        "reviewed_themes": [{"theme_id": "t0", "title": "Autres", "position": 0}],
    }  # fmt: skip


def group_id(row: Row) -> str | None:
    """The id of a group, the same in every run where it has this title."""
    name = f"{row['axe']} {row['groupe']}"
    return f"g-{hashlib.sha256(name.encode()).hexdigest()[:12]}" if row["groupe"] else None


def _contribution(one: str, rank: int, row: Row) -> dict[str, Any]:
    return {
        "contribution_id": f"c{one}", "source": "postits.csv", "locator": f"ligne {rank + 2}", "position": rank,
        "text": row["texte"], "channel": "postit", "provenance": "ecrit", "context": "", "frame": "parole",
        "table": row["table"],
        "workshop": "atelier", "attributes": "{}", "headings": [],
    }  # fmt: skip


def _group(rank: int, axis: str, title: str, held: list[str]) -> dict[str, Any]:
    n = len(held)
    return {
        "group_id": group_id({"axe": axis, "groupe": title}), "axis": axis, "theme_id": "t0", "title": title,
        "origin": "personne", "title_coverage": 1.0, "n_items": n, "n_ideas": n,
        "votes": 0, "n_tables": 2,
        "n_channels": 1, "n_for": 0, "n_against": 0, "n_if": 0, "n_without": n,
        "recurrence": 9.0 - rank / 10,
        "state": "accepte", "is_hidden": False, "is_titled": True, "is_asked": False,
        "position": rank, "decided_by": "Anne",
    }  # fmt: skip
