"""A title per group, in the participants' own words: short, specific, whole, and unlike its neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.axes import EST, NORD, OUEST, SUD
from pipeline.cluster.naming.as_infinitive import as_action, as_gesture
from pipeline.cluster.naming.as_question import as_asked, as_debate
from pipeline.cluster.naming.candidates import segments
from pipeline.cluster.naming.coverage import Coverage
from pipeline.cluster.naming.general import N_PLACES, N_READ, N_TRIED, General, general_titles, reads_well
from pipeline.cluster.naming.penalties import GroupTexts
from pipeline.cluster.naming.scores import score
from pipeline.cluster.naming.templates import question_of
from pipeline.language.lexicon.nouns import is_noun
from pipeline.language.syntax.noun_groups import is_lacking, noun_groups, tokens_of
from pipeline.language.syntax.phrases import QUESTION, Phrase, read
from pipeline.language.text.typography import capitalized, typeset, with_que
from pipeline.language.text.words import content_stems

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONE = 1.5
"""Items under which a word is one item's alone (shares are rounded)."""
NEAR = 0.7
"""Share of their stems from which two titles are near-identical."""
N_CENTRAL = 10
"""Items of a group that may give its title, the most central ones."""
LACKING, LACK_WORDS = "manque", 6
"""The nature of a lack, and the words of what is lacking at most."""
LONE_MOST, COVER_LEAST = 0.34, 0.34
"""Share of its words that one item alone says, share of the items that it is true of: a phrase that has more of the
first, or less of the second, is worse than one word for what the items are about."""
_WHOLE_MAX = 100
"""Characters of a text that stands as its own title when no shorter phrase holds."""
UNCLEAR = 0.2
"""What a phrase loses that is read in an obstacle of no sure nature, where others have one."""
TRUTH, LONE_WORDS = 0.6, 0.4
"""Weight of the share of the items that a phrase touches, and what it loses when all its words are one item's."""
N_PIECES = 6
"""Pieces of one item, the first ones: a long text says first what it is about."""
_N_SEGMENTS = 24
_N_PARSED, _N_TEXTS = 2_400, 24_000
"""Phrases of one group, and of all together, that are parsed at most (three hundred a second), for what items say
and again for what they share; texts of all groups whose noun phrases are read (some thousands a second)."""


@dataclass(frozen=True)
class Title:
    """`text` on one line without final stop; `question` for obstacles (« Comment … ? »), else None.

    Attributes
    ----------
    coverage : share of the members of which the text is true, see `pipeline.cluster.naming.coverage`; None when
        participants gave it.
    """

    text: str
    question: str | None
    coverage: float | None = None


@dataclass(frozen=True)
class _Candidate:
    phrase: Phrase
    score: float
    row: int

    @property
    def key(self) -> frozenset[str]:
        """Its stems: two titles with the same ones are one title."""
        return frozenset(content_stems(self.phrase.text))


