"""Labelled items → the tables `groups` and `themes`: words, titles, counts, and what groups are about, in the same
words and order on every axis: what people named (the rubric of a title, the groups of participants, the subject of a
table), else a list that someone gives, else the usual subjects of a territory, and « Autres sujets » for the rest."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from math import nan
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.corpus import Corpus
from pipeline.cluster.given import themes_of_groups
from pipeline.cluster.naming.titles import GroupTexts, Title
from pipeline.contracts.checks import empty
from pipeline.contracts.labels import TITLE_READ_MAX
from pipeline.contracts.titles import MACHINE
from pipeline.language.text.words import content_words, stem, words
from pipeline.language.vocabulary.concepts import (
    GENERIC,
    ONLY_PLURAL,
    OTHERS,
    Subject,
    concept_pattern,
    concepts_of,
    subject_of,
    usual_subjects,
    usual_subjects_of,
)
from pipeline.stances.counting import Heard, count_sides, count_spread
from pipeline.stances.objects import side_under

TITLE_SHARE = 0.5
"""For how many members a title counts when the theme is chosen: half of them, it says what the group is about."""
Members = Mapping[str, Sequence[Any]]
"""The members of a group: lists by column, one entry per item."""
Titling = Callable[[Sequence[GroupTexts]], list[Title]]
"""Groups → their titles."""


class GivenTitle(NamedTuple):
    """A title that the machine did not choose: whose it is, and the theme that it says, "" for none."""

    text: str
    origin: str
    theme: str = ""

    def as_title(self) -> Title:
        """The title of its group; people may ask."""
        return Title(self.text, self.text if self.text.rstrip().endswith("?") else None)


def describe_groups(
    sources: pd.DataFrame, corpus: Corpus, titling: Titling, given: Mapping[str, GivenTitle]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables `groups` and `themes`.

    `sources` : those of the corpus with group_id, stack_id, strength, stance, tied_to. `given` : group → the title that
    it is the group of; the others are titled.
    """
    grouped = sources.dropna(subset=["group_id"])
    ids = list(dict.fromkeys(grouped["group_id"].tolist()))
    if not ids:
        return empty("groups"), empty("themes")
    members = members_of(grouped)
    left = [one for one in ids if one not in given]
    rows = [members[one]["row"][:TITLE_READ_MAX] for one in left]
    every = corpus.vectors[np.fromiter(chain.from_iterable(rows), dtype=np.int64)]  # from the disk at once
    own = np.split(every, np.cumsum([0, *map(len, rows)])[1:])
    read = [_texts(members[one], vectors) for one, vectors in zip(left, own, strict=False)]
    found = dict(zip(left, titling(read) if read else (), strict=True))
    titles = [given[group].as_title() if group in given else found[group] for group in ids]
    texts = [_with_title(members[group]["text"], title.text) for group, title in zip(ids, titles, strict=True)]
    made = themes_of_groups(sources) | {group: one.theme for group, one in given.items() if one.theme}
    named = [made.get(group) or _of_tables(members[group], corpus.subjects) for group in ids]
    themes = find_themes(texts, corpus.declared, named, n_max=corpus.settings.themes_max)
    told = [
        {
            "group_id": group,
            "axis": members[group]["axis"][0],
            "theme_id": theme_id(themes.titles[theme]),
            "title": title.text,
            "origin": given[group].origin if group in given else MACHINE,
            "title_coverage": nan if title.coverage is None else title.coverage,
            "question": title.question if title.question is not None else pd.NA,
            **counts_of(members[group], title.text),
        }
        for group, title, theme in zip(ids, titles, themes.of_groups, strict=True)
    ]
    theme_rows = {
        "theme_id": [theme_id(title) for title in themes.titles],
        "title": themes.titles,
        "position": range(len(themes.titles)),
    }
    return pd.DataFrame(told), pd.DataFrame(theme_rows)


def _with_title(texts: Sequence[str], title: str) -> list[str]:
    return [title] * max(1, round(TITLE_SHARE * min(len(texts), TITLE_READ_MAX))) + list(texts)


