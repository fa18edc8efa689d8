"""A programme from its folder to its files: runs read, columns matched, decisions replayed, documents written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.cluster.grouping.likeness import load_likeness
from pipeline.config import Config
from pipeline.contracts.draft_files import dump_draft, dump_facts
from pipeline.errors import UsageError
from pipeline.folder.artifacts import DECISIONS, RunFolder
from pipeline.folder.exports import Export
from pipeline.folder.integrity import made_again
from pipeline.language.text.typography import counted
from pipeline.programme.columns import Column, Matched, check_same_models, matched
from pipeline.programme.document import render, write_draft
from pipeline.programme.reading import Reading, material_of
from pipeline.programme.threads import Decided, Woven, replay, titled, weave
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


def compare(folder: RunFolder, config: Config) -> Compared:
    """Read the runs that a programme names, match their columns, replay decisions; nothing is written.

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
    check_same_models([run for run in runs if not all(one.is_empty for one in run.workshops)], load_likeness())
    spoken = tuple(sorted((one for one in workshops if not one.is_empty), key=lambda one: (not one.date, one.date)))
    silent = tuple(one for one in workshops if one.is_empty)
    if len(spoken) < 2:
        raise UsageError(f"Moins de deux ateliers ont des idées lues : rien à comparer. {ADVICE}.")
    found = matched(runs, spoken, config)
    decided = replay(folder, found.columns)
    woven = titled(weave(found.columns, found.near, decided, [one.key for one in spoken]), material_of(spoken))
    elsewhere = (one._replace(said=decided.answers.get((one.obstacle, one.answer))) for one in found.elsewhere)
    told = tuple(sorted(elsewhere, key=lambda one: one.said is not True))
    reading = Reading(spoken, silent, _columns_told(found, woven), woven, told, found.became, found.n_left)
    return Compared(folder, runs, reading, decided, tuple(_told(folder, runs, reading, decided)))


def _columns_told(found: Matched, woven: Woven) -> dict[str, Column]:
    """Select the columns of a reading: groups, and lone ideas that a question, a thread or a link names."""
    named = {key for near in woven.questions for key in near[:2]}
    named |= {key for thread in woven.threads for key in thread.columns}
    named |= {key for one in found.elsewhere for key in (one.obstacle, one.answer)}
    return {key: column for key, column in found.columns.items() if not column.is_alone or key in named}


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
    told += [
        f"{one.run} : ses groupes n'ont été ni faits ni relus par des personnes ; ce qui y revient est demandé, pas "
        f"affirmé. Relisez-les (rosace review {one.run}), ou répondez dans programme.xlsx."
        for one in reading.workshops
        if not one.vouched
    ]
    lost = [outcome for outcome in decided.outcomes.values() if outcome.state in ("orpheline", "conflit")]
    if lost:
        n = counted(len(lost), "décision ne décide plus rien", "décisions ne décident plus rien", feminine=True)
        told.append(f"{n.capitalize()} : {lost[0].message}")
    told += [bad.message for bad in decided.log.bad_lines[:5]]
    if reading.n_left:
        n = counted(reading.n_left, "groupe ou idée seule", "groupes ou idées seules")
        told.append(f"Faute de place, {n} parmi les moins repris n'ont pas été comparés.")
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
        told.append(f"{run.folder.path} a changé depuis la dernière fois{detail}. Les rapprochements ont été refaits.")
    gone = sorted(set(known) - {run.key for run in runs})
    return told + [f"« {key} » n'est plus dans ce programme : il n'en est plus rien dit." for key in gone]


def _groups_of(run: RunRead, reading: Reading) -> set[str]:
    mine = {workshop.key for workshop in run.workshops}
    return {key for key, column in reading.columns.items() if column.workshop in mine and not column.is_alone}


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
