"""Titles of groups that a language model proposes before people decide.

It never has the last word: a title must be true of what is said, as the lock on claims tells; no person decided
anything there, so nothing is signed, and what people decide is replayed on top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from pipeline.assistant.asking import Answer, Assistant, Failure, Ids, Question, Short
from pipeline.assistant.lock import Size, Vectors, is_order, refusal
from pipeline.assistant.support import Support
from pipeline.axes import compass
from pipeline.config import Config
from pipeline.contracts.checks import conform, empty
from pipeline.contracts.titles import OF_PEOPLE, placed_tags
from pipeline.language.text.typography import capitalized
from pipeline.language.text.words import content_stems
from pipeline.review.log.replay import read_log, replay
from pipeline.review.log.state import ReviewState
from pipeline.workshop.items import suggested_names
from pipeline.workshop.records import Item, MachineTables

TITLE = "titre"
"""The task of the table `advice` that is followed; a run of an earlier version may hold others."""
TITLE_SIZE = Size(2, 12, is_title=True)
COVERS_MIN = 0.6
"""Share of the contributions that must hold a word of a title."""
SHOWN_MAX, WORDS_MAX = 14, 50
GROUPS_MAX = 120
LEAST = 2
"""Contributions from which a group is named."""
UNKNOWN = "s’appuie sur une parole qui ne lui a pas été montrée"
NARROW = "titre qui ne dit pas la plupart des idées"


class Titled(Answer):
    """A title, and the ids of what it says."""

    titre: Short
    paroles: Ids


def advise(
    machine: MachineTables,
    assistant: Assistant,
    config: Config,
    vectors: Vectors | None = None,
    lines: Sequence[str] = (),
) -> pd.DataFrame:
    """The table `advice`: what was proposed for groups that participants did not name themselves, and why it is not
    followed where it is not.

    Parameters
    ----------
    lines : the log of decisions: what people hide, mask or do not want quoted is shown to no model.
    """
    if not config.modele.taches.titre:
        return empty("advice")
    state = ReviewState.from_machine(machine)
    shown = _shown_words(machine, replay(state, read_log(lines)).state if lines else state)
    groups = sorted(state.groups.values(), key=lambda group: (-group.n_items, group.group_id))
    asked = [
        (group, texts)
        for group in groups
        if group.origin not in OF_PEOPLE and len(texts := _texts_of(state.items_of(group.group_id), shown)) >= LEAST
    ][:GROUPS_MAX]
    answers = assistant.ask(_question(group.axis, texts) for group, texts in asked)
    rows: list[tuple[str, ...]] = []
    for (group, texts), answer in zip(asked, answers, strict=True):
        about, words = " ".join(group.title.split())[:160], list(texts.values())
        if isinstance(answer, Failure):
            rows.append((TITLE, group.group_id, f"{0:.4f}", "", about, "", answer.reason))
            continue
        title = capitalized(" ".join(answer.titre.split()).rstrip(" ."))
        flaw = _title_flaw(answer, words, config.cluster.titres.longueur_max, vectors)
        share = f"{coverage(title, words):.4f}"
        rows.append((TITLE, group.group_id, share, "" if flaw else title, about, title, flaw))
    return conform("advice", pd.DataFrame(rows, columns=empty("advice").columns))


def with_advice(machine: MachineTables) -> MachineTables:
    """The machine tables as review starts from them, axes by the titles that ideas are under: new frames, the artefacts
    stay as the stages wrote them.

    Advice about a group that is not there any more, or that people gave its title, does nothing.
    """
    tags = placed_tags(machine.tags, machine.placings)
    machine = machine if tags is machine.tags else replace(machine, tags=tags)
    taken = machine.advice[(machine.advice["refusal"] == "") & (machine.advice["task"] == TITLE)]
    if taken.empty:
        return machine
    groups = machine.groups.set_index("group_id")
    for target, share, value in taken[["target", "other", "value"]].itertuples(index=False):
        if target in groups.index and groups.loc[target, "origin"] not in OF_PEOPLE:
            groups.loc[target, "title"] = value
            groups.loc[target, "title_coverage"] = float(share) if share else np.nan
    return replace(machine, groups=conform("groups", groups.reset_index()[list(machine.groups.columns)]))


def _shown_words(machine: MachineTables, decided: ReviewState) -> dict[str, str]:
    """Item → its words with […] for what may be the name of a person; without what people keep back."""
    suggested = suggested_names(machine.name_suggestions)
    shown: dict[str, str] = {}
    for item in decided.items.values():
        if item.is_hidden or not item.is_quotable:
            continue
        spans = {*suggested.get(item.contribution_id, ()), *item.masks} - {*item.shown_names}
        shown[item.item_id] = " ".join(item.hiding(spans).split()[:WORDS_MAX])
    return shown


def _texts_of(items: Sequence[Item], shown: dict[str, str]) -> dict[str, str]:
    """One text a contribution, by the id of the first idea of each."""
    texts: dict[str, str] = {}
    owner: dict[str, str] = {}
    for item in items:
        if item.item_id not in shown or is_order(shown[item.item_id]):
            continue
        first = owner.setdefault(item.contribution_id, item.item_id)
        if first in texts or len(texts) < SHOWN_MAX:
            words = shown[item.item_id]
            texts[first] = f"{texts[first]} {words}" if first in texts else words
    return texts


def _question(axis: str, texts: dict[str, str]) -> Question[Titled]:
    words = [{"id": f"m{n}", "texte": text} for n, text in enumerate(texts.values(), 1)]
    about = {"axe": compass()[axis].name, "devise": compass()[axis].motto, "paroles": words}
    return Question(TITLE, about, Titled, tuple(texts))


def _title_flaw(answer: Titled, texts: Sequence[str], longest: int, vectors: Vectors | None) -> str:
    """Why a title is not followed; "" when it is."""
    if not answer.paroles or not set(answer.paroles) <= {f"m{n}" for n in range(1, len(texts) + 1)}:
        return UNKNOWN
    if len(answer.titre) > longest:
        return "longueur"
    reason = refusal(answer.titre, Support(tuple(texts)), TITLE_SIZE, vectors)
    return reason or ("" if coverage(answer.titre, texts) >= COVERS_MIN else NARROW)


def coverage(title: str, texts: Sequence[str]) -> float:
    """Share of the texts that hold a word of a title, in one of its forms."""
    stems = content_stems(title)
    n = sum(any(Support((text,)).holds(stem) for stem in stems) for text in texts)
    return round(n / max(1, len(texts)), 4)
