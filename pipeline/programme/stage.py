"""A programme from its folder to its files: runs read, titles made one set, decisions replayed, documents written."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.config import Config
from pipeline.contracts.draft_files import dump_draft, dump_facts
from pipeline.errors import UsageError
from pipeline.folder.artifacts import DECISIONS, RunFolder
from pipeline.folder.exports import Export
from pipeline.folder.integrity import made_again
from pipeline.language.text.typography import counted
from pipeline.programme.document import render, write_draft
from pipeline.programme.placing import placed
from pipeline.programme.reading import Reading, by_width
from pipeline.programme.titles import Decided, as_one_set, parts_of, replay
from pipeline.programme.workbook import write_workbook
from pipeline.programme.workshops import PROGRAMME_FILE, RunRead, read_programme, read_runs

STATE = "programme"
"""What the last time noted: stamps of the runs, groups, files written."""
ADVICE = "Donnez les dossiers de résultats d'au moins deux ateliers : rosace compare runs/un runs/autre"


@dataclass(frozen=True)
class Compared:
    """A programme in memory.

    Attributes
    ----------
    warnings : sentences for people, in French.
    """

    folder: RunFolder
    runs: tuple[RunRead, ...]
    reading: Reading
    decided: Decided
    warnings: tuple[str, ...]


def compare(folder: RunFolder) -> Compared:
    """Read the runs that a programme names under one set of titles, as people decided; nothing is written.

    Raises
    ------
    UsageError : fewer than two workshops, one named twice, a `programme.toml` that cannot be read.
    ArtifactError : a run that is missing, damaged, or of another version.
    """
    programme = read_programme(folder.path)
    runs = read_runs(folder.path, programme.ateliers)
    workshops = [workshop for run in runs for workshop in run.workshops]
    if len(workshops) < 2:
        raise UsageError(f"{folder.path / PROGRAMME_FILE} nomme {counted(len(workshops), 'atelier')}. {ADVICE}.")
    spoken = tuple(sorted((one for one in workshops if not one.is_empty), key=lambda one: (not one.date, one.date)))
    silent = tuple(one for one in workshops if one.is_empty)
    if len(spoken) < 2:
        raise UsageError(f"Moins de deux ateliers ont des idées lues : rien à comparer. {ADVICE}.")
    order = [one.key for one in spoken]
    parts = parts_of(runs, order)
    decided = replay(folder, parts)
    found = placed(runs, order, as_one_set(parts, decided), decided)
    reading = Reading(spoken, silent, by_width(found.titles), found.questions, found.faint)
    told = (*_told(folder, runs, reading, decided), *found.told)
    return Compared(folder, runs, reading, decided, told)


def _told(folder: RunFolder, runs: Sequence[RunRead], reading: Reading, decided: Decided) -> list[str]:
    """What a person must know: runs that changed, workshops without date or words, decisions that decide nothing."""
    told = [warning for run in runs for warning in run.warnings] + _changed(folder, runs, reading)
    told += [f"{one.run} : rien n'y a été lu, cet atelier n'est pas compté." for one in reading.silent]
    told += [
        f"« {one.name} » n'a pas de date : il n'entre pas dans ce qui est dit du temps. Écrivez-la dans "
        f"{PROGRAMME_FILE} ou dans l'atelier.toml de l'atelier."
        for one in reading.workshops
        if not one.date
    ]
    titled = {part.workshop for part in reading.parts.values() if part.is_of_people and not part.is_placed}
    told += [
        f"{one.run} : aucun titre n'y vient de personnes ; ceux que la machine propose ne sont qu'à cet atelier. "
        f"Donnez-lui les vôtres (themes.txt), ou relisez-le : rosace review {one.run}"
        for one in reading.workshops
        if one.key not in titled
    ]
    lost = Counter(one.message for one in decided.outcomes.values() if one.state == "orpheline")
    for message, n in sorted(lost.items()):
        many = counted(n, "décision ne décide plus rien", "décisions ne décident plus rien", feminine=True)
        told.append(f"{many.capitalize()} : {message}")
    told += [bad.message for bad in decided.log.bad_lines[:5]]
    return told


def _changed(folder: RunFolder, runs: Sequence[RunRead], reading: Reading) -> list[str]:
    """Runs that are no longer what they were when they were last compared, and their groups that came or went."""
    known = _state(folder).get("runs", {})
    told = []
    for run in runs:
        before = known.get(run.key)
        if before is None or before["stamp"] == run.stamp:
            continue
        now = _groups_of(run, reading)
        n_new, n_gone = len(now - set(before["groups"])), len(set(before["groups"]) - now)
        parts = [
            counted(n_new, "groupe nouveau", "groupes nouveaux") if n_new else "",
            counted(n_gone, "groupe disparu", "groupes disparus") if n_gone else "",
        ]
        detail = f" : {' et '.join(filter(None, parts))}" if n_new or n_gone else ""
        told.append(f"{run.folder.path} a changé depuis la dernière fois{detail}. Tout en est relu.")
    gone = sorted(set(known) - {run.key for run in runs})
    return told + [f"« {key} » n'est plus dans ce programme : il n'en est plus rien dit." for key in gone]


def _groups_of(run: RunRead, reading: Reading) -> set[str]:
    mine = {workshop.key for workshop in run.workshops}
    return {key for key, part in reading.parts.items() if part.workshop in mine and not part.is_placed}


def _state(folder: RunFolder) -> dict[str, Any]:
    if folder.read_file(f"{STATE}.json") is None:
        return {}
    found: dict[str, Any] = folder.load_json(STATE)
    return found


def write(compared: Compared, config: Config) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the documents of a programme; those that a person has changed are kept, and ours go beside them.

    Each run notes what tells its words here, so that a withdrawal finds it.

    Returns
    -------
    Names of the files, and sentences for people.
    """
    folder, reading = compared.folder, compared.reading
    about = read_programme(folder.path).programme
    draft, facts = write_draft(reading, about, config)
    files = render(draft, config) | {"programme.xlsx": write_workbook(reading, compared.decided)}
    files |= {
        f"{name}.json": (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
        for name, value in (("draft", dump_draft(draft)), ("facts", dump_facts(facts)))
    }
    before, written, warnings = _state(folder).get("files", {}), dict[str, str](), list[str]()
    damaged = [name for name in folder.manifest.damaged(before) if name in files]
    planned = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    for run in compared.runs:  # before they are there: a withdrawal reaches what was being written, too
        _note(run.folder, folder, planned)
    for name, content in sorted(files.items()):
        done, sha = folder.write_for_people(name, content, before.get(name))
        written[done] = sha
        if done != name:
            warnings.append(f"{name} a été modifié à la main : il est gardé, la nouvelle version est dans {done}.")
    warnings += made_again(name for name in damaged if name in written)
    runs = {run.key: {"stamp": run.stamp, "groups": sorted(_groups_of(run, reading))} for run in compared.runs}
    folder.save_json(STATE, {"runs": runs, "files": written})
    for run in compared.runs:
        _note(run.folder, folder, written)
    if draft.left_out:
        warnings.append(f"Phrases écartées parce qu'elles ne tenaient pas à leurs sources : {len(draft.left_out)}.")
    return tuple(written), tuple(warnings)


def _note(run: RunFolder, folder: RunFolder, written: Mapping[str, str]) -> None:
    """Tell a run where its words are told, so that a withdrawal finds them; from the log, it takes its words alone."""
    when = f"{datetime.now():%d/%m/%Y}"
    unknown = hashlib.sha256(b"").hexdigest()
    known = sorted({**written, DECISIONS: unknown}.items())  # a log that begins later is found too
    run.exports.note(*(Export(str((folder.path / name).resolve()), sha, when) for name, sha in known))
