"""A programme from its folder to its files: runs read, titles made one set, documents written."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.config import Config
from pipeline.contracts.draft_files import dump_draft, dump_facts
from pipeline.errors import UsageError
from pipeline.folder.artifacts import DECISIONS, RunFolder
from pipeline.folder.integrity import MADE_AGAIN, told_of
from pipeline.folder.kept import Export
from pipeline.language.text.typography import counted
from pipeline.programme.document import render, workbook, write_draft
from pipeline.programme.reading import Reading
from pipeline.programme.titles import as_one_set, decided_of, parts_of
from pipeline.programme.workshops import PROGRAMME_FILE, About, RunRead, read_programme, read_runs

STATE = "programme"
"""What the last time noted: the files written."""
ADVICE = "Donnez les dossiers de résultats d'au moins deux ateliers : rosace compare runs/un runs/autre"


@dataclass(frozen=True)
class Compared:
    """A programme in memory.

    `warnings` : sentences for people, in French.
    """

    folder: RunFolder
    about: About
    runs: tuple[RunRead, ...]
    reading: Reading
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
    decided = decided_of(folder, programme.programme, parts)
    titles = sorted(as_one_set(parts, decided), key=lambda one: one.width)
    reading = Reading(spoken, silent, tuple(titles))
    return Compared(folder, programme.programme, runs, reading, (*_told(runs, reading), *decided.told))


def _told(runs: Sequence[RunRead], reading: Reading) -> Iterator[str]:
    """What a person must know: workshops without words, date or titles of people."""
    yield from (warning for run in runs for warning in run.warnings)
    yield from (f"{one.run} : rien n'y a été lu, cet atelier n'est pas compté." for one in reading.silent)
    titled = {part.workshop for part in reading.parts.values() if part.is_of_people}
    for one in reading.workshops:
        if not one.date:
            yield (
                f"« {one.name} » n'a pas de date : il n'entre pas dans ce qui est dit du temps. Écrivez-la dans "
                f"{PROGRAMME_FILE} ou dans l'atelier.toml de l'atelier."
            )
        if one.key not in titled:
            yield (
                f"{one.run} : aucun titre n'y vient de personnes ; ceux que la machine propose ne sont qu'à cet "
                f"atelier. Donnez-lui les vôtres (themes.txt), ou ceux du programme (rosace synthesize, --themes et le "
                f"dossier du programme), ou relisez-le : rosace review {one.run}"
            )


def write(compared: Compared, config: Config) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the documents of a programme; those that a person has changed are kept, and ours go beside them.

    Each run notes what tells its words here, so that a withdrawal finds it.

    Returns
    -------
    Names of the files, and sentences for people.
    """
    folder, reading = compared.folder, compared.reading
    draft, facts = write_draft(reading, compared.about, config)
    files = render(draft, config) | {"programme.xlsx": workbook(reading)}
    files |= {
        f"{name}.json": (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
        for name, value in (("draft", dump_draft(draft)), ("facts", dump_facts(facts)))
    }
    state: dict[str, Any] = {} if folder.read_file(f"{STATE}.json") is None else folder.load_json(STATE)
    before, written, warnings = state.get("files", {}), dict[str, str](), list[str]()
    damaged = [name for name in folder.manifest.damaged(before) if name in files]
    _note(compared, {name: hashlib.sha256(content).hexdigest() for name, content in files.items()})  # before they are
    for name, content in sorted(files.items()):
        done, sha = folder.write_for_people(name, content, before.get(name))
        written[done] = sha
        if done != name:
            warnings.append(f"{name} a été modifié à la main : il est gardé, la nouvelle version est dans {done}.")
    warnings += told_of(MADE_AGAIN, (name for name in damaged if name in written))
    folder.save_json(STATE, {"files": written})
    _note(compared, written)
    if draft.left_out:
        warnings.append(f"Phrases écartées parce qu'elles ne tenaient pas à leurs sources : {len(draft.left_out)}.")
    return tuple(written), tuple(warnings)


def _note(compared: Compared, written: dict[str, str]) -> None:
    """Tell runs where their words are told, so that a withdrawal finds them: from a log, it takes its words alone; what
    people wrote in `programme.toml` is named to them."""
    when, unknown = f"{datetime.now():%d/%m/%Y}", hashlib.sha256(b"").hexdigest()
    known = sorted({**written, DECISIONS: unknown, PROGRAMME_FILE: unknown}.items())
    for run in compared.runs:
        places = ((str((compared.folder.path / name).resolve()), sha) for name, sha in known)
        run.folder.exports.note(*(Export(place, sha, when) for place, sha in places))
