"""A title per group: true of as many of its ideas as can be, short, whole, and unlike its neighbours.

Two kinds of titles are compared: what several texts share, told by their nature (`pipeline.cluster.naming.general`),
and the best phrase of one of them. Whether each is true of a text is learnt (`pipeline.cluster.naming.coverage`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.axes import EST, OUEST, SUD
from pipeline.cluster.naming.coverage import Coverage, Reads, Topics, said
from pipeline.cluster.naming.general import (
    N_PLACES,
    N_TRIED,
    TRUE,
    General,
    Judged,
    agrees,
    general_titles,
    judged_phrases,
    reads_well,
)
from pipeline.cluster.naming.rewording import (
    LACKING,
    as_action,
    as_asked,
    as_debate,
    as_gesture,
    question_of_lack,
    without_what_is,
)
from pipeline.cluster.naming.scores import GroupTexts, score
from pipeline.cluster.naming.segments import segments
from pipeline.language.syntax.phrases import FRAGMENT, NOUN, Phrase, read
from pipeline.language.text.typography import capitalized, typeset
from pipeline.language.text.words import content_stems

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.cluster.naming.general import Place


NEAR = 0.7
"""Share of their stems from which two titles are near-identical."""
N_CENTRAL = 10
"""Items of a group that may give its title, the most central ones."""
_WHOLE_MAX = 100
"""Characters of a text that stands as its own title when no shorter phrase holds."""
UNCLEAR = 0.2
"""What a phrase loses that is read in an obstacle of no sure nature, where others have one."""
MERIT, LOW, HIGH = 0.1, -1.5, 1.5
"""What the score of a phrase is worth beside the share of the texts that it is true of, and between what it counts."""
HEADING, HEADED = 0.1, 0.5
"""What the heading of all the texts of a group is worth, beside being true of them; share of them that must say it."""
N_PIECES = 6
"""Pieces of one item, the first ones: a long text says first what it is about."""
_N_SEGMENTS = 24
_N_PARSED = 2_400
"""Phrases of one group, and of all together, that are parsed at most (three hundred a second), for what items say
and again for what they share."""
N_TOGETHER = 64
"""Groups whose phrases are held at once: a hundred each, with all that is read of them."""


@dataclass(frozen=True)
class Title:
    """`text` on one line without final stop; `question` for obstacles (« Comment … ? »), else None.

    Attributes
    ----------
    covered : of each text of the group, whether the title is true of it; None when participants gave the title.
    is_heading : whether it is the heading under which all were said.
    fits : of each text, whether it may belong under the title, which is less: what does not is in the wrong group.
    """

    text: str
    question: str | None
    covered: tuple[bool, ...] | None = None
    fits: tuple[bool, ...] = ()
    is_heading: bool = False

    @property
    def coverage(self) -> float | None:
        """Share of the texts of which the title is true."""
        return None if self.covered is None else round(sum(self.covered) / max(1, len(self.covered)), 4)


@dataclass(frozen=True)
class Candidate:
    """A title that a group may have.

    Attributes
    ----------
    key : its stems. score : how good it is, the share of the texts that it is true of included.
    places : where its phrase was read, one of which must be parsed as it was read; none when it was parsed already.
    """

    title: Title
    key: frozenset[str]
    score: float
    places: tuple[Place, ...] = ()


def title_groups(
    groups: Sequence[GroupTexts],
    length_max: int,
    reads: Reads | None = None,
    docs: Parses | None = None,
    are_final: bool = True,
    n_in_all: int = 0,
) -> list[Title]:
    """One title per group, in order.

    Parameters
    ----------
    reads : texts → vectors of their topics; without it titles are compared with texts by their words alone.
    docs : what was parsed before.
    are_final : whether they are shown: no two of an axis are near-identical.
    n_in_all : groups that are titled, these and others; these alone by default.
    """
    topics, docs = Topics(reads), docs or Parses()
    read = _read(groups, length_max, topics, max(1, n_in_all or len(groups)))
    docs.read(piece for one in read for piece in (*(piece for _, piece in one.pieces), *one.heading))
    ranked = [
        sorted(
            [
                *_candidates(one.group, one.pieces, docs, one.coverage),
                *map(_of_general, one.generals),
                *_of_heading(one, docs),
            ],
            key=lambda candidate: (-round(candidate.score, 4), candidate.title.text),
        )
        for one in read
    ]
    docs.look_ahead(ranked)
    taken: dict[str, list[frozenset[str]]] = {}
    titles = []
    for one, candidates in zip(read, ranked, strict=True):
        known = taken.setdefault(one.group.axis, []) if are_final else []
        titles.append(_choose(candidates, one.group, one.coverage, known, length_max, docs))
    topics.read(title.text for title in titles)
    return asked_once(
        [
            replace(title, fits=one.coverage.fitting(title.text, title.covered or ()))
            for title, one in zip(titles, read, strict=True)
        ]
    )


class _Group(NamedTuple):
    """A group as it was read: its pieces, where each stands, the general titles, and the heading of all."""

    group: GroupTexts
    pieces: list[tuple[int, str]]
    coverage: Coverage
    generals: list[General]
    heading: list[str]


def _read(groups: Sequence[GroupTexts], length_max: int, topics: Topics, n_in_all: int) -> list[_Group]:
    """What the groups may be called, before anything is parsed."""
    n_each = max(3, min(_N_SEGMENTS, _N_PARSED // n_in_all))
    n_tried = max(1, min(N_TRIED, _N_PARSED // (N_PLACES * n_in_all)))
    headings = [_heading(group) for group in groups]
    for group in groups:
        topics.know(group.texts, group.vectors)
    topics.read(chain(*(group.texts for group in groups), *headings))
    common, found = _common(groups), []
    for start in range(0, len(groups), N_TOGETHER):
        block = groups[start : start + N_TOGETHER]
        judged = [judged_phrases(group) if _may_be_general(group) else Judged([], []) for group in block]
        with topics.reading(spelling for one in judged for spelling in one.spellings):
            for group, one, heading in zip(block, judged, headings[start : start + N_TOGETHER], strict=True):
                coverage = Coverage(group.texts, topics)
                generals = general_titles(group, one, coverage, common[group.axis], n_tried)
                found.append(_Group(group, _pieces(group, n_each, length_max), coverage, generals, heading))
    return found


def _may_be_general(group: GroupTexts) -> bool:
    """Whether several texts may share a title: a debate is told by its question."""
    return len(set(group.texts)) > 1 and not group.is_disputed


def _common(groups: Sequence[GroupTexts]) -> dict[str, dict[str, float]]:
    """Of each axis, the share of its texts that say each stem."""
    counts: dict[str, Counter[str]] = {}
    n_texts: Counter[str] = Counter()
    for group in groups:
        counts.setdefault(group.axis, Counter()).update(stem for text in group.texts for stem in said(text).stems)
        n_texts[group.axis] += len(group.texts)
    return {axis: {stem: n / n_texts[axis] for stem, n in found.items()} for axis, found in counts.items()}


def _heading(group: GroupTexts) -> list[str]:
    """The heading of all the texts of a group, when there is one."""
    last = {heading.split(" > ")[-1].strip() for heading in group.headings}
    return [heading for heading in last if heading] if len(last) == 1 and _may_be_general(group) else []


def _of_heading(one: _Group, docs: Parses) -> list[Candidate]:
    """The heading of all, when it is a noun phrase that half of them speak of at least."""
    found = []
    for heading in one.heading:
        phrase = read(docs[heading])
        if phrase is not None and phrase.kind == NOUN and content_stems(heading) and len(heading) <= _WHOLE_MAX:
            covered = one.coverage.of_phrase(heading, one.coverage.chances([heading])[0])
            if covered.mean() >= HEADED:
                title = Title(typeset(phrase.title), None, (True,) * len(covered), is_heading=True)
                found.append(Candidate(title, said(heading).stems, TRUE + HEADING))
    return found


def _of_general(one: General) -> Candidate:
    title = Title(typeset(capitalized(one.text)), _asked(one.question), tuple(one.covered.tolist()))
    return Candidate(title, one.stems, one.score, one.places[:N_PLACES])


def _candidates(
    group: GroupTexts, parts: Sequence[tuple[int, str]], docs: Parses, coverage: Coverage
) -> list[Candidate]:
    """The phrases of a group that may be its title."""
    read_phrases: dict[tuple[int, str], Phrase] = {}
    for row, piece in parts:
        doc = docs[piece]
        phrase = read(doc)
        if phrase is not None and phrase.kind != FRAGMENT and agrees(phrase.text):
            read_phrases[row, piece] = _as_told(phrase, doc, group)
    if not read_phrases:
        return []
    support = _support(group.texts)
    found = []
    for (row, piece), phrase in read_phrases.items():
        covered = coverage.of_sentence(piece)
        covered[row] = True
        clear = UNCLEAR * (group.axis == EST and any(group.natures) and not group.natures[row])
        merit = min(HIGH, max(LOW, score(phrase, group, row, support) - clear))
        title = _finished(phrase, row, group, covered)
        total = TRUE * float(covered.mean()) + MERIT * merit
        found.append(Candidate(title, frozenset(content_stems(phrase.text)), total))
    return found


def _as_told(phrase: Phrase, doc: Doc, group: GroupTexts) -> Phrase:
    """A phrase as its axis tells it: an action for a proposal, a gesture for anyone."""
    asked = without_what_is(phrase)
    if group.axis == SUD or group.is_disputed:
        return as_action(asked, doc)
    return as_gesture(asked, doc) if group.axis in (OUEST, EST) else asked


def asked_once(titles: Sequence[Title]) -> list[Title]:
    """The titles, a question that two groups would ask being asked by the first alone."""
    asked: set[str] = set()
    kept = []
    for title in titles:
        kept.append(replace(title, question=None) if title.question in asked else title)
        asked.add(title.question or "")
    return kept


def _pieces(group: GroupTexts, n_each: int, length_max: int) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for row, text in enumerate(group.texts[:N_CENTRAL]):
        found += [(row, piece) for piece in segments(text, length_max)[:N_PIECES]]
    if len(found) <= n_each:
        return found
    support = _support(group.texts[:N_CENTRAL])
    shared = [
        sum(sorted((support.get(word, 0.0) for word in set(content_stems(piece))), reverse=True)[:3])
        for _, piece in found
    ]
    best = sorted(range(len(found)), key=lambda place: (-round(shared[place], 4), place))[:n_each]
    return [found[place] for place in sorted(best)]


def _support(texts: Sequence[str]) -> dict[str, float]:
    """Share of the items that have each stem."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(content_stems(text)))
    return {word: count / len(texts) for word, count in counts.items()}