def members_of(sources: pd.DataFrame) -> dict[str, Members]:
    """The members of each group, the most central first, with their rows in `sources`: lists, since thousands of small
    frames take ten times longer to read."""
    central = sources.sort_values(["strength", "text", "item_id"], ascending=[False, True, True])
    codes, groups = pd.factorize(central["group_id"])
    order = np.argsort(codes, kind="stable")
    told = {str(name): _as_objects(central[name])[order].tolist() for name in central if name in _READ}
    told["row"] = central.index.to_numpy()[order].tolist()
    bounds = np.searchsorted(codes[order], np.arange(len(groups) + 1)).tolist()
    return {
        str(group): {name: column[start:end] for name, column in told.items()}
        for group, (start, end) in zip(groups, pairwise(bounds), strict=True)
    }


def _as_objects(column: pd.Series) -> npt.NDArray[np.object_]:
    codes, values = pd.factorize(column)
    return np.array([*values.tolist(), pd.NA], dtype=object)[codes]  # the code of what is missing is −1


def _texts(members: Members, vectors: npt.NDArray[np.float16]) -> GroupTexts:
    read = {name: column[:TITLE_READ_MAX] for name, column in members.items()}
    return GroupTexts(
        str(read["axis"][0]),
        read["text"],
        [status == "sur" for status in _told(read, "status")],
        [heading or "" for heading in _told(read, "context")],
        vectors,
    )


def _told(members: Members, name: str) -> list[str | None]:
    return [one if isinstance(one, str) else None for one in members.get(name, ())]


def counts_of(members: Members, title: str = "") -> dict[str, object]:
    """The columns of `groups` that follow from the members, and of the title that their sides are on."""
    columns = {name: _told(members, name) for name in Heard._fields}
    objects = _told(members, "stance_on") or [None] * len(columns["stance"])
    sides = zip(columns["stance"], objects, strict=True)
    columns["stance"] = [side_under(title, side or "", about or "") for side, about in sides]
    heard = [Heard(*(one or "" for one in row)) for row in zip(*columns.values(), strict=True)]
    # votes are of the idea that concludes what people voted on; those against are not added
    votes = sum(int(n) for n in members["votes"] if not pd.isna(n)) if "votes" in members else 0
    spread = count_spread(heard, votes)
    n_people = spread.n_people if spread.n_people is not None else pd.NA
    return {**spread._asdict(), "n_people": n_people, **count_sides(heard)._asdict()}


def _of_tables(members: Members, subjects: Mapping[tuple[str, str], str]) -> str | None:
    if not subjects:
        return None
    places = zip(members["workshop"], members["table"], strict=True)
    told = Counter(subjects.get((workshop, "" if pd.isna(table) else table)) for workshop, table in places)
    told.pop(None, None)
    best = min(told, key=lambda title: (-told[title], title), default=None)
    return best if best is not None and 2 * told[best] >= len(members["table"]) else None


_READ = (
    "item_id", "text", "axis", "stance", "stance_on", "tied_to", "channel", "status", "context", "voice", "table",
    "workshop", "votes",
)  # fmt: skip
"""What is read of the members of a group."""


# themes --------------------------------------------------------------------------------------------------------------

CLEAR_SHARE = 0.3
"""Share of a group's items that must tell a subject."""
_TEXTS_READ = 200


@dataclass(frozen=True)
class Themes:
    """`of_groups`: the theme of each group (a row of `titles`); `titles` in the order of `position`."""

    of_groups: npt.NDArray[np.int64]
    titles: list[str]


def theme_id(title: str) -> str:
    """A stable id from the title."""
    return "t-" + hashlib.sha256(title.encode()).hexdigest()[:12]


def given_subjects(lines: Sequence[str]) -> tuple[Subject, ...]:
    """Subjects from lines such as « Mobilités » or « Mobilités : bus, vélo ».

    The words of a line also bring those of the usual subject whose title has the same words.
    """
    found = []
    for line in lines:
        title, _, added = line.partition(":")
        named = [word for word in content_words(f"{title} {added}") if word not in GENERIC]
        own = [word if word in ONLY_PLURAL else f"{stem(word)}*" for word in named]
        patterns = [subject_of(title, own).pattern.pattern]
        patterns += [usual.pattern.pattern for usual in usual_subjects() if _is_near(named, usual)]
        patterns += sorted({concept_pattern(concept) for word in named for concept in concepts_of(word)})
        found.append(Subject(title.strip(), re.compile("|".join(f"(?:{pattern})" for pattern in patterns))))
    return tuple(found)


