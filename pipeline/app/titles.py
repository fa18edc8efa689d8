"""Titles while a person sorts: what each act makes of the other ideas, placed again at once, without a run. What was
proposed stays where it was shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, NamedTuple

import numpy as np

from pipeline.app.places import WALL
from pipeline.axes import AXIS_CODES, COMPASS_CODES, compass
from pipeline.contracts.titles import DECIDING
from pipeline.errors import RosaceError
from pipeline.folder.artifacts import IDEAS, RunFolder
from pipeline.language.text.words import content_stems
from pipeline.place.live import LivePlacing
from pipeline.place.titles import Title, title_key, titles_of
from pipeline.restitution.material.quantifiers import bare_name
from pipeline.review.log.on_titles import groups_under
from pipeline.review.log.op import quoted
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import GivenTitle, Group, Item

N_LIKELIEST = 5
"""Titles that come first in the list of where a card to place may go."""


@dataclass(frozen=True)
class Proposal:
    """An idea that a machine would put under a title, the next one that its chance would do for, "" for none, and the
    titles that are likeliest after this one."""

    item_id: str
    chance: float
    next_id: str = ""
    near: tuple[str, ...] = ()


class Standing(NamedTuple):
    """How many ideas stand where: put under a title by people, proposed under one, to be placed, left out of all."""

    under: int
    proposed: int
    left: int
    out: int

    @classmethod
    def of(cls, state: ReviewState, sorting: Sorting, left: int) -> Standing:
        """Count each idea once."""
        out = sum(state.items[item_id].group_id is None for item_id in state.placed)
        under = sum(item.item_id in sorting.taken for item in state.ideas) - out
        return cls(under, len(state.ideas) - under - left - out, left, out)

    def since(self, before: Standing) -> str:
        """What an act changed of it, in words; "" when it changed nothing."""
        names = (("rangée", "rangées"), ("proposée", "proposées"), ("à placer",) * 2, ("hors des titres",) * 2)
        told = [
            f"{now}\u00a0{name[now > 1]}{f' ({now - was:+d})'.replace('-', '−') if now != was else ''}"
            for name, now, was in zip(names, self, before, strict=True)
            if now or was
        ]
        return ", ".join(told) if self != before else ""


_NONE = Standing(0, 0, 0, 0)


@dataclass(frozen=True)
class Sorting:
    """Where ideas are.

    Attributes
    ----------
    taken : ideas that a person put where they are, or left there when she accepted their group.
    proposed : title → the ideas that go there as far as a machine knows, the least sure first: what is worth a look.
    likeliest : idea that no title takes → its likeliest titles and their chances.
    left : what is to be placed, in the order of the wall. standing : how many ideas stand where.
    """

    taken: frozenset[str]
    proposed: Mapping[str, Sequence[Proposal]]
    likeliest: Mapping[str, Sequence[tuple[str, float]]]
    left: Sequence[Item] = ()
    standing: Standing = _NONE


@dataclass
class Sorter:
    """Titles and ideas of one run; `live` is None where chances cannot be computed again, which then stay those of the
    run.

    Attributes
    ----------
    shown : idea → the titles under which it was shown since a page was last followed, "" for none, the first
        that may still hold it first, as it was shown there. ranks : those of what is to be placed. known : titles
        that stood then, or that ideas came to since. asked : the act that followed it, before : what was shown
        before it. is_new : whether any of them changed since they were written.
    """

    live: LivePlacing | None
    item_ids: Sequence[str]
    base: Mapping[str, Title]
    shown: dict[str, dict[str, Proposal]] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    asked: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    is_new: bool = False
    _last: tuple[Any, Sorting] | None = field(default=None)

    def sort(self, state: ReviewState, key: object) -> Sorting:
        """Where ideas are shown; `key` tells a state from another."""
        if self._last is None or self._last[0] is not key:
            self._follow(state.settled)
            sorting = self._kept(state, self._sorted(state))
            left = items_to_place(state, sorting)
            self.shown = {key: places for key, places in self.shown.items() if key in state.items}
            known = sorted(filter(state.items.__contains__, self.ranks), key=self.ranks.__getitem__)
            new = [item.item_id for item in left if item.item_id not in self.ranks]
            self.is_new |= bool(new) or len(known) < len(self.ranks)
            self.ranks = {key: rank for rank, key in enumerate((*known, *new))}
            left.sort(key=lambda item: self.ranks[item.item_id])
            self._last = (key, replace(sorting, left=left, standing=Standing.of(state, sorting, len(left))))
        return self._last[1]

    def _follow(self, asked: str) -> None:
        """Show each idea where it would stand now, once an act put many where a page tells them; where it was shown
        before, once that is undone."""
        if asked == self.asked:
            return
        was, now = self.before, self.kept()
        self.recall(was if was.get("asked") == asked else {})
        self.before, self.asked, self.is_new = now, asked, True

    def kept(self) -> dict[str, Any]:
        """What was shown, as it is written."""
        shown = {
            item_id: [[key, one.chance, one.next_id] for key, one in places.items()]
            for item_id, places in self.shown.items()
        }
        return {"shown": shown, "ranks": self.ranks, "known": sorted(self.known), "asked": self.asked}

    def recall(self, kept: Mapping[str, Any]) -> None:
        """Show ideas where they were shown when it was written."""
        self.shown = {
            item_id: {key: Proposal(item_id, chance, next_id) for key, chance, next_id in places}
            for item_id, places in kept.get("shown", {}).items()
        }
        self.ranks, self.known = dict(kept.get("ranks", {})), set(kept.get("known", ()))
        self.asked, self.before = str(kept.get("asked", "")), dict(kept.get("before", {}))

    def _kept(self, state: ReviewState, now: Sorting) -> Sorting:
        """What is proposed, where it was shown: elsewhere only where it may be there no more (no, a title that is gone
        or accepted), or was under none and a title that was typed since takes it."""
        if self.live is None or not (titles := deciding(state)):
            self.is_new |= bool(self.shown)
            self.shown, self.known = {}, set()
            return now
        open_ones = titles.keys() - closed_titles(state)
        wanted = {one.item_id: (key, one) for key, some in now.proposed.items() for one in some}
        new = open_ones - self.known
        self.is_new |= not titles.keys() <= self.known
        self.known |= titles.keys()
        proposed: dict[str, list[Proposal]] = {}
        likeliest: dict[str, Sequence[tuple[str, float]]] = {}
        for item_id, near in now.likeliest.items():
            key, one = wanted.get(item_id, ("", Proposal(item_id, 0.0)))
            able = open_ones - state.refused.get(item_id, frozenset())
            at, was = self._shown_at(item_id, (key, one), able, new, state.merged)
            if not at:
                likeliest[item_id] = near
                continue
            others = tuple(title_id for title_id, _ in near if title_id != at)
            following = was.next_id if was.next_id in able - {at} else ""
            proposed.setdefault(at, []).append(replace(was, next_id=following, near=others))
        for some in proposed.values():
            some.sort(key=lambda one: (one.chance, one.item_id))  # see tests/bench/placing_acts.py
        return Sorting(now.taken, proposed, likeliest)

    def _shown_at(
        self, item_id: str, now: tuple[str, Proposal], able: Set[str], new: Set[str], merged: Mapping[str, str]
    ) -> tuple[str, Proposal]:
        """The title under which an idea is shown, and as what, noted when it comes there; `able` : the titles that may
        take it, `new` : those that were typed since."""
        places, (key, one) = self.shown.get(item_id, {}), now
        stood = ((merged.get(at, at), was) for at, was in places.items())
        at, was = next(((at, was) for at, was in stood if not at or at in able), (None, one))
        if at is None or (not at and key in new):
            self.is_new, self.shown[item_id] = True, {**places, key: one} if at is None else {key: one, **places}
            return key, one
        return at, was

    def _sorted(self, state: ReviewState) -> Sorting:
        """Where ideas would stand now, those that a title takes among `likeliest` too."""
        accepted = (state.members[key] for key, group in state.groups.items() if group.state == "accepte")
        taken = frozenset(state.placed.union(*accepted))
        titles, closed = deciding(state), closed_titles(state)
        if self.live is None or not titles:
            return _as_the_run_left(state, taken)
        asked = [self._title(state, title_id, given) for title_id, given in titles.items()]
        chances = self.live.chances(asked)
        if named := files_of_rubrics(state, titles.values()):
            whence = [state.sources[state.items[key].contribution_id].source if key in state.items else ""
                      for key in self.item_ids]  # fmt: skip
            for column, one in enumerate(titles.values()):
                chances[[bool(one.rubric) and source not in named[one.rubric] for source in whence], column] = 0.0
        order = np.argsort(-chances, axis=1, kind="stable")
        proposed: dict[str, list[Proposal]] = {}
        likeliest: dict[str, list[tuple[str, float]]] = {}
        for row, item_id in enumerate(self.item_ids):
            if item_id in taken or item_id not in state.items or state.items[item_id].aside:
                continue
            refused = state.refused.get(item_id, frozenset())
            ranked = [int(one) for one in order[row] if asked[one].title_id not in refused]
            near, sure = _near(asked, chances[row], ranked, state.chosen.get(item_id), self.live.model.cut)
            likeliest[item_id] = near
            if sure and sure[0] not in closed:
                proposed.setdefault(sure[0], []).append(Proposal(item_id, near[0][1], "".join(sure[1:2])))
        return Sorting(taken, proposed, likeliest)

    def _title(self, state: ReviewState, title_id: str, given: GivenTitle) -> Title:
        """A title with what people put under it and took away from it."""
        base = self.base.get(title_id) or Title(given.text, given.axis or None, title_id=title_id)
        groups = [key for key, one in state.titled.items() if one.title_id == title_id and key in state.members]
        under = [key for group in groups for key in state.members[group] if key in state.placed]
        refused = [key for key, ids in state.refused.items() if title_id in ids and key not in under]
        texts = [[state.items[key].text for key in sorted(some) if key in state.items] for some in (under, refused)]
        return replace(
            base,
            text=given.text,
            axis=given.axis or None,
            examples=tuple(dict.fromkeys((*base.examples, *texts[0]))),
            refused=tuple(dict.fromkeys((*base.refused, *texts[1]))),
        )


def files_of_rubrics(state: ReviewState, titles: Iterable[GivenTitle]) -> dict[str, set[str]]:
    """Rubric → the files or the meetings that it names, whose ideas alone its titles draw; {} unless each rubric of
    several names some."""
    rubrics = {one.rubric for one in titles} - {""}
    if len(rubrics) < 2:
        return {}  # asked for at each act
    said = {(one.source, name) for one in state.sources.values() for name in (PurePath(one.source).stem, one.table)}

    def read(name: str) -> frozenset[str]:
        return frozenset(content_stems(re.sub(r"[-_]", " ", bare_name(name))))

    stems = [(source, read(name)) for source, name in said if name]
    wanted = {rubric: read(rubric) for rubric in rubrics}
    named = {
        rubric: {source for source, name in stems if name and own and (name <= own or own <= name)}
        for rubric, own in wanted.items()
    }
    return named if all(named.values()) else {}


def _as_the_run_left(state: ReviewState, taken: frozenset[str]) -> Sorting:
    proposed: dict[str, list[Proposal]] = {}
    likeliest: dict[str, Sequence[tuple[str, float]]] = {}
    for item in state.ideas:
        given = state.titled.get(item.group_id or "")
        if item.item_id in taken:
            continue
        if given is not None and given.origin in DECIDING:
            proposed.setdefault(given.title_id, []).append(Proposal(item.item_id, item.strength))
        else:
            likeliest[item.item_id] = ()
    return Sorting(taken, proposed, likeliest)


def _near(
    asked: Sequence[Title], chances: Any, ranked: Sequence[int], chosen: str | None, cut: float
) -> tuple[list[tuple[str, float]], list[str]]:
    """The likeliest titles of an idea and their chances, and those that take it: the one that a language model chose,
    first."""
    if chosen:
        ranked = sorted(ranked, key=lambda one: asked[one].title_id != chosen)
    sure = [asked[one].title_id for one in ranked[:N_LIKELIEST] if chances[one] >= cut or asked[one].title_id == chosen]
    return [(asked[one].title_id, float(chances[one])) for one in ranked[:N_LIKELIEST]], sure


def proposal_of(state: ReviewState, item: Item) -> Group | None:
    """The group of the machine that an idea is in, that no title of people has and nobody said no to."""
    group, given = state.groups.get(item.group_id or ""), state.titled.get(item.group_id or "")
    return None if group is None or group.state == "rejete" or (given and given.origin in DECIDING) else group


def places_to_go(state: ReviewState, axis: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where ideas may be moved, an axis at a time ("" for all of them), this one first: the keys and the texts of the
    titles of people; while they listed none, those of what the machine proposes."""
    given = deciding(state)
    titles: dict[str, dict[str, str]] = {code: {} for code in ("", *COMPASS_CODES)}
    for title_id, one in given.items():
        titles[one.axis][title_id] = one.text
    for group in state.groups.values():
        title = state.titled.get(group.group_id)
        if (title is None or title.title_id not in given) and not (state.is_listed and group.is_proposed):
            titles[group.axis][group.group_id] = group.title
    codes = sorted(filter(titles.get, titles), key=lambda code: code != axis)
    return [(code, sorted(titles[code].items(), key=lambda one: one[1].casefold())) for code in codes]


