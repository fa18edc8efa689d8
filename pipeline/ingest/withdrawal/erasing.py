"""A contribution erased for good: from every table, from the decision log, and from the next readings of the files."""

import dataclasses
import json
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline.contracts.checks import conform
from pipeline.contracts.tables import INGESTED, TABLES
from pipeline.errors import AlreadyDoneError, ArtifactError, UsageError
from pipeline.folder.artifacts import DECISIONS, RunFolder
from pipeline.folder.files import remove
from pipeline.folder.kept import DRAFT, AnswerFiles, DecisionFile, forget_delivered
from pipeline.ingest.stage import IngestResult, told_apart
from pipeline.ingest.structure import CONTEXT_JOINT, CONTEXT_MAX, bare_heading
from pipeline.ingest.withdrawal.fingerprints import SAVED, Withdrawals, told_back
from pipeline.ingest.withdrawal.pending import PENDING, Pending, Withdrawal
from pipeline.ingest.withdrawal.quotations import IN_A_FILE, IN_A_TITLE, Left, OwnWords, clear_files, words

_BACK = "contribution retirée de ces résultats, revenue dans un autre fichier"
_BY_CONTRIBUTION = ("contributions", "items", "positions", "name_suggestions")
_TOUCHED = (*_BY_CONTRIBUTION, "ledger")
"""Tables of the reading that hold something of a contribution: they are written again without it."""
_READ = (*_TOUCHED, "rejects")
Tables = dict[str, Any]
"""Frames, by name."""
_KEPT = ("ingest", "embed")
"""Stages that go on from what they gave; all that the others gave is removed, and made again from nothing."""
_NAMING = ("contribution_id", "item_id", "from_item", "to_item", "answer", "obstacle")
"""What names an idea in a decision; a link names two."""


def without(result: IngestResult, withdrawals: Withdrawals) -> IngestResult:
    """What was read, less the contributions that were withdrawn from the run; the ledger still adds up.

    One that stands where it was withdrawn goes in silence; one that came back elsewhere is set aside with its reason.
    """
    met, told = withdrawals.met_in(result.contributions)
    near = withdrawals.come_back(result.contributions) - met
    withdrawn = met | near
    gone = result.contributions[result.contributions["contribution_id"].isin(withdrawn)]
    if near:
        rows = gone[gone["contribution_id"].isin(near)]
        told = (
            *told,
            told_back([f"{one}, {place}" for one, place in zip(rows["source"], rows["locator"], strict=True)]),
        )
    result = dataclasses.replace(result, warnings=(*result.warnings, *told))
    if gone.empty:
        return result
    tables = {name: getattr(result, name) for name in _READ}
    back = gone[~gone["contribution_id"].isin([one.contribution_id for one in withdrawals.all])]
    if len(back):
        aside = back[["source", "locator"]].assign(reason="retiree", detail=_BACK)
        rejects = pd.concat([result.rejects, conform("rejects", aside)]).sort_values("source", kind="stable")
        tables["rejects"] = told_apart(rejects.reset_index(drop=True))
    return dataclasses.replace(result, **_less(tables, withdrawn, tuple(gone["text"])))


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


def erase(run: RunFolder, asked: str) -> Withdrawal:
    """Erase a contribution from the tables and the decision log of a run; the later stages must be run again.

    The intent is on the disk first; until `close`, whoever comes next carries on from there (`carry_out`).

    Raises
    ------
    UsageError : no such contribution in this run.
    AlreadyDoneError : it has been withdrawn, and all is done.

    `asked` : the id of the contribution, or of one of its items.
    """
    pending = carry_out(run)
    known = pending.find(asked)
    if known is None:
        known = _find(run, asked)
        pending.with_one(known).save(run)
        carry_out(run)
    return known