def _is_near(stems: frozenset[str], taken: list[frozenset[str]]) -> bool:
    """Whether two titles would have nearly the same stems; short ones are told apart by one word."""
    return any(
        stems == other or (min(len(stems), len(other)) > 2 and len(stems & other) >= NEAR * min(len(stems), len(other)))
        for other in taken
        if stems and other
    )


def _choose(
    candidates: Sequence[Candidate],
    group: GroupTexts,
    coverage: Coverage,
    taken: list[frozenset[str]],
    length_max: int,
    docs: Parses,
) -> Title:
    """The best candidate that holds and is unlike the titles taken, else the whole of a text."""
    far = (one for one in candidates if not _is_near(one.key, taken) and docs.hold(one))
    other = (one for one in candidates if one.key not in taken and docs.hold(one))
    chosen = next(chain(far, other), None)
    if chosen is not None:
        taken.append(chosen.key)
        return chosen.title
    trimmed = (" ".join(text.split()).strip(" .,;:-–—•>") for text in group.texts[:N_CENTRAL])
    whole = min(trimmed, key=lambda text: (not text, len(text) > _WHOLE_MAX))
    covered = coverage.of_sentence(whole)
    whole = whole or "(sans titre)"
    if len(whole) > _WHOLE_MAX:
        whole = whole[:length_max].rsplit(" ", 1)[0].rstrip(" ,;:") + " […]"
    return Title(typeset(capitalized(whole)), None, tuple(covered.tolist()))


