"""What the groups are about, in the same words and order on every axis.

The tables' own subjects when they were declared, else a list that someone gives, else the usual subjects of a
territory, and « Autres sujets » for what is about none of them: nothing is forced.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from pipeline.language.text.words import content_words, stem, words
from pipeline.language.vocabulary.concepts import (
    GENERIC,
    ONLY_PLURAL,
    Subject,
    concept_pattern,
    concepts_of,
    subject_of,
    usual_subjects,
    usual_subjects_of,
)

OTHERS = "Autres sujets"
CLEAR_SHARE = 0.3
"""Share of a group's items that must tell a subject."""
TABLE_TRUST = 0.5
"""How far an item is about what its table spoke of, whatever its words; the words tell the rest."""
TABLE_SHARE = 0.5
ALL_SHARE = 0.999
"""Of a group that tables alone made, the share of items that gives it one table's subject when no word tells any."""
WORDS_PART = 1e-3
_TEXTS_READ = 200


@dataclass(frozen=True)
class Themes:
    """`of_groups`: the theme of each group (a row of `titles`); `titles` and `keywords` in the order of `position`."""

    of_groups: npt.NDArray[np.int64]
    titles: list[str]
    keywords: list[list[str]]


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
    texts: Sequence[Sequence[str]],
    keywords: Sequence[Sequence[str]],
    declared: Sequence[str] = (),
    votes: npt.NDArray[np.float64] | None = None,
    *,
    n_max: int,
) -> Themes:
    """The theme of each group.

    Parameters
    ----------
    texts, keywords : of each group.
    declared : the themes asked for, in order; without them, the usual subjects, the most spoken of first.
    n_max : of usual subjects, « Autres sujets » among them.
    votes : shape (n_groups, n_declared), share of a group's items that come from the tables of each declared subject.
    """
    if not len(texts):
        return Themes(np.zeros(0, dtype=np.int64), [], [])
    subjects = given_subjects(declared) if declared else usual_subjects()
    shares = _shares(texts, subjects)
    if votes is not None and votes.size:
        shares = np.round(TABLE_TRUST * votes + (1 - TABLE_TRUST * votes.sum(axis=1, keepdims=True)) * shares, 6)
    best = np.where(shares.max(axis=1) >= CLEAR_SHARE, shares.argmax(axis=1), _of_tables(votes, shares))
    sizes = np.array([len(group) for group in texts], dtype=np.float64)
    weights = np.bincount(best, weights=sizes, minlength=len(subjects) + 1)
    if declared:
        order = [index for index in range(len(subjects)) if weights[index] > 0]
    else:
        order = sorted((index for index in range(len(subjects)) if weights[index] > 0), key=lambda i: (-weights[i], i))
        order = order[: n_max - 1]
    rank = {index: place for place, index in enumerate(order)}
    of_groups = np.array([rank.get(int(index), len(order)) for index in best], dtype=np.int64)
    titles = [subjects[index].title for index in order]
    if (of_groups == len(order)).any():
        titles.append(OTHERS)
    return Themes(of_groups, titles, [_theme_words(of_groups, place, keywords, sizes) for place in range(len(titles))])


def with_titles(
    themes: Themes, titles: Sequence[str | None], keywords: Sequence[Sequence[str]], sizes: Sequence[int]
) -> Themes:
    """The themes where some groups have one that participants named: those come first, the largest before the others.

    Parameters
    ----------
    titles, keywords, sizes : of each group; None for a group that has none of theirs.
    """
    weights: Counter[str] = Counter()
    for title, size in zip(titles, sizes, strict=True):
        if title is not None:
            weights[title] += size
    theirs = sorted(weights, key=lambda title: (-weights[title], title))
    every = [
        themes.titles[place] if title is None else title
        for place, title in zip(themes.of_groups.tolist(), titles, strict=True)
    ]
    left = [title for title in themes.titles if title in every and title not in weights]
    rank = {title: place for place, title in enumerate([*theirs, *left])}
    of_groups = np.array([rank[title] for title in every], dtype=np.int64)
    n_items = np.array(sizes, dtype=np.float64)
    return Themes(of_groups, list(rank), [_theme_words(of_groups, place, keywords, n_items) for place in rank.values()])


def _of_tables(votes: npt.NDArray[np.float64] | None, shares: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """The subject of the table that gave at least half of each group, words parting two; none (n_subjects) else."""
    n_groups, n_subjects = shares.shape
    if votes is None or not votes.size:
        return np.full(n_groups, n_subjects)
    is_theirs = (votes.max(axis=1) >= TABLE_SHARE) & (votes.sum(axis=1) > ALL_SHARE)
    found: npt.NDArray[np.int64] = np.where(is_theirs, (votes + WORDS_PART * shares).argmax(axis=1), n_subjects)
    return found


def _shares(texts: Sequence[Sequence[str]], subjects: Sequence[Subject]) -> npt.NDArray[np.float64]:
    """Share of each group's items that tell each subject, rarer subjects first: shape (n_groups, n_subjects)."""
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
                hits.update(told[word])
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


def _theme_words(
    of_groups: npt.NDArray[np.int64], place: int, keywords: Sequence[Sequence[str]], sizes: npt.NDArray[np.float64]
) -> list[str]:
    votes: dict[str, float] = {}
    for group in np.flatnonzero(of_groups == place).tolist():
        for position, keyword in enumerate(keywords[group]):
            votes[keyword] = votes.get(keyword, 0.0) + sizes[group] / (1 + position)
    return sorted(votes, key=lambda word: (-votes[word], word))[:8]