def carry_out(run: RunFolder) -> Pending:
    """Erase from tables and decisions what the journal of the run names, where that is not done; gives the journal.

    Each file is written in one step, and what is done twice is done once.
    """
    pending = Pending.of(run)
    for withdrawal in pending.withdrawals:
        if not withdrawal.is_erased:
            _erase(run, withdrawal)
            pending = pending.with_one(dataclasses.replace(withdrawal, is_erased=True))
            pending.save(run)
    return pending


def close(run: RunFolder) -> Left:
    """Remove the files that still quote what was erased, once the run is made again, then the journal."""
    pending = Pending.of(run)
    run.exports.forget(path for path in pending.removed if not path.exists())

    def note(paths: list[Path]) -> None:
        if paths:
            pending.with_removed(paths).save(run)

    titles = dict.fromkeys(title for one in pending.withdrawals for title in one.titles)
    owns = [one.own(IN_A_FILE) for one in pending.withdrawals]
    left = clear_files(run, *owns, *(OwnWords(title, (), len(words(title))) for title in titles), note=note)
    gone = (path for path in pending.removed if not path.exists())
    left = dataclasses.replace(
        left,
        removed=tuple(dict.fromkeys((*gone, *left.removed))),
        edited=tuple(path for path in left.edited if path != run.path / PENDING),  # the last to go
    )
    Pending.close(run)
    return left


def _erase(run: RunFolder, withdrawal: Withdrawal) -> None:
    run.save_json(SAVED, _noted(run, withdrawal).saved())
    forget_delivered(run)
    manifest = run.load_manifest()
    manifest["stages"] = {name: record for name, record in manifest["stages"].items() if name in _KEPT}
    touched = {f"{name}.parquet" for name in _TOUCHED}
    record = manifest["stages"].get("ingest")
    if record is not None:  # its tables are about to be others: none is checked meanwhile
        record["artefacts"] = {name: sha for name, sha in record["artefacts"].items() if name not in touched}
    run.save_manifest(manifest)
    _erase_from_tables(run, withdrawal)
    AnswerFiles(run.path).forget(withdrawal.item_ids, withdrawal.text)
    _erase_from_decisions(run, withdrawal, withdrawal.own(IN_A_TITLE))
    if record is not None:
        digests = {name: run.manifest.digest(run.path / name) for name in sorted(touched)}
        if None in digests.values():
            del manifest["stages"]["ingest"]
        else:
            record["artefacts"] |= digests
        run.save_manifest(manifest)


def _erase_from_tables(run: RunFolder, withdrawal: Withdrawal) -> None:
    """Of those of the reading; what later stages gave is removed whole, and so is the state before."""
    run.forget_previous()
    later = [f"{table}.parquet" for table in TABLES if table not in INGESTED]
    for name in (*later, DRAFT, "facts.json", "plan.json", "forms.json", "mur.json"):
        remove(run.path / name)
    tables = run.earlier_tables(_READ)
    if tables is None:  # one is damaged: they are read again from the files
        for name in _TOUCHED:
            remove(run.path / f"{name}.parquet")
        return
    for name, left in _less(tables, {withdrawal.contribution_id}, (withdrawal.text,)).items():
        if not left.equals(tables[name]):
            run.save_table(name, left)


def _erase_from_decisions(run: RunFolder, withdrawal: Withdrawal, own: OwnWords) -> None:
    """Of the run, and of the programmes that hold it: titles there may be its words."""
    run.decisions.replace(_cleaned(run.decisions.lines(), withdrawal, own))
    for place in (Path(export.place) for export in run.exports.all()):
        if place.name == DECISIONS and place.is_file():
            log = DecisionFile(place)
            with suppress(ArtifactError):  # a folder where nobody may write: it is named to people at the end
                log.replace(_cleaned(log.lines(), withdrawal, own))


