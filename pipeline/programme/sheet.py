"""`programme.toml`: the title of a programme, and the runs of its workshops."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipeline.errors import UsageError
from pipeline.folder.files import write_inside
from pipeline.toml_files import read_toml, refused_keys

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