def _finished(phrase: Phrase, row: int, group: GroupTexts, covered: npt.NDArray[np.bool_]) -> Title:
    text = as_debate(phrase) if group.is_disputed else None
    question = None
    if group.axis == EST and covered.all():
        is_lack = bool(group.natures) and group.natures[row] == LACKING
        question = as_asked(phrase) or _asked(question_of_lack(phrase.text) if is_lack else None)
    told = None if question is None else typeset(question)
    return Title(typeset(text or phrase.title), told, tuple(covered.tolist()))


def _asked(question: str | None) -> str | None:
    return None if question is None else typeset(f"{capitalized(question)} ?")


_NOTHING = np.zeros((0, 0))


class Parses:
    """Sentences → parses."""

    def __init__(self) -> None:
        self._known: dict[str, Doc] = {}

    def read(self, sentences: Iterable[str]) -> None:
        """Parse those that are not known yet."""
        from pipeline.language.models.parsing import parse

        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in self._known]
        for sentence, doc in zip(new, parse(new), strict=True):
            doc.tensor = _NOTHING  # three quarters of its memory, which nobody reads
            self._known[sentence] = doc

    def look_ahead(self, ranked: Sequence[Sequence[Candidate]]) -> None:
        """Parse, of each group, what tells which of its candidates is the first that holds."""
        waiting = [self._asked(candidates) for candidates in ranked]
        while waiting:
            asked = [(one, sentence) for one in waiting for sentence in [next(one, None)] if sentence is not None]
            self.read(sentence for _, sentence in asked)
            waiting = [one for one, _ in asked]

    def _asked(self, candidates: Sequence[Candidate]) -> Iterator[str]:
        for one in candidates:
            for place in one.places:
                yield place.sentence
                if reads_well(place, self[place.sentence]):
                    return
            if not one.places:
                return

    def hold(self, one: Candidate) -> bool:
        """Whether the phrase of a title reads well in one of its sentences; one that was parsed to be found does."""
        return not one.places or any(reads_well(place, self[place.sentence]) for place in one.places)

    def __getitem__(self, sentence: str) -> Doc:
        if sentence not in self._known:
            self.read([sentence])
        return self._known[sentence]