def _noted(run: RunFolder, withdrawal: Withdrawal) -> Withdrawals:
    """The withdrawals of the run, this one included."""
    kept = Withdrawals.of(run)
    found = run.earlier_tables(("contributions",))
    if found is not None:
        table = found["contributions"]
        is_there = (table["contribution_id"] == withdrawal.contribution_id).any()
        return kept.with_one(withdrawal.contribution_id, table) if is_there else kept
    if any(one.contribution_id == withdrawal.contribution_id for one in kept.all):
        return kept
    row = {"contribution_id": withdrawal.contribution_id, "source": withdrawal.source, "channel": withdrawal.channel}
    return kept.with_one(withdrawal.contribution_id, pd.DataFrame([row | {"text": withdrawal.text}]))


def _find(run: RunFolder, asked: str) -> Withdrawal:
    contributions, items = run.load_table("contributions"), run.load_table("items")
    owner = items.loc[items["item_id"] == asked, "contribution_id"]
    contribution_id = owner.iloc[0] if len(owner) else asked
    rows = contributions[contributions["contribution_id"] == contribution_id]
    if rows.empty:
        if any(one.contribution_id == asked for one in Withdrawals.of(run).all):
            raise AlreadyDoneError(
                f"La contribution {asked} a déjà été retirée de {run.path}\u00a0: rien ne reste à faire."
            )
        raise UsageError(
            f"Aucune contribution « {asked} » dans {run.path}. L'identifiant se lit dans la page « Retrouver ma "
            "parole » ou dans la colonne contribution_id des tableaux (il commence par c)."
        )
    row = rows.iloc[0]
    mine = tuple(items.loc[items["contribution_id"] == contribution_id, "item_id"])
    others = tuple(contributions.loc[contributions["contribution_id"] != contribution_id, "text"])
    found = Withdrawal(contribution_id, row["source"], row["locator"], row["channel"], row["text"], mine, others=others)
    return dataclasses.replace(found, titles=_titles_of(run, found.own(IN_A_TITLE)))


def _titles_of(run: RunFolder, own: OwnWords) -> tuple[str, ...]:
    """What was written about groups in the words of a contribution, by the machine or by people, in order."""
    tables = run.earlier_tables(("reviewed_groups",)) or {}
    told = [title for table in tables.values() for title in table["title"]]
    for line in run.decisions.lines():
        with suppress(ValueError, RecursionError):
            told += _strings(json.loads(line))
    return tuple(dict.fromkeys(title for title in told if own.are_in(title)))


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = [*value.values()]
    return (
        [one for inner in value for one in _strings(inner)]
        if isinstance(value, list)
        else [value] * isinstance(value, str)
    )


def _cleaned(lines: list[str], withdrawal: Withdrawal, own: OwnWords) -> list[str]:
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
            told.append((decision, _without_it(decision, withdrawal, own)))
    gone = [decision["decision_id"] for decision, left in told if left is None and "decision_id" in decision]
    return [
        json.dumps(left, ensure_ascii=False)
        for decision, left in told
        if left is not None and _in(decision, "target", "decision_id") not in gone
    ]


def _in(decision: dict[str, Any], part: str, name: str) -> Any:
    held = decision.get(part)
    return held.get(name) if isinstance(held, dict) else None


def _without_it(decision: dict[str, Any], withdrawal: Withdrawal, own: OwnWords) -> dict[str, Any] | None:
    """A decision less this contribution; None when nothing stays of what it named, one alone of a pair, or a group that
    held the words of this contribution alone."""
    if _is_about(decision.get("target"), withdrawal):
        return None
    left: dict[str, Any] = _scrubbed(decision, withdrawal, own)
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


def _scrubbed(value: Any, withdrawal: Withdrawal, own: OwnWords) -> Any:
    if isinstance(value, dict):
        kept = {key: inner for key, inner in value.items() if not _is_about(key, withdrawal)}
        return {key: _scrubbed(inner, withdrawal, own) for key, inner in kept.items()}
    if isinstance(value, list):
        return [_scrubbed(inner, withdrawal, own) for inner in value if not _is_about(inner, withdrawal)]
    return own.scrubbed(value) if isinstance(value, str) else value
