"""What the groups are about, in the same words and order on every axis: what people named (the rubric of a title, the
groups of participants, the subject of a table), else a list that someone gives, else the usual subjects of a territory,
and « Autres sujets » for what is about none of them."""

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
    OTHERS,
    Subject,
    concept_pattern,
    concepts_of,
    subject_of,
    usual_subjects,
    usual_subjects_of,
)

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
