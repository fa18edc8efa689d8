"""What was taken in → the tables of the stage, and what the person who ran it should know."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import pandas as pd

from pipeline.config import Config
from pipeline.contracts.checks import conform
from pipeline.ingest.assembly import Assembly
from pipeline.ingest.privacy.name_suggestions import NameFinder
from pipeline.ingest.reused_files import FileRecord
from pipeline.ingest.workshop import Workshop


@dataclass(frozen=True)
class IngestResult:
    """What a corpus holds; every frame follows its schema in `pipeline.contracts.checks`.

    Attributes
    ----------
    workshops, workshop_tables : from `atelier.toml`, completed by the tables met in the files.
    contributions, items : sorted by source, position; by contribution, start.
    rejects, ledger : what was left out and why; the count of each file.
    privacy_report, name_suggestions : marks put (never values); names to confirm.
    warnings : sentences in French for the person who ran it.
    records : what a later run must know of the files that were read or taken again.
    n_taken_again : how many files an earlier run had read.
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
    records: dict[str, FileRecord]
    n_taken_again: int


def gathered(
    assembly: Assembly,
    workshops: list[Workshop],
    config: Config,
    records: dict[str, FileRecord],
    are_names_known: bool,
) -> IngestResult:
    """The result of a reading that is done.

    Parameters
    ----------
    are_names_known : whether the suggestions of the earlier run still stand: its speakers are those of the corpus.
    """
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
        "name_suggestions": _suggestions(assembly, config, are_names_known),
    }
    return IngestResult(
        **{name: conform(name, table) for name, table in tables.items()},
        warnings=_warnings(assembly),
        records=records,
        n_taken_again=len(assembly.taken_again),
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


def _suggestions(assembly: Assembly, config: Config, are_names_known: bool) -> pd.DataFrame:
    """Names to confirm, in the order of the contributions; those of files that were taken again stand."""
    columns = ["contribution_id", "start", "end", "text", "reason"]
    if not config.ingest.proposer_noms:
        return pd.DataFrame([], columns=columns)
    finder, contributions = NameFinder(assembly.voices.names), assembly.contributions

    def found(start: int, end: int) -> pd.DataFrame:
        ids, texts = (islice(contributions.column(name, start), end - start) for name in ("contribution_id", "text"))
        rows = [(one, *suggestion) for one, text in zip(ids, texts, strict=True) for suggestion in finder.find(text)]
        return pd.DataFrame(rows, columns=columns)

    parts, done = [], 0
    for start, taken in assembly.taken_again if are_names_known else ():
        parts += [found(done, start), taken.rows["name_suggestions"]]
        done = start + len(taken.rows["contributions"])
    parts.append(found(done, len(contributions)))
    return pd.concat([conform("name_suggestions", part) for part in parts], ignore_index=True)


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