def items_to_place(state: ReviewState, sorting: Sorting) -> list[Item]:
    """What no title takes and no person placed, on an axis or not: the ideas of a proposal together, the largest first,
    then the others by their likeliest title. While people listed no title, the groups of the machine are titles."""

    def rank(item: Item) -> tuple[int, str, str, float, str]:
        group, (title, chance) = proposal_of(state, item), (*sorting.likeliest[item.item_id], ("", 0.0))[0]
        return (-group.n_items, group.group_id, title, -chance, item.item_id) if group else (
            0, "", title, -chance, item.item_id
        )  # fmt: skip

    def is_left(item: Item) -> bool:
        group = proposal_of(state, item)
        return group is None or (state.is_listed and group.is_proposed)

    return sorted(filter(is_left, (state.items[item_id] for item_id in sorting.likeliest)), key=rank)


def since_refused(state: ReviewState, sorting: Sorting, item_ids: Sequence[str], titles: Sequence[str]) -> list[str]:
    """Where an idea that was taken away from a title is shown now, and the titles that hold nothing since."""
    given = deciding(state)
    under = {one.item_id: key for key, some in sorting.proposed.items() for one in some}
    at = given.get(under.get(item_ids[0], "")) if len(item_ids) == 1 else None
    told = [f"Elle est maintenant proposée sous {quoted(at.text)}."] if at is not None else []
    empty = [key for key in titles if key in given and not (sorting.proposed.get(key) or groups_under(state, key))]
    return [*told, *(f"{quoted(given[key].text)} n’a plus aucune idée : le texte n’en dira rien." for key in empty)]


