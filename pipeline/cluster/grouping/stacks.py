"""Repeats (the same idea by one table on two channels, or by one person twice: it counts once) and stacks (the ideas of
a group that say the same thing, like post-its one on top of the other, named after the most typical; every idea of a
group is in one, alone if need be)."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.rows import unit_rows
from pipeline.language.text.folding import fold
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.cues import CON, PRO
from pipeline.language.vocabulary.degrees import measure_of
from pipeline.stances.reading import OPPOSITE, direction_of

_FIGURES = re.compile(r"\d+")
Labels = npt.NDArray[np.int64]


def same_words(text: str) -> str:
    """What two texts of the same words share."""
    return fold(text).strip(" .!?;:")


def stack_names(
    items: pd.Series, found: Labels, stacks: Labels, strengths: npt.NDArray[np.float64]
) -> list[str | None]:
    """The name of the stack of each item of an axis, None for one that no stack was found for.

    `items` : ids, shape (n,). `found, stacks` : their group and their stack, negative for none. `strengths` : shape
    (n,).
    """
    names: list[str | None] = [None] * len(items)
    ids = items.tolist()
    first: dict[tuple[int, int], str] = {}
    for row in np.lexsort((np.array(ids, dtype=object), -strengths)).tolist():
        if found[row] >= 0 and stacks[row] >= 0:
            names[row] = first.setdefault((int(found[row]), int(stacks[row])), ids[row])
    return names


def complete_stacks(sources: pd.DataFrame) -> pd.Series:
    """The column `stack_id` with what is missing of it: an item of a group joins the stack of what it repeats, or of
    its very words, or stands alone; an item in no group is in no stack; a stack is named after one of its items.

    `sources` : item_id, text, group_id, stack_id, tied_to.
    """
    groups = sources["group_id"]
    stacks = _renamed(sources, sources["stack_id"].where(groups.notna()))
    missing = groups.notna() & stacks.isna()
    if not missing.any():
        return stacks
    touched = sources[groups.isin(groups[missing].unique())].sort_values("item_id")
    at, ids, of, texts = (touched.index.tolist(), *(touched[name].tolist() for name in ("item_id", "group_id", "text")))
    words = {row: (group, same_words(text)) for row, group, text in zip(at, of, texts, strict=True)}
    rows = dict(zip(ids, at, strict=True))
    named = dict(zip(stacks.index.tolist(), stacks.tolist(), strict=True))
    known: dict[tuple[str, str], str] = {}
    for row, key in words.items():
        if not missing[row]:
            known.setdefault(key, named[row])
    came = touched.loc[missing.loc[touched.index], ["item_id", "tied_to"]]
    for row, item, lead in came.sort_values(["tied_to", "item_id"], na_position="first").itertuples():
        is_led = not pd.isna(lead) and lead in rows and words[rows[lead]][0] == words[row][0]
        named[row] = named[rows[lead]] if is_led else known.setdefault(words[row], item)
    return pd.Series(named, index=sources.index, dtype="string[pyarrow]")


def apart_stacks(sources: pd.DataFrame) -> pd.Series:
    """The column `stack_id`, no two ideas of opposite sides, of contrary wishes about a thing (« plus de », « moins
    de »), of different measures (« adapté », « trop long ») or of other words in one: those unlike the idea that their
    stack is named after leave it, then those unlike the first of them. Each is named after the fullest of its ideas.

    `sources` : item_id, text, stance, stack_id.
    """
    shared = sources[sources["stack_id"].duplicated(keep=False) & sources["stack_id"].notna()]
    told = {  # read once: a stack holds the same words most often
        text: _Said(
            "", measure_of(text), *direction_of(text), frozenset(content_stems(text)), frozenset(_FIGURES.findall(text))
        )
        for text in shared["text"].unique()
    }
    rows: dict[str, list[tuple[str, _Said, int]]] = {}
    columns = (shared[name].tolist() for name in ("item_id", "stack_id", "stance", "text"))
    for at, item, stack, stance, text in zip(shared.index, *columns, strict=True):
        rows.setdefault(stack, []).append((item, told[text]._replace(stance=stance), at))
    # a dictionary, as a column is copied at each change
    named = dict(zip(sources.index.tolist(), sources["stack_id"].tolist(), strict=True))
    for stack, found in rows.items():
        piles = list[list[tuple[str, _Said, int]]]()
        for one in sorted(found, key=lambda row: (row[0] != stack, row[0])):
            alike = (pile for pile in piles if not any(one[1].differs(said) for _, said, _ in pile))
            if (pile := next(alike, None)) is None:
                piles.append(pile := [])
            pile.append(one)
        for pile in piles:
            fullest = min((-len(said.named), item) for item, said, _ in pile)[1]
            named |= dict.fromkeys((at for *_, at in pile), fullest)
    return pd.Series(named, index=sources.index, dtype="string[pyarrow]")


class _Said(NamedTuple):
    """What tells ideas of a stack apart: their side, their measure, what thing they would have more (1) or less (-1)
    of, all that they name, and their figures."""

    stance: str
    measure: str
    thing: str
    direction: int
    named: frozenset[str]
    figures: frozenset[str]

    @property
    def sign(self) -> int:
        """1 where it is for something, -1 where it is against."""
        return {PRO: 1, CON: -1}.get(self.stance, self.direction)

    def differs(self, other: _Said) -> bool:
        """Whether both cannot say the same."""
        if self.measure and other.measure and self.measure != other.measure:
            return True
        is_near = 2 * len(self.named & other.named) >= len(self.named | other.named)
        if self.figures != other.figures or not (is_near or self.measure == other.measure != ""):
            return True
        are_sided = self.stance in OPPOSITE and other.stance in OPPOSITE
        is_contrary = self.direction * other.direction < 0 and self.thing == other.thing != ""
        are_near = self.thing in other.named or other.thing in self.named
        return is_contrary or (self.sign * other.sign < 0 and (are_sided or are_near))


def _renamed(sources: pd.DataFrame, stacks: pd.Series) -> pd.Series:
    places = pd.Index(sources["item_id"]).get_indexer(stacks)
    leads = pd.Series(sources["group_id"].array.take(places, allow_fill=True), index=sources.index)
    lost = stacks.notna() & ~leads.eq(sources["group_id"]).fillna(False)
    if not lost.any():
        return stacks
    first = sources["item_id"][lost].groupby([sources["group_id"][lost], stacks[lost]]).transform("min")
    return stacks.where(~lost, first.reindex(stacks.index))


def group_id(axis: str, medoid: str) -> str:
    """The id of a group, from its axis and the id of its most central item."""
    return "g-" + hashlib.sha256(f"{axis}\t{medoid}".encode()).hexdigest()[:12]


SAME_IDEA, SAME_WORDS = 0.6, 0.22
"""Two channels of one table say the same when their cosine, raised by up to twice `SAME_WORDS` with the share of words
in common, reaches `SAME_IDEA` and half of `SAME_WORDS`. On the demo: every tie right, four in five found."""
_BLOCK_MAX = 2_000
"""Items of one table that are compared, so that a transcript without tables costs no square."""


def find_ties(sources: pd.DataFrame, vectors: npt.NDArray[np.float16]) -> dict[str, str]:
    """Item → the item it repeats.

    `sources` : one row per item: item_id, text, axis, workshop, table, channel, voice, source; in the order of
    `vectors`. `vectors` : sentence vectors, shape (n, d).
    """
    ties = _ties_of_voices(sources, vectors) | _ties_of_files(sources)
    is_free = ~sources["item_id"].isin({*ties, *ties.values()}).to_numpy()
    blocks: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    columns = (sources[name].tolist() for name in ("axis", "workshop", "table", "channel"))
    for row, (axis, workshop, table, channel) in enumerate(zip(*columns, strict=True)):
        if is_free[row] and not pd.isna(table) and channel != "enquete":
            blocks[(axis, workshop, table)].append(row)
    for rows in blocks.values():
        channels = sources["channel"].iloc[rows].to_numpy()
        if len(set(channels)) > 1:
            ties |= _ties_of_table(sources.iloc[rows[:_BLOCK_MAX]], vectors[rows[:_BLOCK_MAX]].astype(np.float32))
    return ties


COPIED_WORDS = 8
"""Words of a text that stands in two files because one was copied into the other."""


def _ties_of_files(sources: pd.DataFrame) -> dict[str, str]:
    """Item → the same words in another file, too many for two people to write alike; of no table, and nobody known."""
    said = sources[
        sources["voice"].isna() & sources["table"].isna() & (sources["text"].str.count(" ") >= COPIED_WORDS - 1)
    ]
    first: dict[tuple[str, str, str], tuple[str, str]] = {}
    ties: dict[str, str] = {}
    columns = (said[name].tolist() for name in ("item_id", "source", "axis", "workshop", "text"))
    for item, source, axis, workshop, text in sorted(zip(*columns, strict=True), key=itemgetter(1, 0)):
        lead, file = first.setdefault((axis, workshop, " ".join(fold(text).split())), (item, source))
        if file != source:
            ties[item] = lead
    return ties


SAID_AGAIN, SAME_STEMS = 0.8, 0.75
"""A person says the same again when two of her texts have this cosine, and this share of all their words in common."""


def _ties_of_voices(sources: pd.DataFrame, vectors: npt.NDArray[np.float16]) -> dict[str, str]:
    """Item → an item of the same person that says the same, identical or nearly: whatever she pasted, she said once."""
    blocks: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    columns = (sources[name].tolist() for name in ("axis", "workshop", "voice"))
    for row, (axis, workshop, voice) in enumerate(zip(*columns, strict=True)):
        if not pd.isna(voice):
            blocks[(axis, workshop, voice)].append(row)
    ids, texts = sources["item_id"].tolist(), sources["text"].tolist()
    ties: dict[str, str] = {}
    for rows in blocks.values():
        if len(rows) > 1:
            said = [(ids[row], texts[row]) for row in rows]
            ties |= _said_again(said, vectors[rows[:_BLOCK_MAX]].astype(np.float32))
    return ties


def _said_again(said: Sequence[tuple[str, str]], vectors: npt.NDArray[np.float32]) -> dict[str, str]:
    """`said` : the id and the text of each idea of a person, identical ones known by their words, however many;
    `vectors` of the first of them, which are compared."""
    leads, ties = dict[str, str](), dict[str, str]()
    for item, text in said:
        lead = leads.setdefault(" ".join(fold(text).split()).strip(" .!?"), item)
        ties |= {item: lead} if lead != item else {}
    followed = set(ties.values())
    ids, stems = zip(*((item, set(content_stems(text))) for item, text in said[: len(vectors)]), strict=True)
    likeness = np.round(unit_rows(vectors) @ unit_rows(vectors).T, 4)
    for one, other in np.argwhere(np.triu(likeness >= SAID_AGAIN, 1)).tolist():
        lead, item = (ids[one], ids[other]) if ids[other] not in followed else (ids[other], ids[one])
        is_free = item not in followed and not {item, lead} & ties.keys()
        if is_free and len(stems[one] & stems[other]) >= SAME_STEMS * max(1, len(stems[one] | stems[other])):
            ties[item] = lead
            followed.add(lead)
    return ties


_CHANNEL_RANK = {"postit": 0, "saisie": 0, "note": 1, "transcript": 2}


def _ties_of_table(sources: pd.DataFrame, vectors: npt.NDArray[np.float32]) -> dict[str, str]:
    """Each item is tied to at most one item per other channel; the written word leads, then the most alike."""
    likeness = np.round(unit_rows(vectors) @ unit_rows(vectors).T, 4)
    stems = [set(content_stems(text)) for text in sources["text"]]
    channels = sources["channel"].tolist()
    ids = sources["item_id"].tolist()
    pairs: list[tuple[float, str, str, int, int]] = []
    for one, other in np.argwhere(np.triu(likeness >= SAME_IDEA - SAME_WORDS, 1)).tolist():
        value = float(likeness[one, other])
        if channels[one] != channels[other] and _is_same(value, stems[one], stems[other]):
            pairs.append((-value, ids[one], ids[other], one, other))
    ties, taken = dict[str, str](), set[tuple[int, str]]()
    ranks = [(_CHANNEL_RANK.get(channel, 3), item) for channel, item in zip(channels, ids, strict=True)]
    for *_, one, other in sorted(pairs):
        lead, follow = (one, other) if ranks[one] <= ranks[other] else (other, one)
        if ids[follow] in ties or ids[lead] in ties or (lead, channels[follow]) in taken:
            continue
        ties[ids[follow]] = ids[lead]
        taken.add((lead, channels[follow]))
    followed = set(ties.values())
    return {item: lead for item, lead in ties.items() if item not in followed}


def _is_same(likeness: float, one: set[str], other: set[str]) -> bool:
    smallest = min(len(one), len(other))
    common = len(one & other) / smallest if smallest else 0.0
    return likeness + 2 * SAME_WORDS * common >= SAME_IDEA + SAME_WORDS / 2
