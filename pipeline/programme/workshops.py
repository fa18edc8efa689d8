"""`programme.toml`, and the workshops that it names, read from their runs: what may be told of each, under ids that no
other has."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipeline.errors import ArtifactError, UsageError
from pipeline.folder.artifacts import RunFolder, file_sha256
from pipeline.folder.files import write_inside
from pipeline.ingest.withdrawal.pending import is_pending
from pipeline.language.text.typography import capitalized, counted
from pipeline.review.log.replay import read_log
from pipeline.toml_files import read_toml, refused_keys
from pipeline.workshop.load import of_workshop, read_material
from pipeline.workshop.model import Group, Item, Material, Stand, Theme
from pipeline.workshop.tables import RestitutionTables

PROGRAMME_FILE = "programme.toml"
_TOP = """\
# Un programme : plusieurs ateliers, lus ensemble. Relancez « rosace compare » avec ce dossier après chaque changement.
[programme]
# titre = "…"
# auteur = "…"

# Un bloc par atelier. `nom`, `date` et `territoire` remplacent ce que dit l'atelier.toml de l'atelier.
"""
_RUN = """
[[ateliers]]
resultats = {place}
# nom = "…"
# date = 2026-03-12
# territoire = "…"
"""


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class About(_Closed):
    """`[programme]`."""

    titre: str = ""
    auteur: str = ""


class NamedRun(_Closed):
    """`[[ateliers]]`: a folder of results, relative to the programme, and what is said of it here."""

    resultats: str = Field(min_length=1)
    nom: str = ""
    date: str = ""
    territoire: str = ""

    @field_validator("date", mode="before")
    @classmethod
    def _date_as_text(cls, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime.date) else value


class Programme(_Closed):
    """The whole of `programme.toml`."""

    programme: About = About()
    ateliers: tuple[NamedRun, ...] = ()


def is_programme(folder: Path) -> bool:
    """Whether a folder is that of a programme."""
    return (folder / PROGRAMME_FILE).is_file()


def read_programme(folder: Path) -> Programme:
    """The `programme.toml` of a folder.

    Raises
    ------
    UsageError : it cannot be read, or holds an unknown key.
    """
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


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_COUNTED = ("reviewed_groups", "reviewed_memberships", "reviewed_links", "reviewed_items", "reviewed_tags")
"""Tables that tell whether a run changed since it was last compared."""


@dataclass(frozen=True)
class Workshop:
    """One workshop.

    Attributes
    ----------
    key : how decisions name it: its folder, and its own name when a run holds several.
    name : as it is told.
    date : ISO; "" when nobody said it.
    territory : "" when nobody said it.
    material : its own; every id starts with `key`.
    ranks : contribution → its place among those of the run, from 1.
    """

    key: str
    name: str
    date: str
    territory: str
    run: Path
    material: Material
    ranks: Mapping[str, int]

    @property
    def is_empty(self) -> bool:
        """Whether nobody said anything there that can be told."""
        return not self.material.items


@dataclass(frozen=True)
class RunRead:
    """A run: its workshops, and what changes whenever its words, groups or decisions do."""

    key: str
    folder: RunFolder
    workshops: tuple[Workshop, ...]
    stamp: str
    warnings: tuple[str, ...]
    tables: RestitutionTables


def read_runs(programme: Path, named: Sequence[NamedRun]) -> tuple[RunRead, ...]:
    """The runs of a programme, in the order in which they are named.

    Raises
    ------
    UsageError : one is named twice, or two are of the same words.
    ArtifactError : one is no run, is not finished, or was written by another version.
    """
    places = [place_of(programme, one) for one in named]
    twice = next((place for rank, place in enumerate(places) if place in places[:rank]), None)
    if twice is not None:
        raise UsageError(f"{twice} est donné deux fois. Un atelier ne se compare pas à lui-même : ôtez-en un.")
    keys = _keys(places)
    found = tuple(_read(key, place, one) for key, place, one in zip(keys, places, named, strict=True))
    _refuse_twins(found)
    return found


def following(workshops: Sequence[Workshop]) -> Iterator[tuple[Workshop, Workshop]]:
    """Workshops of one territory that follow each other; those without date or territory are none."""
    territories: dict[str, list[Workshop]] = {}
    for workshop in workshops:
        if workshop.date and workshop.territory:
            territories.setdefault(" ".join(workshop.territory.casefold().split()), []).append(workshop)
    for found in territories.values():
        yield from (pair for pair in pairwise(found) if pair[0].date[:10] < pair[1].date[:10])


def _keys(places: Sequence[Path]) -> list[str]:
    """The name of each folder, with those of the folders above it as long as two are alike.

    Raises
    ------
    UsageError : all the folders above are alike too.
    """
    depths = [1] * len(places)
    while True:
        keys = ["~".join(place.parts[-depth:]) for place, depth in zip(places, depths, strict=True)]
        alike = [rank for rank, key in enumerate(keys) if keys.count(key) > 1]
        if not alike:
            return keys
        if all(depths[rank] >= len(places[rank].parts) - 1 for rank in alike):
            told = " et ".join(str(places[rank]) for rank in alike[:2])
            raise UsageError(f"{told} ne se distinguent pas par leurs noms. Renommez l'un de ces dossiers.")
        for rank in alike:
            depths[rank] = min(depths[rank] + 1, len(places[rank].parts) - 1)


def _refuse_twins(runs: Sequence[RunRead]) -> None:
    known: dict[str, RunRead] = {}
    for run in runs:
        items = file_sha256(run.folder.path / "items.parquet")
        other = known.setdefault(items, run)
        if other is not run and any(not one.is_empty for one in run.workshops):
            raise UsageError(
                f"{other.folder.path} et {run.folder.path} ont lu les mêmes paroles : c'est deux fois le même atelier. "
                "Ôtez l'un des deux."
            )


def _read(key: str, place: Path, named: NamedRun) -> RunRead:
    folder = RunFolder.open(place)
    if is_pending(place):
        raise ArtifactError(
            f"Un retrait de {place} a été interrompu\u00a0: ses mots y sont encore. Finissez-le d'abord\u00a0: rosace "
            f"draft {place}"
        )
    stages = folder.load_manifest()["stages"]
    tables = RestitutionTables(**{name: folder.load_table(name) for name in RestitutionTables.__dataclass_fields__})
    material = read_material(tables)
    several = len(material.workshops) > 1
    workshops = tuple(
        _workshop(key, place, named, _part(material, str(row["workshop"])) if several else material, row, tables)
        for row in material.workshops
    )
    shas = {
        name: sha
        for stage in ("ingest", "review")
        for name, sha in stages.get(stage, {}).get("artefacts", {}).items()
        if name.removesuffix(".parquet") in (*_COUNTED, "items", "contributions", "workshops")
    }
    told = [named.nom, named.date, named.territoire]
    stamp = hashlib.sha256(json.dumps([shas, told], sort_keys=True).encode()).hexdigest()
    return RunRead(key, folder, workshops, stamp, tuple(_waiting(folder, tables.decision_states)), tables)


def _waiting(folder: RunFolder, states: pd.DataFrame) -> list[str]:
    """Decisions that were taken since the run was last written."""
    known = set(states["decision_id"])
    n = sum(one.decision_id not in known for one in read_log(folder.decisions.lines()).decisions)
    if not n:
        return []
    told = counted(n, "décision n'y est pas encore", "décisions n'y sont pas encore", feminine=True)
    return [f"{folder.path} : {told}. Pour les reprendre : rosace draft {folder.path}"]


def _workshop(
    key: str, place: Path, named: NamedRun, material: Material, row: Mapping[str, Any], tables: RestitutionTables
) -> Workshop:
    """One of the workshops of a run; what `programme.toml` says of a run that holds several is said of none."""
    own = str(row["workshop"])
    alone = len(tables.workshops) < 2
    full = key if alone else f"{key}.{own}"
    said = named if alone else NamedRun(resultats=named.resultats)
    date = said.date or str(row["date"] or "")
    territory = said.territoire or str(row["territoire"] or row["lieu"] or "")
    name = capitalized(said.nom or str(row["titre"]))
    ordered = tables.contributions.sort_values(["source", "position", "contribution_id"])["contribution_id"]
    prefix = f"{full}/"
    return Workshop(
        full,
        name,
        date if _DATE.fullmatch(date[:10]) else "",
        territory,
        place,
        _apart(material, full, {**row, "workshop": full, "titre": name, "date": date, "territoire": territory}),
        {prefix + str(one): rank for rank, one in enumerate(ordered, start=1)},
    )


def _part(material: Material, workshop: str) -> Material:
    """What one workshop of a run that holds several said, under each title: be it once."""
    own = {
        key: tuple(item for item in group.members if item.workshop == workshop)
        for key, group in material.groups.items()
    }
    return replace(
        of_workshop(material, workshop),
        items={key: item for key, item in material.items.items() if item.workshop == workshop},
        groups={key: replace(material.groups[key], members=held) for key, held in own.items() if held},
    )


def _apart(material: Material, key: str, row: dict[str, Any]) -> Material:
    """A material whose ids start with the name of its workshop."""
    prefix = f"{key}/"
    items = {prefix + item_id: _item_apart(item, key) for item_id, item in material.items.items()}
    return replace(
        material,
        workshops=(row,),
        tables={(key, table): subject for (_, table), subject in material.tables.items()},
        items=items,
        groups={prefix + group_id: _group_apart(group, prefix, items) for group_id, group in material.groups.items()},
        themes=tuple(Theme(prefix + theme.theme_id, theme.title) for theme in material.themes),
        answers={prefix + one: tuple(prefix + other for other in found) for one, found in material.answers.items()},
        pairs={
            (prefix + one, prefix + other): tuple((prefix + a, prefix + b, is_said) for a, b, is_said in found)
            for (one, other), found in material.pairs.items()
        },
        stands=tuple(Stand(one.kind, prefix + one.from_item, prefix + one.to_item) for one in material.stands),
    )


def _item_apart(item: Item, key: str) -> Item:
    prefix = f"{key}/"
    return replace(
        item,
        item_id=prefix + item.item_id,
        contribution_id=prefix + item.contribution_id,
        workshop=key,
        group=prefix + item.group if item.group else "",
        tied_to=prefix + item.tied_to if item.tied_to else "",
        stack=prefix + item.stack if item.stack else "",
    )


def _group_apart(group: Group, prefix: str, items: Mapping[str, Item]) -> Group:
    return replace(
        group,
        group_id=prefix + group.group_id,
        theme_id=prefix + group.theme_id,
        members=tuple(items[prefix + item.item_id] for item in group.members if prefix + item.item_id in items),
    )