def named_already(state: ReviewState) -> Callable[[str, str, Collection[str]], str]:
    """What says where a title of the same words stands on an axis, "" for all of them, but some titles and groups: ""
    where none does."""
    there: dict[str, list[tuple[str, str, str]]] = {}
    for code, titles in places_to_go(state, ""):
        for key, title in titles:
            where = f"sur l’axe {compass()[code].name}" if code else "sur tous les axes"
            there.setdefault(title_key(title), []).append((key, code, f"{quoted(title)} existe déjà, {where}"))

    def told_of(text: str, axis: str, but: Collection[str] = ()) -> str:
        same = there.get(title_key(text), ())
        return next((told for key, code, told in same if key not in but and (code == axis or not (code and axis))), "")

    return told_of


def closed_titles(state: ReviewState) -> set[str]:
    """The titles that a person accepted, and that no act opened again since."""
    return {
        title_id
        for title_id in state.closed
        if (groups := groups_under(state, title_id)) and all(group.state == "accepte" for group in groups)
    }


def deciding(state: ReviewState) -> dict[str, GivenTitle]:
    """The titles of people that decide, once each, in their order."""
    found = {one.title_id: one for key, one in state.titled.items() if one.axis or key == one.title_id}
    wide = {key: one for key, one in state.titled.items() if not one.axis}
    kept = [(title_id, wide.get(title_id, one)) for title_id, one in found.items() if one.origin in DECIDING]
    return dict(sorted(kept, key=lambda pair: pair[1].order))