def title_groups(groups: Sequence[GroupTexts], length_max: int) -> list[Title]:
    """One title per group, in order; on one axis no two are near-identical."""
    from pipeline.language.models.parsing import parse

    n_each = max(3, min(_N_SEGMENTS, _N_PARSED // max(1, len(groups))))
    pieces = [_pieces(group, n_each, length_max) for group in groups]
    n_read = max(N_CENTRAL, min(N_READ, _N_TEXTS // max(1, len(groups))))
    n_tried = max(1, min(N_TRIED, _N_PARSED // (N_PLACES * max(1, len(groups)))))
    n_places = max(1, min(N_PLACES, _N_PARSED // (n_tried * max(1, len(groups)))))
    coverages = [Coverage(group.texts[:n_read]) for group in groups]
    generals = [_generals(group, coverage, n_tried) for group, coverage in zip(groups, coverages, strict=True)]
    said = [piece for group in pieces for _, piece in group]
    distinct = dict.fromkeys(
        [*said, *(place.sentence for found in generals for one in found for place in one.places[:n_places])]
    )
    docs = dict(zip(distinct, parse(distinct), strict=True))
    titles: list[Title] = []
    taken: dict[str, list[frozenset[str]]] = {}
    for group, parts, coverage, found in zip(groups, pieces, coverages, generals, strict=True):
        candidates = _candidates(group, parts, docs, coverage)
        held = [one for one in found if any(reads_well(place, docs[place.sentence]) for place in one.places[:n_places])]
        titles.append(_choose(candidates, held, group, coverage, taken.setdefault(group.axis, []), length_max))
    return _asked_once(titles)


def _generals(group: GroupTexts, coverage: Coverage, n_tried: int) -> list[General]:
    """General titles of a group of several texts that is no debate; a question people asked is one already."""
    if len(set(group.texts)) < 2 or group.is_disputed or group.axis not in (EST, SUD, NORD):
        return []
    return general_titles(group, coverage, n_tried)


def _candidates(
    group: GroupTexts, parts: Sequence[tuple[int, str]], docs: Mapping[str, Doc], coverage: Coverage
) -> list[_Candidate]:
    """The phrases of a group that may be its title, the best first."""
    candidates: list[_Candidate] = []
    support = _support(group.texts)
    for row, piece in parts:
        doc = docs[piece]
        phrase = read(doc)
        if phrase is None:
            continue
        phrase = _as_question(phrase)
        if group.axis == SUD or group.is_disputed:
            phrase = as_action(phrase, doc)
        elif group.axis in (OUEST, EST):
            phrase = as_gesture(phrase, doc)
        clear = UNCLEAR * (group.axis == EST and any(group.natures) and not group.natures[row])
        lone = LONE_WORDS * (len(group.texts) > 2) * coverage.lone_share(Coverage.stems_of(piece))
        truth = TRUTH * coverage.touched(piece) - lone
        candidates.append(_Candidate(phrase, score(phrase, group, row, support) + truth - clear, row))
    return sorted(candidates, key=lambda candidate: (-round(candidate.score, 4), candidate.phrase.text))


def _asked_once(titles: Sequence[Title]) -> list[Title]:
    """The titles, a question that two groups would ask being asked by the first alone."""
    asked: set[str] = set()
    kept = []
    for title in titles:
        kept.append(replace(title, question=None) if title.question in asked else title)
        asked.add(title.question or "")
    return kept


def _as_question(phrase: Phrase) -> Phrase:
    """« c'est quoi, un voisin ? » → « qu'est-ce qu'un voisin ? »."""
    asked = re.match(r"^c'est quoi,? (?P<what>.+?) ?\?$", phrase.text, re.IGNORECASE)
    if asked is None:
        return phrase
    return Phrase(f"qu'est-ce {with_que(asked['what'])} ?", QUESTION)


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


def _is_truer(general: General, chosen: _Candidate | None, coverage: Coverage) -> bool:
    """Whether a general title is true of more of the texts than one that says what one of them says."""
    if chosen is None:
        return True
    lone, cover = coverage.lone_share(chosen.key), coverage.of(chosen.key)
    if general.is_plain and len(general.stems) < 2:  # it says what the group is about, and no more
        return lone > LONE_MOST or cover < COVER_LEAST
    return lone > 0 or cover < general.cover


def _is_near(stems: frozenset[str], taken: list[frozenset[str]]) -> bool:
    """Whether two titles would have nearly the same stems; short ones are told apart by one word."""
    return any(
        stems == other or (min(len(stems), len(other)) > 2 and len(stems & other) >= NEAR * min(len(stems), len(other)))
        for other in taken
        if stems and other
    )


def _choose(
    candidates: Sequence[_Candidate],
    generals: Sequence[General],
    group: GroupTexts,
    coverage: Coverage,
    taken: list[frozenset[str]],
    length_max: int,
) -> Title:
    """The general title when it is true of more items than the best phrase of one of them, else that phrase."""
    far = [candidate for candidate in candidates if not _is_near(candidate.key, taken)]
    chosen = next(iter(far or [other for other in candidates if other.key not in taken]), None)
    for general in generals:
        if not _is_near(general.stems, taken) and _is_truer(general, chosen, coverage):
            taken.append(general.stems)
            text = typeset(capitalized(general.text))
            return Title(text, _asked(general.question), _share(coverage, general.stems))
    if chosen is not None:
        taken.append(chosen.key)
        return replace(_finished(chosen, group), coverage=_share(coverage, chosen.key))
    whole = min(map(_trimmed, group.texts[:N_CENTRAL]), key=lambda text: (not text, len(text) > _WHOLE_MAX))
    whole = whole or "(sans titre)"
    if len(whole) > _WHOLE_MAX:
        whole = whole[:length_max].rsplit(" ", 1)[0].rstrip(" ,;:") + " […]"
    return Title(typeset(capitalized(whole)), None, _share(coverage, Coverage.stems_of(whole)))


def _share(coverage: Coverage, stems: frozenset[str]) -> float:
    """The share of the texts that a title covers: its own at least."""
    return round(max(coverage.of(stems), 1 / max(1, coverage.n)), 4)


def _trimmed(text: str) -> str:
    return " ".join(text.split()).strip(" .,;:-–—•>")


def _finished(chosen: _Candidate, group: GroupTexts) -> Title:
    text = as_debate(chosen.phrase) if group.is_disputed else None
    question = None
    if group.axis == EST and _is_shared(chosen.phrase, group):
        question = as_asked(chosen.phrase) or _asked(_lacking(chosen, group))
    return Title(typeset(text or chosen.phrase.title), None if question is None else typeset(question))


def _lacking(chosen: _Candidate, group: GroupTexts) -> str | None:
    """The question about the first thing that a phrase says is lacking: « pas de médecin scolaire »."""
    if not group.natures or group.natures[chosen.row] != LACKING:
        return None
    text = chosen.phrase.text.replace("’", "'")
    tokens = tokens_of(text)
    lacking = [one for one in noun_groups(text, tokens) if is_lacking(one, tokens) and is_noun(tokens[one.head].low)]
    whole = [one for one in lacking if one.head == lacking[0].head and one.end - one.first <= LACK_WORDS]
    return question_of(EST, LACKING, whole[-1].text, tokens[whole[-1].head].low) if whole else None


def _asked(question: str | None) -> str | None:
    return None if question is None else typeset(f"{capitalized(question)} ?")


def _is_shared(phrase: Phrase, group: GroupTexts) -> bool:
    """Whether the phrase is about what the group speaks of: in three items or more, two share one of its words."""
    support = _support(group.texts)
    shares = (support.get(word, 0.0) for word in set(content_stems(phrase.text)))
    return len(group.texts) < 3 or any(share * len(group.texts) > LONE for share in shares)
