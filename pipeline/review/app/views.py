"""What each screen shows, from the state in memory; lists are cut in pages so that every act stays quick."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from pipeline.axes import COMPASS_CODES, HORS_AXE, compass
from pipeline.language.typography import unaccented
from pipeline.review.app.draft import Draft
from pipeline.review.session import Session
from pipeline.review.state import Group, Item, Link

Row = TypeVar("Row")
FOLLOWING = 3


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A part of a list: its rows, its number from 1, the number of pages and of rows in all."""

    rows: Sequence[Row]
    number: int
    n_pages: int
    total: int


def cut(rows: Sequence[Row], number: int, size: int) -> Page[Row]:
    """Page `number` of a list; a number out of range gives the nearest page."""
    n_pages = max(1, -(-len(rows) // size))
    number = min(max(1, number), n_pages)
    return Page(rows[(number - 1) * size : number * size], number, n_pages, len(rows))


_folded = lru_cache(maxsize=200_000)(unaccented)


def matcher(query: str) -> Callable[[str], bool]:
    """A test of texts: every word of the query is there, accents and case aside."""
    words = unaccented(query).split()

    def holds(text: str) -> bool:
        folded = _folded(text)
        return all(word in folded for word in words)

    return holds


# progress --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How far the review is: groups of the draft, words to re-read, names."""

    n_draft: int
    n_draft_done: int
    n_doubtful: int
    n_acts: int

    @property
    def share(self) -> int:
        """Part of the draft's groups that are reviewed, in percent, for the bar."""
        return round(100 * self.n_draft_done / self.n_draft) if self.n_draft else 0


def is_done(group: Group) -> bool:
    """Whether a person judged the group."""
    return group.state in ("accepte", "rejete")


def progress(session: Session, draft: Draft) -> Progress:
    """Counts of the header."""
    groups = [session.state.groups[key] for key in draft.group_ids if key in session.state.groups]
    undone = session.log.undone()
    return Progress(
        n_draft=len(groups),
        n_draft_done=sum(is_done(group) for group in groups),
        n_doubtful=sum(item.status == "a_relire" for item in session.state.items.values()),
        n_acts=sum(d.op not in ("undo", "redo") and d.decision_id not in undone for d in session.log.decisions),
    )


# screens ---------------------------------------------------------------------------------------------------


def list_groups(session: Session, draft: Draft, scope: str, axis: str, kept: str, query: str) -> list[Group]:
    """Groups of the draft (or all), of one axis (or all), in one state (or all), that hold the words searched."""
    state, in_draft, test = session.state, set(draft.group_ids), matcher(query)
    axes = [axis] if axis in COMPASS_CODES else COMPASS_CODES
    found = [group for code in axes for group in state.ordered_groups(code)]
    if scope != "tous" and in_draft:
        found = [group for group in found if group.group_id in in_draft]
    if kept:
        found = [group for group in found if group.state == kept]
    if query:
        texts = {
            group.group_id: [group.title, *(item.text for item in state.items_of(group.group_id))] for group in found
        }
        found = [group for group in found if any(test(text) for text in texts[group.group_id])]
    return found


def doubtful(session: Session, draft: Draft) -> list[Item]:
    """Items to re-read: first those that the draft quotes, then those of its groups, then the most widely met."""
    state, in_draft = session.state, set(draft.group_ids)

    def effect(item: Item) -> tuple[bool, bool, float, float, str]:
        group = state.groups.get(item.group_id or "")
        recurrence = group.recurrence if group else 0.0
        is_used = item.group_id in in_draft
        return (item.item_id not in draft.item_ids, not is_used, -recurrence, item.confidence, item.item_id)

    return sorted((item for item in state.items.values() if item.status == "a_relire"), key=effect)


def rest(session: Session, kind: str, axis: str, query: str) -> list[Item]:
    """Weak signals, items off the axes, hidden items, or every item."""
    state, test = session.state, matcher(query)
    tests: dict[str, Callable[[Item], bool]] = {
        "signaux": lambda item: item.group_id is None and item.axis != HORS_AXE,
        "hors_axe": lambda item: item.axis == HORS_AXE,
        "masquees": lambda item: item.is_hidden or not item.is_quotable,
        "toutes": lambda _: True,
    }
    is_of_kind = tests.get(kind, tests["signaux"])
    found = [item for item in state.items.values() if is_of_kind(item) and (not axis or item.axis == axis)]
    return [item for item in found if test(item.text)]


@dataclass(frozen=True)
class Bundle:
    """Links between one group of obstacles and one group of answers, judged together; groups are None for loose items.

    Attributes
    ----------
    pairs : obstacle and answer items with their link, the surest first.
    state : what was said of all of them: machine, juste, faux, or partage when they differ.
    """

    obstacle: Group | None
    answer: Group | None
    pairs: list[tuple[Item, Item, Link]]
    state: str
    decided_by: str | None


def bundle_links(session: Session, draft: Draft) -> list[Bundle]:
    """Links by pair of groups: those of the draft first, then the most numerous; loose items last."""
    state, in_draft = session.state, set(draft.group_ids)
    found: dict[tuple[str, str], list[tuple[Item, Item, Link]]] = {}
    for (obstacle, answer), link in state.links.items():
        ends = state.items[obstacle], state.items[answer]
        key = (ends[0].group_id or f"-{obstacle}", ends[1].group_id or f"-{answer}")
        found.setdefault(key, []).append((*ends, link))

    def weight(key: tuple[str, str]) -> tuple[bool, bool, int, tuple[str, str]]:
        return (key[0] not in in_draft, any(end.startswith("-") for end in key), -len(found[key]), key)

    bundles = []
    for key in sorted(found, key=weight):
        pairs = sorted(found[key], key=lambda row: (-row[2].score, row[0].item_id, row[1].item_id))
        said = {row[2].state for row in pairs}
        verdict = said.pop() if len(said) == 1 else "partage"
        bundles.append(
            Bundle(state.groups.get(key[0]), state.groups.get(key[1]), pairs, verdict, pairs[0][2].decided_by)
        )
    return bundles


def stances(session: Session) -> list[tuple[Group, list[Item]]]:
    """Groups in which someone is against, or two sides were heard, with the items that take a side."""
    state = session.state
    sided: dict[str, list[Item]] = {}
    for item in state.items.values():
        if item.group_id is not None and item.stance in ("contre", "nuance"):
            sided.setdefault(item.group_id, []).append(item)
    return [(state.groups[key], state.items_of(key)) for key in sorted(sided, key=lambda key: -len(sided[key]))]


def names_to_check(session: Session, suggestions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Suspected names, those not yet decided first, each with its contribution around it and what was decided."""
    rows = []
    for row in suggestions:
        source = session.state.sources.get(row["contribution_id"])
        if source is None:
            continue
        span = (int(row["start"]), int(row["end"]))
        items = [session.state.items[key] for key in session.state.by_contribution.get(row["contribution_id"], ())]
        decided = next(
            (
                name
                for name, field in (("masqué", "masks"), ("nommé avec accord", "named"), ("gardé", "not_names"))
                if any(span in getattr(item, field) for item in items)
            ),
            None,
        )
        rows.append({**row, "source": source, "decided": decided, "n_items": len(items)})
    return sorted(rows, key=lambda row: row["decided"] is not None)


def surroundings(session: Session, item: Item) -> tuple[str, str, str]:
    """The contribution before, the item's own words, and the contribution after, to be read as one."""
    text = session.state.sources[item.contribution_id].text
    return text[: item.start], text[item.start : item.end], text[item.end :]


def axis_options() -> list[tuple[str, str]]:
    """Codes and names of the four axes and of hors axe."""
    return [(code, axis.name) for code, axis in compass().items()]
