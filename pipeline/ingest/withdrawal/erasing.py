"""A contribution erased for good: from every table, from the decision log, and from the next readings of the files."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.errors import ArtifactError, UsageError
from pipeline.folder.answers import AnswerFiles
from pipeline.folder.artifacts import DECISIONS, RunFolder
from pipeline.folder.decision_file import DecisionFile
from pipeline.folder.delivered import DRAFT, forget_delivered
from pipeline.ingest.stage import IngestResult
from pipeline.ingest.structure import CONTEXT_JOINT, CONTEXT_MAX, bare_heading
from pipeline.ingest.withdrawal.fingerprints import SAVED, Withdrawals
from pipeline.ingest.withdrawal.quotations import IN_A_TITLE, OwnWords

_BY_CONTRIBUTION = ("contributions", "items", "name_suggestions")
_BY_ITEM = {
    **dict.fromkeys(("tags", "memberships", "reviewed_tags", "reviewed_memberships", "reviewed_items"), ("item_id",)),
    **dict.fromkeys(("links", "reviewed_links"), ("from_item", "to_item")),
    "near_pairs": ("one_item", "other_item"),
    "advice": ("other",),
}
_BY_GROUP = ("groups", "reviewed_groups")


@dataclass(frozen=True)
class Withdrawal:
    """What was erased, and where it came from.

    `source` and `locator` say where the words still stand: in the file that was handed over. `others` are the texts of
    the contributions that stay: what they say too is not its own.
    """

    contribution_id: str
    source: str
    locator: str
    text: str
    item_ids: frozenset[str]
    others: tuple[str, ...] = field(repr=False)

    def own(self, least: int) -> OwnWords:
        """Runs of so many words that it alone said."""
        return OwnWords(self.text, self.others, least)


def without(result: IngestResult, withdrawals: Withdrawals) -> IngestResult:
    """What was read, less the contributions that were withdrawn from the run; the ledger still adds up."""
    withdrawn, told = withdrawals.met_in(result.contributions)
    result = dataclasses.replace(result, warnings=(*result.warnings, *told))
    gone = result.contributions[result.contributions["contribution_id"].isin(withdrawn)]
    if gone.empty:
        return result
    n_gone = gone["source"].value_counts()
    sources = gone.set_index("contribution_id")["source"]
    n_items = result.items["contribution_id"].map(sources).value_counts()
    ledger = result.ledger.copy()
    for column, counts in (("n_read", n_gone), ("n_kept", n_gone), ("n_items", n_items)):
        ledger[column] = ledger[column] - ledger["source"].map(counts).fillna(0).astype("Int64")
    frames = {name: getattr(result, name) for name in _BY_CONTRIBUTION}
    frames["contributions"] = _without_contexts(result.contributions, gone)
    kept = {
        name: frame[~frame["contribution_id"].isin(withdrawn)].reset_index(drop=True) for name, frame in frames.items()
    }
    return dataclasses.replace(result, **kept, ledger=ledger)


def _without_contexts(contributions: pd.DataFrame, gone: pd.DataFrame, *texts: str) -> pd.DataFrame:
    """What stands under a withdrawn one bears its words: a bullet that introduced, a proposal that was answered.

    Parameters
    ----------
    gone : its row and those of others, in the table or not.
    texts : words of those whose row is no longer known.
    """
    raw = [" ".join(text.split()).rstrip(" :\u00a0\u202f")[:CONTEXT_MAX] for text in (*gone["text"], *texts)]
    starts = tuple(dict.fromkeys([*raw, *map(bare_heading, raw)]))
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


def erase(run: RunFolder, asked: str) -> Withdrawal:
    """Erase a contribution from the tables and the decision log of a run; the later stages must be run again.

    Parameters
    ----------
    asked : the id of the contribution, or of one of its items.

    Raises
    ------
    UsageError : no such contribution in this run.
    """
    contributions = run.load_table("contributions")
    withdrawal = _find(run, contributions, asked)
    run.save_json(SAVED, Withdrawals.of(run).with_one(withdrawal.contribution_id, contributions).saved())
    forget_delivered(run)
    (run.path / DRAFT).unlink(missing_ok=True)  # or the stage that replaces it would keep it there
    manifest = run.load_manifest()
    written = {f"{name}.parquet": sha for name, sha in _erase_tables(run, withdrawal).items()}
    for stage, record in list(manifest["stages"].items()):
        mine = written.keys() & record["artefacts"].keys()
        if stage == "ingest":
            record["artefacts"] |= {name: written[name] for name in mine}
        elif mine:  # it is to be run again, from nothing that it gave
            del manifest["stages"][stage]
    try:
        _erase_tables(run.previous(), withdrawal)
    except ArtifactError:  # another version wrote it: nothing of it may stay, nor will it be compared with
        run.forget_previous()
    AnswerFiles(run.path).forget(withdrawal.item_ids, withdrawal.text)
    run.decisions.replace(_cleaned(run.decisions.lines(), withdrawal, withdrawal.own(IN_A_TITLE)))
    run.save_manifest(manifest)
    run.manifest.note_previous()
    for place in (Path(export.place) for export in run.exports.all()):
        if place.name == DECISIONS and place.is_file():  # of programmes that hold this run: titles may be its words
            log = DecisionFile(place)
            log.replace(_cleaned(log.lines(), withdrawal, withdrawal.own(IN_A_TITLE)))
    return withdrawal


def _find(run: RunFolder, contributions: pd.DataFrame, asked: str) -> Withdrawal:
    items = run.load_table("items")
    owner = items.loc[items["item_id"] == asked, "contribution_id"]
    contribution_id = owner.iloc[0] if len(owner) else asked
    rows = contributions[contributions["contribution_id"] == contribution_id]
    if rows.empty:
        raise UsageError(
            f"Aucune contribution « {asked} » dans {run.path}. L'identifiant se lit dans la page « Retrouver ma "
            "parole » ou dans la colonne contribution_id des tableaux (il commence par c)."
        )
    row = rows.iloc[0]
    mine = frozenset(items.loc[items["contribution_id"] == contribution_id, "item_id"])
    others = contributions.loc[contributions["contribution_id"] != contribution_id, "text"]
    return Withdrawal(contribution_id, row["source"], row["locator"], row["text"], mine, tuple(others))


def _erase_tables(folder: RunFolder, withdrawal: Withdrawal) -> dict[str, str]:
    """sha256 of the tables that were written again."""
    written: dict[str, str] = {}
    groups = _groups_of(folder, withdrawal)
    ids = withdrawal.item_ids

    def keep(name: str, column: str, gone: frozenset[str]) -> None:
        if folder.has_table(name):
            table = folder.load_table(name)
            is_gone = table[column].isin(gone)
            if is_gone.any():
                written[name] = folder.save_table(name, table[~is_gone].reset_index(drop=True))

    if folder.has_table("contributions"):
        table = folder.load_table("contributions")
        gone = table[table["contribution_id"] == withdrawal.contribution_id]
        cleaned = _without_contexts(table, gone, withdrawal.text)
        if any(len(one) != len(other) for one, other in zip(cleaned["headings"], table["headings"], strict=True)) or (
            not cleaned["context"].equals(table["context"])
        ):
            written["contributions"] = folder.save_table("contributions", cleaned)
    for name in _BY_CONTRIBUTION:
        keep(name, "contribution_id", frozenset((withdrawal.contribution_id,)))
    for name, columns in _BY_ITEM.items():
        for column in columns:
            keep(name, column, ids)
    for name in _BY_GROUP:  # a group may bear the words of its items: it is made again
        keep(name, "group_id", groups)
    keep("changes", "target_id", ids | groups)
    keep("advice", "target", ids | groups)
    if folder.has_table("ledger") and "contributions" in written:
        ledger = folder.load_table("ledger").copy()
        at = ledger["source"] == withdrawal.source
        ledger.loc[at, ["n_read", "n_kept"]] -= 1
        ledger.loc[at, "n_items"] -= len(withdrawal.item_ids)
        written["ledger"] = folder.save_table("ledger", ledger)
    return written


def _groups_of(folder: RunFolder, withdrawal: Withdrawal) -> frozenset[str]:
    found: set[str] = set()
    for name in ("memberships", "reviewed_memberships"):
        if folder.has_table(name):
            table = folder.load_table(name)
            found |= set(table.loc[table["item_id"].isin(withdrawal.item_ids), "group_id"].dropna())
    return frozenset(found)


def _cleaned(lines: list[str], withdrawal: Withdrawal, own: OwnWords) -> list[str]:
    """The decision log without the decisions on this contribution, and without its ids and words in the others."""
    kept: list[str] = []
    for line in lines:
        try:
            decision = json.loads(line)
        except (ValueError, RecursionError):
            continue  # a torn line may hold its words
        if not _is_about(decision.get("target"), withdrawal) and not _is_about_pair(decision, withdrawal):
            kept.append(json.dumps(_scrubbed(decision, withdrawal, own), ensure_ascii=False))
    return kept


def _is_about_pair(decision: dict[str, Any], withdrawal: Withdrawal) -> bool:
    """Whether it says if one of its words goes with others, or names it alone: what is left of it would say nothing."""
    target = decision.get("target")
    if not isinstance(target, dict):
        return False
    groups = target.get("groups") or []  # in a programme, an idea alone is one of them
    named = [one for one in groups if _is_about(one, withdrawal)]
    if decision.get("op") == "meme":
        return bool(named) or any(_is_about(item, withdrawal) for item in target.get("items") or [])
    return bool(named) and (decision.get("op") == "link" or len(named) == len(groups))


def _is_about(target: Any, withdrawal: Withdrawal) -> bool:
    if isinstance(target, dict):
        return _is_about(target.get("contribution_id"), withdrawal) or _is_about(target.get("item_id"), withdrawal)
    if not isinstance(target, str):
        return False
    own = target.rpartition("/")[2]  # a programme names the run first
    return own in withdrawal.item_ids or own == withdrawal.contribution_id


def _scrubbed(value: Any, withdrawal: Withdrawal, own: OwnWords) -> Any:
    if isinstance(value, dict):
        kept = {key: inner for key, inner in value.items() if not _is_about(key, withdrawal)}
        return {key: _scrubbed(inner, withdrawal, own) for key, inner in kept.items()}
    if isinstance(value, list):
        return [_scrubbed(inner, withdrawal, own) for inner in value if not _is_about(inner, withdrawal)]
    return own.scrubbed(value) if isinstance(value, str) else value
