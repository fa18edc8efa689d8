"""The ingest stage: every file of a corpus folder, read right or refused in words."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline import schemas
from pipeline.config import Config
from pipeline.errors import RefusedFileError, UsageError, os_reason
from pipeline.execution import Executor, LocalExecutor
from pipeline.ingest.archives import unpack
from pipeline.ingest.assembly import Assembly
from pipeline.ingest.detection import detect
from pipeline.ingest.listing import (
    BLANK_ENTRY_SHEET,
    is_blank_entry_sheet,
    list_files,
    why_ignored,
    with_distinct_names,
)
from pipeline.ingest.names import NameFinder
from pipeline.ingest.readers import ZIP, format_label, read_file
from pipeline.ingest.workshop import Workshop, find_workshops, table_in_name, workshop_of

_CLOSED_FOLDER = "vous n'avez pas le droit de lire ce dossier. Changez ses droits, ou copiez-le."


@dataclass(frozen=True)
class IngestResult:
    """What a corpus holds; every frame follows its schema in `pipeline.schemas`.

    Attributes
    ----------
    workshops, workshop_tables : from `atelier.toml`, completed by the tables met in the files.
    contributions, items : sorted by source, position; by contribution, start.
    rejects, ledger : what was left out and why; the count of each file.
    privacy_report, name_suggestions : marks put (never values); names to confirm.
    warnings : sentences in French for the person who ran it.
    """

    workshops: pd.DataFrame
    workshop_tables: pd.DataFrame
    contributions: pd.DataFrame
    rejects: pd.DataFrame
    items: pd.DataFrame
    ledger: pd.DataFrame
    privacy_report: pd.DataFrame
    name_suggestions: pd.DataFrame
    warnings: tuple[str, ...]


def ingest(corpus: Path, config: Config, executor: Executor = LocalExecutor()) -> IngestResult:  # noqa: B008  (immutable)
    """Read every file under `corpus`; the texts of long files are cut into ideas by `executor`.

    Raises
    ------
    UsageError : `corpus` is missing, is not a folder, or its `atelier.toml` cannot be read.
    RefusedFileError : the folder holds nothing to read. A refused file among others is a line of the ledger.
    """
    if not corpus.is_dir():
        what = "n'est pas un dossier" if corpus.exists() else "est introuvable"
        raise UsageError(f"Le dossier {corpus} {what}. Créez-en un avec « rosace nouveau », ou vérifiez le chemin.")
    assembly = Assembly(config.ingest, executor=executor)
    files = list_files(corpus, lambda name: assembly.refuse(name, "dossier", _CLOSED_FOLDER))
    workshops = find_workshops(corpus, [source for source, _ in files])
    with tempfile.TemporaryDirectory(prefix="rosace-") as folder:
        for source, path in files:
            _add_file(source, path, workshops, assembly, Path(folder), config.ingest.taille_max_mio << 20)
    if not assembly.contributions:
        raise _nothing_to_read(corpus, assembly)
    return _result(assembly, workshops, config)


def _add_file(
    source: str, path: Path, workshops: list[Workshop], assembly: Assembly, scratch: Path, size_max: int
) -> None:
    """One file of the corpus, or every member of an archive."""
    workshop = workshop_of(source, workshops)
    override = workshop.override_of(source)
    if ignored := why_ignored(source, override):
        assembly.ignore(source, *ignored)
        return
    kind = ""
    try:
        if not path.is_file():
            raise RefusedFileError(source, "ce n'est pas un fichier ordinaire", "Copiez ici le fichier lui-même.")
        kind = _kind(path, source)
        if kind == ZIP and "/" + ZIP + "/" not in f"/{scratch.name}/":
            _add_archive(source, path, workshops, assembly, scratch, size_max)
            return
        readings = read_file(path, source, override, size_max)
        assembly.add(source, readings, workshop.key, (override.table if override else None) or table_in_name(source))
    except RefusedFileError as error:
        if is_blank_entry_sheet(source, error):
            assembly.ignore(source, *BLANK_ENTRY_SHEET)
        else:
            assembly.refuse(source, format_label(kind) or "inconnu", f"{error.problem}. {error.advice}")


def _kind(path: Path, source: str) -> str:
    try:
        return detect(path, source)
    except PermissionError as error:
        raise RefusedFileError(
            source, "vous n'avez pas le droit de le lire", "Changez ses droits, ou copiez-le."
        ) from error
    except OSError as error:
        raise RefusedFileError(
            source, f"la lecture a échoué ({os_reason(error)})", "Copiez le fichier à nouveau."
        ) from error


def _add_archive(
    source: str, path: Path, workshops: list[Workshop], assembly: Assembly, scratch: Path, size_max: int
) -> None:
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        inside = Path(folder) / ZIP
        inside.mkdir()
        members = unpack(path, source, inside)
        assembly.ignore(source, format_label(ZIP), f"{len(members)} fichier(s) lu(s) à l'intérieur")
        for member, place in with_distinct_names(members):
            if _is_archive(place):
                assembly.refuse(
                    member, format_label(ZIP), "archive dans une archive. Ouvrez-la et déposez ses fichiers."
                )
            else:
                _add_file(member, place, workshops, assembly, inside, size_max)


def _is_archive(path: Path) -> bool:
    try:
        return detect(path, path.name) == ZIP
    except RefusedFileError:
        return False


def _nothing_to_read(corpus: Path, assembly: Assembly) -> RefusedFileError:
    refused = [f"  {row[0]} : {row[3]}" for row in assembly.ledger if row[2] == "refuse"]
    if not refused:
        return RefusedFileError(
            str(corpus),
            "le dossier ne contient aucun fichier à lire",
            "Déposez-y des tableaux (csv, xlsx, ods), des notes (docx, odt, txt, md) ou des transcriptions (vtt, srt).",
        )
    more = f"\n  … et {len(refused) - 10} autres" if len(refused) > 10 else ""
    return RefusedFileError(str(corpus), "aucun fichier n'a pu être lu", "Détail :\n" + "\n".join(refused[:10]) + more)


def _result(assembly: Assembly, workshops: list[Workshop], config: Config) -> IngestResult:
    contributions = assembly.contributions.frame()
    ledger_columns = ["source", "format", "state", "detail", "n_read", "n_kept", "n_rejected", "n_items"]
    marks = [(source, mark, n) for (source, mark), n in sorted(assembly.privacy.items())]
    tables = {
        "workshops": _workshops(workshops),
        "workshop_tables": _workshop_tables(workshops, contributions),
        "contributions": contributions,
        "rejects": _told_apart(assembly.rejects.frame()),
        "items": assembly.items.frame(),
        "ledger": pd.DataFrame(sorted(assembly.ledger), columns=ledger_columns),
        "privacy_report": pd.DataFrame(marks, columns=["source", "mark", "n"]),
        "name_suggestions": _suggestions(assembly, config),
    }
    return IngestResult(
        **{name: schemas.conform(name, table) for name, table in tables.items()}, warnings=_warnings(assembly)
    )


def _told_apart(rejects: pd.DataFrame) -> pd.DataFrame:
    """Two rejects of one place get a rank: (source, locator) is the key."""
    rank = rejects.groupby(["source", "locator"], sort=False).cumcount() + 1
    again = rank > 1
    if again.any():
        told = [f"{place} ({n})" for place, n in zip(rejects.loc[again, "locator"], rank[again], strict=True)]
        rejects.loc[again, "locator"] = told
    return rejects


def _workshops(workshops: list[Workshop]) -> pd.DataFrame:
    rows = [{"workshop": w.key, **w.header.model_dump()} for w in workshops]
    return pd.DataFrame(rows)


def _workshop_tables(workshops: list[Workshop], contributions: pd.DataFrame) -> pd.DataFrame:
    columns = ["workshop", "table", "sujet", "participants", "is_declared"]
    rows = {
        (w.key, table.numero): (w.key, table.numero, table.sujet, table.participants, True)
        for w in workshops
        for table in w.tables
    }
    met = contributions.dropna(subset=["table"])[["workshop", "table"]].drop_duplicates()
    for workshop, table in met.itertuples(index=False, name=None):
        rows.setdefault((workshop, table), (workshop, table, None, None, False))
    ordered = sorted(rows.values(), key=lambda row: (row[0], not row[1].isdigit(), row[1].zfill(6)))
    return pd.DataFrame(ordered, columns=columns)


def _suggestions(assembly: Assembly, config: Config) -> pd.DataFrame:
    columns = ["contribution_id", "start", "end", "text", "reason"]
    if not config.ingest.proposer_noms:
        return pd.DataFrame([], columns=columns)
    finder = NameFinder(assembly.voices.names)

    def rows() -> Iterator[tuple[object, ...]]:
        ids, texts = assembly.contributions.column("contribution_id"), assembly.contributions.column("text")
        for contribution_id, text in zip(ids, texts, strict=True):
            for suggestion in finder.find(text):
                yield (contribution_id, *suggestion)

    return pd.DataFrame(list(rows()), columns=columns)


def _warnings(assembly: Assembly) -> tuple[str, ...]:
    warnings: list[str] = []
    if not assembly.config.pseudonymiser:
        warnings.append("La pseudonymisation est coupée\u00a0: les textes gardent les données personnelles.")
    warnings += [
        f"Un même long texte revient {size} fois\u00a0: sans doute un envoi groupé. Tout est gardé."
        for size in assembly.campaigns.sizes()[:5]
    ]
    if assembly.foreign:
        languages = ", ".join(f"{name} ({n})" for name, n in sorted(assembly.foreign.items()))
        warnings.append(f"Contributions dans une autre langue, mises de côté\u00a0: {languages}.")
    return tuple(warnings)