def _is_near(named: Sequence[str], usual: Subject) -> bool:
    """Whether a subject is a usual one: one of its words is among those of the usual one, or of its title."""
    stems = {stem(word) for word in content_words(usual.title) if word not in GENERIC}
    return any(stem(word) in stems or usual.pattern.fullmatch(word) for word in named)


def find_themes(
    texts: Sequence[Sequence[str]], declared: Sequence[str] = (), named: Sequence[str | None] = (), *, n_max: int
) -> Themes:
    """The theme of each group: those that people named first, the largest before the others, but in their order where
    they are declared.

    Parameters
    ----------
    texts : of each group.
    declared : the themes asked for, in order; without them, the usual subjects.
    named : what people named the theme of each group, None where its words tell it; () : of none.
    n_max : of usual subjects, « Autres sujets » among them.
    """
    if not len(texts):
        return Themes(np.zeros(0, dtype=np.int64), [])
    subjects = given_subjects(declared) if declared else usual_subjects()
    shares = _shares(texts, subjects)
    best = np.where(shares.max(axis=1) >= CLEAR_SHARE, shares.argmax(axis=1), len(subjects))
    by_words = [*(subject.title for subject in subjects), OTHERS]
    known = named or [None] * len(texts)
    every = [by_words[place] if theirs is None else theirs for place, theirs in zip(best.tolist(), known, strict=True)]
    told = _in_order(every, texts, {title for title in known if title is not None}, by_words, bool(declared))
    if not declared:
        usual = [one for one in told if one not in known and one != OTHERS]
        dropped = set(usual[n_max - 1 :])
        every = [OTHERS if one in dropped else one for one in every]
        told = [one for one in told if one not in dropped and one != OTHERS] + [OTHERS] * (OTHERS in every)
    of_groups = np.array([told.index(one) for one in every], dtype=np.int64)
    return Themes(of_groups, told)


def _in_order(
    every: Sequence[str], texts: Sequence[Sequence[str]], theirs: set[str], by_words: Sequence[str], is_declared: bool
) -> list[str]:
    """The themes of groups, each once: those of people first, « Autres sujets » last."""
    sizes: Counter[str] = Counter()
    for title, group in zip(every, texts, strict=True):
        sizes[title] += len(group)
    order = {title: place for place, title in enumerate(by_words)}

    def rank(one: str) -> tuple[bool, bool, int, int, int, str]:
        first = order.get(one, -1) if is_declared else -sizes[one]
        return one == OTHERS, one not in theirs, first, order.get(one, 0), -sizes[one], one

    return sorted(sizes, key=rank)


def _shares(texts: Sequence[Sequence[str]], subjects: Sequence[Subject]) -> npt.NDArray[np.float64]:
    counts = np.zeros((len(texts), len(subjects)))
    finds = usual_subjects_of if subjects is usual_subjects() else partial(_matching, subjects)
    told: dict[str, list[int]] = {}
    for group, members in enumerate(texts):
        read = members[:_TEXTS_READ]
        for text in read:
            hits: Counter[int] = Counter()
            for word in set(words(text)):
                if word not in told:
                    told[word] = _subjects_of(word, finds)
                for place in told[word]:  # none for most
                    hits[place] += 1
            total = hits.total()
            for subject, n in hits.items():
                counts[group, subject] += min(n, 3) / total + 0.5
        counts[group] /= 1.5 * max(1, len(read))
    overall = counts.mean(axis=0)
    shares: npt.NDArray[np.float64] = np.round(counts - 0.15 * overall, 6)
    return shares


def _matching(subjects: Sequence[Subject], word: str) -> list[int]:
    return [place for place, subject in enumerate(subjects) if subject.pattern.fullmatch(word)]


def _subjects_of(word: str, finds: Callable[[str], list[int]]) -> list[int]:
    """The subjects that a folded word tells; a compound that tells none, by its first part that does: `vélo-école`."""
    found = finds(word)
    parts = word.split("-") if "-" in word and not found else []
    return found or next(filter(None, (_subjects_of(part, finds) for part in parts)), [])
