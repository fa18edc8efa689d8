"""Compare, file by file, all that two versions of the code write: what a change of shape must leave equal to the byte.

    python tests/golden.py --against main              # every case, this tree against another commit
    python tests/golden.py --against main --only demo-rapide
    python tests/golden.py --list

Each case runs commands of `rosace` in a folder of its own, once with the code of each tree, on corpora that this tree
holds; the other tree is checked out aside, and what it writes is kept for the next comparison. The manifest is read
without its times and its fingerprints of code, and what a later run takes again without its keys. Exit code 1 when a
file differs.
"""

import argparse
import csv
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
N_LARGE = 10_000
EXPORTS = ("carte", "refi-qda", "iramuteq", "tables")
KEYED = "places.npy stances.npy"
"""What a later run takes again, by keys that tell the code."""
OF_CODE = set(
    f"seconds cpu_seconds peak_memory_mib fingerprint method rule seal times versions config models {KEYED}".split()
)
"""Keys of a manifest that say when, where and by which code a run was made."""


@dataclass(frozen=True)
class Tree:
    """A checkout of the code, and where what it writes is kept."""

    code: Path
    output: Path

    def rosace(self, folder: Path, *arguments: str) -> None:
        """Run a command in `folder`; refused files (3) are a result like another."""
        environment = {**os.environ, "PYTHONPATH": str(self.code), "PYTHONHASHSEED": "0"}
        done = subprocess.run(
            [sys.executable, "-m", "pipeline.cli", *arguments],
            cwd=folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode not in (0, 3):
            sys.exit(f"{self.code}: rosace {' '.join(arguments)}: exit code {done.returncode}\n{done.stderr[-3000:]}")


Case = Callable[[Tree, Path], None]
"""Runs commands of a tree in an empty folder, where all that is written is compared."""


def demo(profile: str) -> Case:
    def run(tree: Tree, folder: Path) -> None:
        shutil.copytree(ROOT / "corpus" / "demo", folder / "atelier")
        tree.rosace(folder, "synthesize", "atelier", "--out", "run", "--profile", profile)

    return run


def workshops(tree: Tree, folder: Path) -> None:
    for name in ("vaux-2025", "vaux-2026"):
        shutil.copytree(ROOT / "corpus" / "programme" / name, folder / "ateliers" / name)
    tree.rosace(folder, "synthesize", "ateliers", "--out", "run", "--profile", "rapide")


def tool_exports(tree: Tree, folder: Path) -> None:
    """Each export of a tool as a file of one corpus."""
    sys.path.insert(0, str(ROOT))
    from tests.ingest import tool_exports as made

    (folder / "atelier").mkdir()
    for name, content in sorted(vars(made).items()):
        if name.isupper() and isinstance(content, str) and "\n" in content:
            suffix = ".json" if content[0] in "[{" else ".html" if content.lstrip().startswith("<") else ".csv"
            (folder / "atelier" / (name.lower() + suffix)).write_text(content, encoding="utf-8")
    tree.rosace(folder, "synthesize", "atelier", "--out", "run", "--profile", "rapide")


def annotated_texts() -> list[str]:
    lines = (
        line for path in sorted((ROOT / "corpus/annotated").glob("*.jsonl")) for line in path.open(encoding="utf-8")
    )
    return [json.loads(line)["text"] for line in lines]


def large(tree: Tree, folder: Path) -> None:
    """Ten thousand contributions, by one process, then shuffled, by two."""
    lot = random.Random(7)
    texts = annotated_texts()
    rows = [
        [str(rank % 20 + 1), f"{'. '.join(lot.sample(texts, lot.choice((1, 1, 2))))} ({rank})"]
        for rank in range(N_LARGE)
    ]
    for workers in (1, 2):
        corpus = folder / f"atelier{workers}" / "atelier"
        corpus.mkdir(parents=True)
        with (corpus / "contributions.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([["table", "texte"], *rows])
        tree.rosace(
            corpus.parent, "synthesize", "atelier", "--out", "run", "--profile", "rapide", "--workers", str(workers)
        )
        lot.shuffle(rows)


def tables(tree: Tree, folder: Path) -> None:
    """`classify` and `cluster` on a table that has columns of its own."""
    with (folder / "reponses.csv").open("w", encoding="utf-8", newline="") as file:
        rows = ([str(rank), text, "Vos idées"] for rank, text in enumerate(annotated_texts()[:600]))
        csv.writer(file, delimiter=";").writerows([["numero", "texte", "question"], *rows])
    for profile in ("rapide", "precis"):
        tree.rosace(folder, "classify", "reponses.csv", "-o", f"axes_{profile}.csv", "--profile", profile)
    tree.rosace(folder, "cluster", "axes_rapide.csv", "-o", "groupes.csv")
    tree.rosace(folder, "cluster", "reponses.csv", "-o", "groupes.jsonl")


def exports(tree: Tree, folder: Path) -> None:
    demo("rapide")(tree, folder)
    for name in EXPORTS:
        tree.rosace(folder, "export", "run", "--vers", name)
    tree.rosace(folder, "review", "export", "run", "relecture.xlsx")
    tree.rosace(folder, "review", "export", "run", "retrouver.html", "--participants")


def one_decision_of_each_kind(tree: Tree, folder: Path) -> None:
    """The document after each kind of act, alone, and after all of them."""
    demo("rapide")(tree, folder)
    acts = list(decisions(folder / "run"))
    for act in acts:
        name = f"{act['decision_id']}-{act['op']}"
        shutil.copytree(folder / "run", folder / name)
        write_log(folder / name, [act])
        tree.rosace(folder, "draft", name)
    write_log(folder / "run", acts)
    tree.rosace(folder, "draft", "run")


def replayed_twice(tree: Tree, folder: Path) -> None:
    demo("rapide")(tree, folder)
    write_log(folder / "run", list(decisions(folder / "run")))
    for _ in range(2):
        tree.rosace(folder, "synthesize", "atelier", "--out", "run", "--profile", "rapide")


CASES: dict[str, Case] = {
    "demo-rapide": demo("rapide"),
    "demo-precis": demo("precis"),
    "workshops": workshops,
    "tool-exports": tool_exports,
    "tables": tables,
    "exports": exports,
    "replayed": replayed_twice,
    "decisions": one_decision_of_each_kind,
    "large": large,
}


def write_log(run: Path, acts: list[dict[str, Any]]) -> None:
    lines = "".join(json.dumps(act, ensure_ascii=False) + "\n" for act in acts)
    (run / "decisions.jsonl").write_text(lines, encoding="utf-8")


def decisions(run: Path) -> Iterator[dict[str, Any]]:
    """One decision of each kind, about the largest groups of a run."""
    import pandas as pd

    items = pd.read_parquet(run / "items.parquet").set_index("item_id")
    members = pd.read_parquet(run / "memberships.parquet").dropna(subset=["group_id"])
    groups = pd.read_parquet(run / "groups.parquet").sort_values(["n_items", "group_id"], ascending=[False, True])
    of_group = {group: sorted(rows["item_id"]) for group, rows in members.groupby("group_id")}
    first, second, third = [group for group in groups["group_id"] if len(of_group.get(group, ())) > 1][:3]
    axis = groups.set_index("group_id")["axis"]
    est = next(group for group in groups["group_id"] if axis[group] == "est" and group in of_group)
    same_axis = next(group for group in of_group if group != first and axis[group] == axis[first])
    number = 0

    def anchor(item_id: str) -> dict[str, Any]:
        item = items.loc[item_id]
        return {
            "contribution_id": item["contribution_id"], "start": int(item["start"]), "end": int(item["end"]),
            "text": item["text"],
        }  # fmt: skip

    def act(op: str, about: dict[str, Any], **after: Any) -> dict[str, Any]:
        nonlocal number
        number += 1
        named = about.get("groups", ())
        before = {"members": {group: of_group[group] for group in named}} if named else {}
        return {
            "decision_id": f"d{number:04d}", "ts": f"2026-03-01T10:{number:02d}:00+00:00", "author": "Anne", "op": op,
            "target": about, "before": before, "after": after,
        }  # fmt: skip

    def opened(decision_number: int) -> str:
        return "g-" + hashlib.sha256(f"decision\td{decision_number:04d}".encode()).hexdigest()[:12]

    def item_of(group: str, rank: int = 0) -> dict[str, Any]:
        return {"items": [anchor(of_group[group][rank])]}

    yield act("rename", {"groups": [first]}, title="Un titre donné par une personne")
    yield act("accept", {"groups": [second]})
    yield act("revoir", {"groups": [third]})
    yield act("problematique", {"groups": [est]}, question="Comment passer cela ensemble ?")
    yield act("order", {"groups": [first]}, position=2)
    yield act("texte", {"groups": [second]}, text="Un paragraphe que l’autrice a écrit.")
    yield act("commenter", {"groups": [second]}, text="À voir avec Paul.")
    yield act("confier", {"groups": [third]}, text="Paul")
    yield act("set_axis", item_of(first), axis="ouest")
    yield act("set_stance", item_of(second), stance="contre")
    yield act("hide", item_of(third), value=True)
    yield act("quote", item_of(second, 1), state="choisie")
    yield act("ne_pas_citer", item_of(first, 1), value=True)
    yield act("controle", item_of(second), axis="sud")
    yield act("move", item_of(first), group_id=same_axis)
    yield act("move", item_of(third))
    yield act("merge", {"groups": [same_axis, first]}, title="Deux groupes en un")
    for op in ("split", "create"):
        about = item_of(second) | ({"groups": [second]} if op == "split" else {})
        axis_of_it = {"axis": str(axis[second])} if op == "create" else {}
        yield act(op, about, group_id=opened(number + 1), title=f"Une colonne ({op})", **axis_of_it)
    yield act("reject", {"groups": [third]})
    yield act("meme", {"items": [anchor(of_group[first][0]), anchor(of_group[first][1])]}, value=False)
    yield act("nommer", item_of(second), value=True, text=str(items.loc[of_group[second][0], "text"]).split()[0])
    sud = next(group for group in groups["group_id"] if axis[group] == "sud" and group in of_group)
    ends = {"from_item": anchor(of_group[sud][0]), "to_item": anchor(of_group[est][0]), "kind": "answers"}
    yield act("link", {"links": [ends]}, state="juste")
    yield act("mask", item_of(second), value=True, text=str(items.loc[of_group[second][0], "text"]).split()[0])
    yield act("undo", {"decision_id": "d0001"})


def hashes(folder: Path) -> dict[str, str]:
    """The sha256 of each file under `folder`, by its path; of a manifest, without what tells the code and the time."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(content(path)).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def content(path: Path) -> bytes:
    if path.name == "manifest.json":
        return json.dumps(
            _without_code(json.loads(path.read_text(encoding="utf-8"))), sort_keys=True, indent=1
        ).encode()
    if path.name == "exports.json":
        return re.sub(rb'"place": ".*/', b'"place": "', path.read_bytes())
    if path.name in KEYED.split():
        rows = np.load(path)
        return "\n".join(sorted(map(repr, rows[[name for name in rows.dtype.names if name != "key"]]))).encode()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return b"".join(name.encode() + archive.read(name) for name in sorted(archive.namelist()))
    return path.read_bytes()


def _without_code(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_code(one) for key, one in value.items() if key not in OF_CODE}
    if isinstance(value, list):
        return [_without_code(one) for one in value]
    return value


def written_by(tree: Tree, name: str, keep: bool) -> Path:
    """Where a case's files are, run if they are not kept from before."""
    folder = tree.output / name
    if not (keep and (folder / ".done").exists()):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        CASES[name](tree, folder)
        (folder / ".done").touch()
    return folder


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--against", metavar="COMMIT", default="HEAD", help="the version that is compared with")
    parser.add_argument("--only", metavar="CASE", nargs="*", choices=CASES, help="these cases (otherwise all)")
    parser.add_argument("--list", action="store_true", help="names the cases")
    parser.add_argument(
        "--kept", type=Path, default=Path(tempfile.gettempdir()) / "rosace-golden", help="where runs are kept"
    )
    told = parser.parse_args()
    if told.list:
        print("\n".join(CASES))
        return 0
    sha = subprocess.run(
        ["git", "rev-parse", told.against], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    kept = told.kept / sha
    code = kept / "code"
    if not (code / "pipeline").is_dir():
        code.mkdir(parents=True)
        archive = subprocess.run(["git", "archive", sha], cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x", "-C", str(code)], input=archive, check=True)
    base, here = (
        Tree(code, kept / "written"),
        Tree(ROOT, told.kept / f"tree-{re.sub(r'[^a-z0-9]', '-', str(ROOT).lower())}"),
    )
    n_different = 0
    for name in told.only or CASES:
        expected, got = hashes(written_by(base, name, keep=True)), hashes(written_by(here, name, keep=False))
        different = sorted(path for path in expected.keys() & got.keys() if expected[path] != got[path])
        lost, new = sorted(expected.keys() - got.keys()), sorted(got.keys() - expected.keys())
        n_different += len(different) + len(lost) + len(new)
        print(
            f"{name}: {len(expected.keys() & got.keys()) - len(different)} equal, {len(different)} differ", flush=True
        )
        for word, paths in (("differs", different), ("no longer written", lost), ("new", new)):
            for path in paths:
                print(f"  {word}: {path}")
    print(f"{base.output}\n{here.output}")
    return 1 if n_different else 0


if __name__ == "__main__":
    sys.exit(main())
