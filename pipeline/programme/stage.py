"""A programme from its folder to its files: runs read, titles made one set, one restitution written of all."""

import hashlib
import json
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd

from pipeline.config import Config
from pipeline.contracts.checks import conform
from pipeline.contracts.titles import PROGRAMME
from pipeline.errors import UsageError
from pipeline.folder.artifacts import DECISIONS, RunFolder
from pipeline.folder.files import file_sha256, remove
from pipeline.folder.integrity import MADE_AGAIN, told_of
from pipeline.folder.kept import Export
from pipeline.language.text.typography import counted
from pipeline.programme.titles import Part, Shared, as_one_set, decided_of, parts_of
from pipeline.programme.workshops import PROGRAMME_FILE, About, RunRead, Workshop, as_one, read_programme, read_runs
from pipeline.restitution.stage import write_restitution
from pipeline.workshop.tables import RestitutionTables

STATE = "programme"
"""What the last time noted: the files written."""
TITLE = "Plusieurs ateliers, lus ensemble"
ADVICE = "Donnez les dossiers de résultats d'au moins deux ateliers : rosace compare runs/un runs/autre"


@dataclass(frozen=True)
class Compared:
    """A programme in memory.

    Attributes
    ----------
    workshops : those where something was said. titles : of all of them, the widest first.
    warnings : sentences for people, in French.
    """

    folder: RunFolder
    about: About
    runs: tuple[RunRead, ...]
    workshops: tuple[Workshop, ...]
    titles: tuple[Shared, ...]
    warnings: tuple[str, ...]

    @property
    def common(self) -> tuple[Shared, ...]:
        """The titles of several workshops."""
        return tuple(one for one in self.titles if len(one.workshops) > 1)

    @property
    def parts(self) -> dict[str, Part]:
        """What each workshop has under each title, by its id."""
        return {part.part_id: part for one in self.titles for part in one.parts}

    @cached_property
    def tables(self) -> RestitutionTables:
        """The tables of all workshops as those of one run, whose groups are the titles, on each of their axes."""
        found = as_one([workshop.tables for workshop in self.workshops])
        homes = {part.part_id: f"{one.title_id}-{part.axis}" for one in self.titles for part in one.parts}
        groups = found.reviewed_groups.assign(home=lambda rows: rows["group_id"].map(homes).fillna(rows["group_id"]))
        texts = dict(zip(found.reviewed_themes["theme_id"], found.reviewed_themes["title"], strict=True))
        themes = found.reviewed_themes.drop_duplicates("title")
        first = dict(zip(themes["title"], themes["theme_id"], strict=True))
        known = {homes[one.part_id]: (rank, of, one.axis) for rank, of in enumerate(self.titles) for one in of.parts}
        rows = [
            _as_one_group(part.astype(object), *known[home], len(known)) if home in known else part.iloc[0].to_dict()
            for home, part in ((str(home), part) for home, part in groups.groupby("home", sort=True))
        ]
        made = pd.DataFrame(rows, columns=groups.columns).drop(columns="home")
        made["theme_id"] = made["theme_id"].map(texts).map(first)
        members = found.reviewed_memberships
        own = members["group_id"].map(homes).fillna(members["group_id"])
        workshops = found.workshops.assign(auteur=self.about.auteur) if self.about.auteur else found.workshops
        return replace(
            found,
            workshops=conform("workshops", workshops),
            reviewed_groups=conform("reviewed_groups", made),
            reviewed_memberships=conform("reviewed_memberships", members.assign(group_id=own)),
            reviewed_themes=themes,
        )


