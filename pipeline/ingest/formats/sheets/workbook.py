"""Workbooks: every visible sheet by itself, as `atelier.toml` says, and what the sheets do not agree on."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.records import Reading
from pipeline.ingest.formats.sheets.mapping import Sheet
from pipeline.ingest.formats.sheets.table_reader import read_grid
from pipeline.ingest.workshop import FileOverride, ToldOfFile
from pipeline.tables.columns import header_key
from pipeline.tables.grids import iter_sheets

_DISAGREEING = ("texte", "contexte", "votes", "votes contre", "attribut", "groupe donné")


def read_workbook(path: Path, source: str, override: ToldOfFile | None) -> list[Reading]:
    """Every visible sheet that holds a table of words; the others are told in the notes.

    Raises
    ------
    RefusedFileError : no sheet can be read, or `atelier.toml` names a sheet or a column that is nowhere.
    """
    readings: list[Reading] = []
    passed: list[str] = []
    names: list[str] = []
    refusal: RefusedFileError | None = None
    for name, rows in iter_sheets(path, source):
        names.append(name)
        told = override.of_sheet(name) if override else None
        if told is not None and told.ignorer:
            passed.append(f"feuille « {name} » passée : ignorée d'après atelier.toml")
            continue
        may_lack = override.said_of_all(name) if override else frozenset()
        try:
            reading = read_grid(rows, override=told, kind="classeur", sheet=Sheet(source, name, may_lack))
        except RefusedFileError as error:
            if told is not None and any(asked not in may_lack for asked in told.columns):
                raise  # what was said of this very sheet
            refusal = refusal or error
            passed.append(f"feuille « {name} » passée : {error.problem}")
            continue
        reading.override = told
        reading.place = f"feuille « {name} », "
        readings.append(reading)
    _check_said(source, override, names, readings)
    if not readings:
        raise refusal or RefusedFileError(source, "le classeur est vide", "Vérifiez que c'est le bon fichier.")
    if len(readings) == 1 and not passed:
        readings[0].place = ""
    if len(readings) > 1:
        for reading in readings:
            reading.notes = [f"{reading.place}{note}" for note in reading.notes]
    readings[0].notes += [*passed, *_disagreements(readings)]
    return readings


def _check_said(source: str, override: ToldOfFile | None, names: list[str], readings: list[Reading]) -> None:
    """Refuse what `atelier.toml` says of sheets and columns that are nowhere in the workbook."""
    if override is None:
        return
    listed = ", ".join(f"« {name} »" for name in names[:12])
    for asked in override.sheets:
        if not any(FileOverride.is_sheet(asked, name) for name in names):
            raise RefusedFileError(
                source,
                f"atelier.toml y annonce une feuille « {asked} » qui n'existe pas",
                f'Feuilles : {listed}. Corrigez feuille = "…" dans [[fichiers]].',
            )
    missing = [set(reading.missing) for reading in readings]
    for asked in sorted(set.intersection(*missing)) if missing else ():
        raise RefusedFileError(
            source,
            f"atelier.toml y annonce une colonne « {asked} » qui n'existe dans aucune feuille",
            f'Feuilles lues : {listed}. Pour une seule feuille, ajoutez feuille = "…" dans [[fichiers]].',
        )


def _disagreements(readings: list[Reading]) -> list[str]:
    """Columns of one name that are taken for other things from sheet to sheet."""
    roles: dict[str, dict[str, list[str]]] = {}
    titles: dict[str, str] = {}
    for reading in readings:
        for choice in reading.choices:
            if choice.role in _DISAGREEING:
                key = header_key(choice.name)
                titles.setdefault(key, choice.name)
                roles.setdefault(key, {}).setdefault(choice.role, []).append(reading.place.rstrip(", "))
    return [
        f"les feuilles ne s'accordent pas\u00a0: la colonne «\u00a0{titles[key]}\u00a0» est "
        + ", ".join(f"{role} dans la {places[0]}" for role, places in found.items())
        + " (précisez avec feuille = dans [[fichiers]])"
        for key, found in roles.items()
        if len(found) > 1 and "texte" in found
    ]
