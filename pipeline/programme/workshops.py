"""Read `programme.toml`, and the workshops that it names from their runs: what may be told of each, under ids that no
other has."""

import json
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pandas as pd
from pydantic import Field, ValidationError

from pipeline.config import Closed
from pipeline.errors import UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.files import file_sha256, write_inside
from pipeline.ingest.workshop import Day
from pipeline.language.text.typography import counted
from pipeline.review.log.replay import read_log
from pipeline.toml_files import read_toml, refused_keys
from pipeline.workshop.items import shown_around, unnaming_of
from pipeline.workshop.load import read_material
from pipeline.workshop.model import Material
from pipeline.workshop.tables import RestitutionTables

PROGRAMME_FILE = "programme.toml"
_TOP = """\
# Un programme : plusieurs ateliers, lus ensemble. Relancez « rosace compare » avec ce dossier après chaque changement.
[programme]
# titre = "…"
# auteur = "…"
# Des titres qui n'en font qu'un, le premier étant celui que l'on lit.
# memes_titres = [["Se soigner", "Le médecin qui manque"]]

# Un bloc par atelier. `nom`, `date` et `territoire` remplacent ce que dit l'atelier.toml de l'atelier.
"""
_RUN = """
[[ateliers]]
resultats = {place}
# nom = "…"
# date = 2026-03-12
# territoire = "…"
"""


Titles = Annotated[tuple[str, ...], Field(min_length=2)]


class About(Closed):
    """`[programme]`: how it is called, and titles of workshops that are one (the first is how it is worded)."""

    titre: str = ""
    auteur: str = ""
    memes_titres: tuple[Titles, ...] = ()


class NamedRun(Closed):
    """`[[ateliers]]`: a folder of results, relative to the programme, and what is said of it here."""

    resultats: str = Field(min_length=1)
    nom: str = ""
    date: Day = ""
    territoire: str = ""


class Programme(Closed):
    """The whole of `programme.toml`."""

    programme: About = About()
    ateliers: tuple[NamedRun, ...] = ()


def is_programme(folder: Path) -> bool:
    """Whether a folder is that of a programme."""
    return (folder / PROGRAMME_FILE).is_file()


def read_programme(folder: Path) -> Programme:
    """The `programme.toml` of a folder. Raises UsageError: it cannot be read, or holds an unknown key."""
    path = folder / PROGRAMME_FILE
    try:
        return Programme.model_validate(read_toml(path))
    except ValidationError as error:
        known = [*Programme.model_fields, *About.model_fields, *NamedRun.model_fields]
        raise UsageError(
            f"{path} ne peut pas être lu :\n" + "\n".join(refused_keys(error, known)) + "\nClés permises : dans "
            f"[programme], {', '.join(About.model_fields)} ; dans [[ateliers]], {', '.join(NamedRun.model_fields)}."
        ) from error


def add_runs(folder: Path, runs: Sequence[Path]) -> None:
    """Name runs in the programme of a folder, made when missing; what people wrote there stays as it is."""
    path = folder / PROGRAMME_FILE
    known: set[Path] = set()
    text = _TOP
    if path.is_file():
        known = {place_of(folder, run) for run in read_programme(folder).ateliers}
        text = path.read_text(encoding="utf-8-sig").rstrip("\n") + "\n"
    new = [run for run in dict.fromkeys(run.resolve() for run in runs) if run not in known]
    if new or not path.is_file():
        text += "".join(_RUN.format(place=json.dumps(_relative(run, folder), ensure_ascii=False)) for run in new)
        write_inside(path, lambda file: file.write(text.encode()))


def place_of(folder: Path, run: NamedRun) -> Path:
    """Where the results of a workshop are."""
    return (folder / run.resultats).resolve()


def _relative(run: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(run, folder.resolve())).as_posix()
    except ValueError:  # another disk of Windows
        return run.as_posix()


_IDS = (
    "item_id", "contribution_id", "group_id", "theme_id", "stack_id", "tied_to", "from_item", "to_item", "one_item",
    "other_item", "target",
)  # fmt: skip
"""Columns that name what another run may name too."""


@dataclass(frozen=True)
class Workshop:
    """One workshop.

    Attributes
    ----------
    key : how decisions name it: its folder, and its own name when a run holds several.
    tables : its own; every id, and the name of every file, starts with `key`.
    """

    key: str
    run: Path
    tables: RestitutionTables
    material: Material

    @property
    def is_empty(self) -> bool:
        """Whether nobody said anything there that can be told."""
        return not self.material.items