def _as_one_group(rows: pd.DataFrame, rank: int, title: Shared, axis: str, n: int) -> dict[Hashable, Any]:
    """What workshops have under one title on one axis as one group: counted where people checked all of it, and with
    all that authors wrote of it."""
    parts = [part for part in title.parts if part.axis == axis]
    written = rows.dropna(subset=["author_text"])
    cites: dict[str, list[str]] = {}
    for told in written["author_cites"].dropna():
        cites |= json.loads(told)
    return rows.iloc[0].to_dict() | {
        "group_id": f"{title.title_id}-{axis}",
        "title": title.text,
        "origin": PROGRAMME if title.is_of_people else rows["origin"].iloc[0],
        "position": rank,
        "recurrence": float(n - rank),
        "question": next(iter(rows["question"].dropna()), pd.NA),
        "is_asked": bool(rows["is_asked"].any()),
        "is_titled": any(part.group.is_titled for part in parts),
        "state": "accepte" if all(part.group.is_counted for part in parts) else "machine",
        "author_text": "\n".join(dict.fromkeys(written["author_text"])) or pd.NA,
        "author_cites": json.dumps(cites, ensure_ascii=False) if cites else pd.NA,
    }


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
    spoken = tuple(sorted((one for one in workshops if not one.is_empty), key=lambda one: one.key))
    if len(spoken) < 2:
        raise UsageError(f"Moins de deux ateliers ont des idées lues : rien à comparer. {ADVICE}.")
    parts = parts_of(runs, [one.key for one in spoken])
    decided = decided_of(folder, programme.programme, parts)
    titles = tuple(sorted(as_one_set(parts, decided), key=lambda one: one.width))
    told = (*_told(runs, parts.values()), *decided.told)
    return Compared(folder, programme.programme, runs, spoken, titles, told)


def _told(runs: Sequence[RunRead], parts: Iterable[Part]) -> Iterator[str]:
    """What a person must know: decisions to take up, workshops without words or titles of people."""
    titled = {part.workshop for part in parts if part.is_of_people}
    for run in runs:
        yield from run.warnings
        for one in run.workshops:
            if one.is_empty:
                yield f"{one.run} : rien n'y a été lu, cet atelier n'est pas compté."
            elif one.key not in titled:
                yield (
                    f"{one.run} : aucun titre n'y vient de personnes ; ceux que la machine propose ne sont qu'à cet "
                    "atelier. Donnez-lui les vôtres (themes.txt), ou ceux du programme (rosace synthesize, --themes et "
                    f"le dossier du programme), ou relisez-le : rosace review {one.run}"
                )


def write(compared: Compared, config: Config) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the restitution of a programme; documents that a person has changed are kept, and ours go beside them.

    Each run notes what tells its words here, so that a withdrawal finds it.

    Returns
    -------
    Names of the files, and sentences for people.
    """
    folder = compared.folder
    made = write_restitution(compared.tables, config, title=compared.about.titre or TITLE)
    state: dict[str, Any] = {} if folder.read_file(f"{STATE}.json") is None else folder.load_json(STATE)
    before, written, warnings = state.get("files", {}), dict[str, str](), list[str]()
    damaged = [name for name in folder.manifest.damaged(before) if name in made.files]
    _note(compared, {name: hashlib.sha256(content).hexdigest() for name, content in made.files.items()})  # before
    for name, content in sorted(made.files.items()):
        done, sha = folder.write_for_people(name, content, before.get(name))
        written[done] = sha
        if done != name:
            warnings.append(f"{name} a été modifié à la main : il est gardé, la nouvelle version est dans {done}.")
    for name in before.keys() - written.keys():  # of another version, or made no more
        if (place := folder.path / name).is_file() and file_sha256(place) == before[name]:
            remove(place)
    warnings += told_of(MADE_AGAIN, (name for name in damaged if name in written))
    folder.save_json(STATE, {"files": written})
    _note(compared, written)
    if made.draft.left_out:
        warnings.append(
            f"Phrases écartées parce qu'elles ne tenaient pas à leurs sources : {len(made.draft.left_out)}."
        )
    return tuple(written), tuple(warnings)


def _note(compared: Compared, written: dict[str, str]) -> None:
    """Tell runs where their words are told, so that a withdrawal finds them: from a log, it takes its words alone; what
    people wrote in `programme.toml` is named to them."""
    when, unknown = f"{datetime.now():%d/%m/%Y}", hashlib.sha256(b"").hexdigest()
    known = sorted({**written, DECISIONS: unknown, PROGRAMME_FILE: unknown}.items())
    for run in compared.runs:
        places = ((str((compared.folder.path / name).resolve()), sha) for name, sha in known)
        run.folder.exports.note(*(Export(place, sha, when) for place, sha in places))