def open_sorter(run: RunFolder) -> Sorter:
    """What sorts the ideas of a run."""
    base = {title.title_id: title for title in titles_of(run.load_table("titles"))} if run.has_table("titles") else {}
    item_ids: Sequence[str] = ()
    try:
        live, item_ids = _live(run)
    except (RosaceError, KeyError, ValueError):  # a run of an earlier version, or without its vectors
        live = None
    sorter = Sorter(live, item_ids, base)
    if run.read_file(f"{WALL}.json") is not None:
        with suppress(RosaceError, KeyError, ValueError, TypeError, AttributeError):  # damaged: it is shown anew
            sorter.recall(run.load_json(WALL))
    return sorter


def _live(run: RunFolder) -> tuple[LivePlacing, Sequence[str]]:
    from pipeline.classify.stage import in_documents
    from pipeline.place.model import load_place
    from pipeline.place.stage import Corpus

    items, tags, contributions = (run.load_table(name) for name in ("items", "tags", "contributions"))
    together, order = in_documents(items, contributions)
    vectors = np.asarray(run.load_matrix(IDEAS), dtype=np.float16)
    ideas = Corpus.of(items, contributions, run.embeddings.load(), vectors).part(order, together[order])
    item_ids = items["item_id"].iloc[order].tolist()
    axes = tags.set_index("item_id").loc[item_ids, [f"p_{code}" for code in AXIS_CODES]]
    model = load_place(str(run.manifest.load()["config"]["profil"]))
    return LivePlacing(ideas, axes.to_numpy(dtype=np.float64), model), item_ids