@dataclass(frozen=True)
class RunRead:
    """A run, its workshops, and sentences for people."""

    key: str
    folder: RunFolder
    workshops: tuple[Workshop, ...]
    warnings: tuple[str, ...]


def read_runs(programme: Path, named: Sequence[NamedRun]) -> tuple[RunRead, ...]:
    """Read the runs of a programme, each once, in the order in which they are named.

    Raises
    ------
    UsageError : two are of the same words, or of names that nothing tells apart.
    ArtifactError : one is no run, is not finished, or was written by another version.
    """
    places = {place_of(programme, one): one for one in named}
    keys = [_key(place, places) for place in places]
    if alike := [str(place) for place, key in zip(places, keys, strict=True) if keys.count(key) > 1]:
        raise UsageError(
            f"{' et '.join(alike[:2])} ne se distinguent pas par leurs noms. Renommez l'un de ces dossiers."
        )
    found = tuple(_read(key, *one) for key, one in zip(keys, places.items(), strict=True))
    known: dict[str, RunRead] = {}
    for run in found:
        other = known.setdefault(file_sha256(run.folder.path / "items.parquet"), run)
        if other is not run and any(not one.is_empty for one in run.workshops):
            raise UsageError(
                f"{other.folder.path} et {run.folder.path} ont lu les mêmes paroles : c'est deux fois le même atelier. "
                "Ôtez l'un des deux."
            )
    return found


def _key(place: Path, places: Collection[Path]) -> str:
    """The name of a folder, with those of the folders above it as long as another place ends alike."""
    depths = range(1, len(place.parts) + 1)
    alone = (n for n in depths if sum(other.parts[-n:] == place.parts[-n:] for other in places) == 1)
    return "~".join(place.parts[-next(alone) :])


def _read(key: str, place: Path, named: NamedRun) -> RunRead:
    folder = RunFolder.open(place)
    tables = folder.load(RestitutionTables)
    known = set(tables.decision_states["decision_id"])
    n = sum(one.decision_id not in known for one in read_log(folder.decisions.lines()).decisions)
    told = counted(n, "décision n'y est pas encore", "décisions n'y sont pas encore", feminine=True)
    warnings = (f"{place} : {told}. Pour les reprendre : rosace draft {place}",) if n else ()
    names = sorted(tables.workshops["workshop"])
    found = []
    for own in names:  # what `programme.toml` says of a run that holds several workshops is said of none
        full = key if len(names) < 2 else f"{key}.{own}"
        about = {"titre": named.nom, "date": named.date, "territoire": named.territoire} if full == key else {}
        apart = _apart(tables, own, full, {name: value for name, value in about.items() if value})
        found.append(Workshop(full, place, apart, read_material(apart)))
    return RunRead(key, folder, tuple(found), warnings)


def _apart(tables: RestitutionTables, own: str, key: str, about: dict[str, str]) -> RestitutionTables:
    """The tables of one workshop of a run, every id and file after `key`."""
    unnamed, alone = unnaming_of(tables), tables.of(own)
    found = {}
    for name, table in vars(alone).items():
        known = {column: f"{key}/" + table[column] for column in _IDS if column in table}
        if name == "reviewed_items":  # what stands around ideas is known by its words
            known["item_id"] = known["item_id"].where(table["item_id"].isin(tables.items["item_id"]), table["item_id"])
        if name == "reviewed_groups":
            known["author_cites"] = table["author_cites"].map(lambda told: _cites(told, key), na_action="ignore")
        shown = shown_around(table, unnamed, "source") if "source" in table else table
        known |= {"source": f"{key}/" + shown["source"]} if "source" in table else {}
        known |= {"workshop": key} if "workshop" in table else {}
        found[name] = table.assign(**known, **(about if name == "workshops" else {}))
    nobodys = {name: found[name][:0] for name in ("control", "changes", "decision_states", "reviewed_parts")}
    return RestitutionTables(**found | nobodys)


def _cites(told: str, key: str) -> str:
    """Sentence of a person's paragraph → the ideas that it cites, as json, their ids after `key`."""
    by_sentence = {sentence: [f"{key}/{one}" for one in ids] for sentence, ids in json.loads(told).items()}
    return json.dumps(by_sentence, ensure_ascii=False)


def as_one(tables: Sequence[RestitutionTables]) -> RestitutionTables:
    """The tables of several workshops as those of one run."""
    found = {}
    for name in RestitutionTables.__dataclass_fields__:
        parts: list[pd.DataFrame] = [getattr(one, name) for one in tables]
        found[name] = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    return RestitutionTables(**found)
