"""A contribution erased for good: from every table, from the decision log, and from the next readings of the files."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline.contracts.checks import conform
from pipeline.contracts.labels import CONTEXT_JOINT
from pipeline.contracts.tables import INGESTED, TABLES
from pipeline.errors import AlreadyDoneError, ArtifactError, UsageError
from pipeline.folder.artifacts import DECISIONS, NAMES, RunFolder
from pipeline.folder.files import remove
from pipeline.folder.kept import DRAFT, AnswerFiles, DecisionFile, forget_delivered
from pipeline.ingest.stage import IngestResult, told_apart
from pipeline.ingest.structure import CONTEXT_MAX, bare_heading
from pipeline.ingest.withdrawal.fingerprints import SAVED, Withdrawals
from pipeline.ingest.withdrawal.quotations import Left, OwnWords, clear_files

_BACK = "contribution retirée de ces résultats, revenue dans un autre fichier"
_PLACES_TOLD = 3
_BY_CONTRIBUTION = ("contributions", "items", "positions", "name_suggestions")
_TOUCHED = (*_BY_CONTRIBUTION, "ledger")
"""Tables of the reading that hold something of a contribution: they are written again without it."""
_READ = (*_TOUCHED, "rejects")
Tables = dict[str, Any]
"""Frames, by name."""
_KEPT = ("ingest", "embed")
"""Stages that go on from what they gave; all that the others gave is removed, and made again from nothing."""
_MADE = (DRAFT, "facts.json", "plan.json", "forms.json", "mur.json", "advice.parquet")
_NAMING = ("contribution_id", "item_id", "from_item", "to_item", "answer", "obstacle")
"""What names an idea in a decision; a link names two."""


def without(result: IngestResult, withdrawals: Withdrawals) -> IngestResult:
    """What was read, less the contributions that were withdrawn from the run; the ledger still adds up.

    One that stands where it was withdrawn goes in silence; one that came back elsewhere is set aside with its reason.
    """
    met, near = withdrawals.met_in(result.contributions)
    gone = result.contributions[result.contributions["contribution_id"].isin(met | near)]
    if gone.empty:
        return result
    tables, warnings = {name: getattr(result, name) for name in _READ}, result.warnings
    back = gone.loc[gone["contribution_id"].isin(near), ["source", "locator"]]
    if len(back):
        rejects = pd.concat([result.rejects, conform("rejects", back.assign(reason="retiree", detail=_BACK))])
        tables["rejects"] = told_apart(rejects.sort_values("source", kind="stable").reset_index(drop=True))
        warnings = (*warnings, _told_back([", ".join(place) for place in back.itertuples(index=False, name=None)]))
    return dataclasses.replace(result, warnings=warnings, **_less(tables, met | near, tuple(gone["text"])))


def _told_back(places: list[str]) -> str:
    told = "\u202f; ".join(places[:_PLACES_TOLD])
    more = f" et {len(places) - _PLACES_TOLD} autres" if len(places) > _PLACES_TOLD else ""
    return (
        f"Les mots de contributions retirées sont revenus dans d'autres fichiers ({told}{more})\u00a0: ils sont mis de "
        "côté. Supprimez-les de ces fichiers."
    )


def _less(tables: Tables, withdrawn: Collection[str], texts: tuple[str, ...]) -> Tables:
    """The tables of `_READ` without withdrawn contributions, nor their `texts` where they stand above others."""
    whole = tables["contributions"]
    tables = tables | {
        "contributions": _without_contexts(whole, whole[whole["contribution_id"].isin(withdrawn)], texts),
        "positions": _answering_none(tables["positions"], withdrawn, texts),
    }
    for name in _BY_CONTRIBUTION:
        tables[name] = tables[name][~tables[name]["contribution_id"].isin(withdrawn)].reset_index(drop=True)
    sources = tables["contributions"].set_index("contribution_id")["source"]
    held = {
        "n_kept": sources,
        "n_rejected": tables["rejects"]["source"],
        "n_items": tables["items"]["contribution_id"].map(sources),
    }
    ledger = tables["ledger"]
    counted = ledger.assign(
        **{name: ledger["source"].map(of.value_counts()).fillna(0).astype("Int64") for name, of in held.items()}
    )
    n_read = counted["n_kept"] + counted["n_rejected"] + counted["n_positions"]
    return tables | {"ledger": counted.assign(n_read=n_read)}


def _without_contexts(contributions: pd.DataFrame, gone: pd.DataFrame, texts: tuple[str, ...]) -> pd.DataFrame:
    """What stands under a withdrawn one bears its words: a bullet that introduced, a proposal that was answered."""
    starts = _starts(texts)
    titled = _titled_alone(contributions, gone)

    def cleaned(context: str, parts: Iterable[str]) -> list[str]:
        theirs = (*starts, context.split(CONTEXT_JOINT)[-1]) if context in titled else starts
        return [part for part in parts if part.rstrip("…") and not _is_one(part, theirs)]

    contexts = contributions["context"]
    distinct = {
        one: "" if _is_one(one, starts) else cleaned(one, one.split(CONTEXT_JOINT)) for one in contexts.unique()
    }
    told = contexts.map({one: CONTEXT_JOINT.join(parts) for one, parts in distinct.items()}).astype(contexts.dtype)
    headings = [cleaned(context, above) for context, above in zip(contexts, contributions["headings"], strict=True)]
    return contributions.assign(context=told, headings=pd.Series(headings, index=contributions.index, dtype=object))


def _answering_none(positions: pd.DataFrame, withdrawn: Collection[str], texts: tuple[str, ...]) -> pd.DataFrame:
    """Positions on a withdrawn contribution: on nothing that is known, since what they are about is its words."""
    starts = _starts(texts)
    is_titled = np.array([_is_one(about, starts) for about in positions["about"]], dtype=bool)
    is_on = positions["target"].isin(withdrawn).to_numpy(dtype=bool) | is_titled
    if not is_on.any():
        return positions
    return positions.assign(target=positions["target"].mask(is_on), about=positions["about"].mask(is_on, ""))


def _starts(texts: Iterable[str]) -> tuple[str, ...]:
    """What stands above others of texts: a heading, a context."""
    raw = [" ".join(text.split()).rstrip(" :\u00a0\u202f")[:CONTEXT_MAX] for text in texts]
    return tuple(dict.fromkeys([*raw, *map(bare_heading, raw)]))


def _titled_alone(contributions: pd.DataFrame, gone: pd.DataFrame) -> frozenset[str]:
    """Contexts that end on the title of a withdrawn one: a file that titles each of its rows, and no row left there."""
    found: set[str] = set()
    for source, rows in gone[gone["context"] != ""].groupby("source"):
        contexts = contributions.loc[contributions["source"] == source, ["contribution_id", "context"]]
        if 2 * contexts["context"].nunique() > len(contexts):
            is_left = ~contexts["contribution_id"].isin(gone["contribution_id"])
            found |= set(rows["context"]) - set(contexts.loc[is_left, "context"])
    return frozenset(found)


def _is_one(part: str, starts: tuple[str, ...]) -> bool:
    return any(part == start or (part.endswith("…") and start.startswith(part[:-1][:CONTEXT_MAX])) for start in starts)


@dataclass(frozen=True)
class Withdrawal:
    """What is erased, and where it came from.

    `source` and `locator` say where the words still stand: in the file that was handed over. `own` are those that it
    alone said.
    """

    contribution_id: str
    source: str
    locator: str
    text: str
    item_ids: frozenset[str]
    own: OwnWords = field(repr=False, compare=False)

    @classmethod
    def of(cls, run: RunFolder, asked: str) -> Withdrawal:
        """That of a contribution, by its id or that of one of its items.

        Raises
        ------
        UsageError : no such contribution in this run.
        AlreadyDoneError : it has been withdrawn.
        """
        contributions, items = run.load_table("contributions"), run.load_table("items")
        owner = items.loc[items["item_id"] == asked, "contribution_id"]
        contribution_id = owner.iloc[0] if len(owner) else asked
        is_it = contributions["contribution_id"] == contribution_id
        if not is_it.any():
            if any(one.contribution_id == asked for one in Withdrawals.of(run).all):
                raise AlreadyDoneError(
                    f"La contribution {asked} a déjà été retirée de {run.path}\u00a0: rien ne reste à faire."
                )
            raise UsageError(
                f"Aucune contribution « {asked} » dans {run.path}. L'identifiant se lit dans la page « Retrouver ma "
                "parole » ou dans la colonne contribution_id des tableaux (il commence par c)."
            )
        row = contributions[is_it].iloc[0]
        mine = frozenset(items.loc[items["contribution_id"] == contribution_id, "item_id"])
        own = OwnWords(row["text"], contributions.loc[~is_it, "text"])
        return cls(contribution_id, row["source"], row["locator"], row["text"], mine, own)


def erase(run: RunFolder, withdrawal: Withdrawal) -> Left:
    """Erase a contribution from all that a run holds; the stages after the reading must be run again.

    What quotes it goes first, its row last: when that is interrupted, it is asked again and done from the start.
    """
    manifest = run.manifest.load()
    kept = {name: record for name, record in manifest["stages"].items() if name in _KEPT}
    record = kept.pop("ingest", None)  # its tables are about to be others: none is taken for whole meanwhile
    run.manifest.save(manifest | {"stages": kept})
    forget_delivered(run)
    AnswerFiles(run.path).remove(lambda _: True)
    run.forget_previous()
    for name in (*(f"{table}.parquet" for table in TABLES if table not in INGESTED), *_MADE):
        remove(run.path / name)
    _erase_from_decisions(run, withdrawal)
    left = clear_files(run, withdrawal.own)
    withdrawals = Withdrawals.of(run).with_one(withdrawal.contribution_id, run.load_table("contributions"))
    run.save_json(SAVED, withdrawals.saved())
    run.save_matrix(NAMES, np.zeros(0))
    _erase_from_tables(run, withdrawal)
    digests = {name: run.manifest.digest(run.path / name) for name in (record or {}).get("artefacts", ())}
    if record is not None and None not in digests.values():
        told = [withdrawal.own.scrubbed(line) for line in record.get("warnings", ())]
        kept["ingest"] = record | {"artefacts": digests, "warnings": told}
        run.manifest.save(manifest | {"stages": kept})
    return left


def _erase_from_tables(run: RunFolder, withdrawal: Withdrawal) -> None:
    """Of those of the reading, contributions last."""
    tables = run.earlier_tables(_READ)
    if tables is None:  # one is damaged: they are read again from the files
        for name in _TOUCHED:
            remove(run.path / f"{name}.parquet")
        return
    left = _less(tables, {withdrawal.contribution_id}, (withdrawal.text,))
    for name in sorted(left, key="contributions".__eq__):
        if not left[name].equals(tables[name]):
            run.save_table(name, left[name])


def _erase_from_decisions(run: RunFolder, withdrawal: Withdrawal) -> None:
    """Of the run, and of the programmes that hold it: titles there may be its words."""
    run.decisions.replace(_cleaned(run.decisions.lines(), withdrawal))
    for place in (Path(export.place) for export in run.exports.all()):
        if place.name == DECISIONS and place.is_file():
            log = DecisionFile(place)
            with suppress(ArtifactError):  # a folder where nobody may write: it is named to people at the end
                log.replace(_cleaned(log.lines(), withdrawal))


def _cleaned(lines: list[str], withdrawal: Withdrawal) -> list[str]:
    """The decision log without the decisions on this contribution, and without its ids and words in the others.

    What only says to undo or redo a decision that goes, goes too.
    """
    told: list[tuple[dict[str, Any], dict[str, Any] | None]] = []
    for line in lines:
        try:
            decision = json.loads(line)
        except (ValueError, RecursionError):
            continue  # a torn line may hold its words
        if isinstance(decision, dict):
            told.append((decision, _without_it(decision, withdrawal)))
    gone = [decision["decision_id"] for decision, left in told if left is None and "decision_id" in decision]
    return [
        json.dumps(left, ensure_ascii=False)
        for decision, left in told
        if left is not None and _in(decision, "target", "decision_id") not in gone
    ]


def _in(decision: dict[str, Any], part: str, name: str) -> Any:
    held = decision.get(part)
    return held.get(name) if isinstance(held, dict) else None


def _without_it(decision: dict[str, Any], withdrawal: Withdrawal) -> dict[str, Any] | None:
    """A decision less this contribution; None when nothing stays of what it named, one alone of a pair, or a group that
    held the words of this contribution alone."""
    if _is_about(decision.get("target"), withdrawal):
        return None
    left: dict[str, Any] = _scrubbed(decision, withdrawal)
    for name in ("items", "groups", "links"):
        named, kept = _in(decision, "target", name) or [], _in(left, "target", name) or []
        is_pair = decision.get("op") == "meme" or (decision.get("op") == "link" and name == "groups")
        if len(kept) < len(named) and (not kept or is_pair):
            return None
    was, members = _in(decision, "before", "members"), _in(left, "before", "members")
    named = _in(left, "target", "groups") or [] if isinstance(was, dict) and isinstance(members, dict) else []
    return None if any(was.get(one) and not members.get(one) for one in named if isinstance(one, str)) else left


def _is_about(target: Any, withdrawal: Withdrawal) -> bool:
    if isinstance(target, dict):
        return any(_is_about(target.get(name), withdrawal) for name in _NAMING)
    if not isinstance(target, str):
        return False
    own = target.rpartition("/")[2]  # a programme names the run first
    return own in withdrawal.item_ids or own == withdrawal.contribution_id


def _scrubbed(value: Any, withdrawal: Withdrawal) -> Any:
    if isinstance(value, dict):
        kept = {key: inner for key, inner in value.items() if not _is_about(key, withdrawal)}
        return {key: _scrubbed(inner, withdrawal) for key, inner in kept.items()}
    if isinstance(value, list):
        return [_scrubbed(inner, withdrawal) for inner in value if not _is_about(inner, withdrawal)]
    return withdrawal.own.scrubbed(value) if isinstance(value, str) else value
