"""The title of a proposed group: the short phrase of one of its ideas that is true of most of them, or the heading that
all were said under; and the pieces of what people wrote that may stand alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.axes import EST, NORD, OUEST, SUD
from pipeline.cluster.rows import unit_rows
from pipeline.contracts.labels import CONTEXT_JOINT
from pipeline.language.lexicon.nouns import first_names
from pipeline.language.lexicon.orthography import mended
from pipeline.language.syntax.phrases import CLAUSE, FRAGMENT, INFINITIVE, LACK, NOUN, QUESTION, Phrase, read
from pipeline.language.syntax.standing import judge
from pipeline.language.text.lists import read_patterns, read_words
from pipeline.language.text.typography import capitalized, typeset
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.cues import OBSTACLE
from pipeline.language.vocabulary.rarity import stem_weight

N_READ, N_CENTRAL, N_PIECES = 60, 10, 6
"""Texts of a group that a title should be true of; those that may give it, the most central ones; and pieces of each,
the first ones: a long text says first what it is about."""
N_TRIED, N_PARSED = 6, 2_400
"""Phrases of a group that are parsed, the best, and of all groups together (three hundred a second)."""
N_TITLED = 150
"""Groups of an axis that a phrase is sought for, the largest: nobody reads the titles of hundreds of pairs."""
TRUE, ALONE, CENTRAL = 1.5, 0.5, 0.08
"""What being said by all the texts is worth, what standing alone is, and what a phrase loses for each doubling of the
rank of its text."""
SHORT, LONG, LENGTH = 24, 58, 0.3
"""Characters under which a title seldom says enough and above which it no longer reads at a glance; what being half as
long, or twice, costs."""
FAULTS = {
    "named": 3.0, "oneself": 0.5, "narrow": 0.4, "pointing": 0.4, "other_axis": 0.4, "comma": 0.15, "unsure": 0.1,
}  # fmt: skip
"""What costs a phrase: it names somebody, says « je », says one word, opens on who was named before, reads as of
another axis, is a list; its axis is not sure."""
HEADED = 0.4
"""Mean share of its words from which the heading of all is said by its texts."""
SAID = 0.6
"""Share of its words that a text says and cosine of their vectors, added, from which a title is true of it: on seven
walls that people titled, nine times in ten it is, and half of those of which it is are found; a regression on eight
such features was no better."""
LIGHTEST = 0.1
"""What the commonest word weighs."""
_SUITED = {EST: {LACK, CLAUSE}, SUD: {INFINITIVE, NOUN}, NORD: {NOUN, CLAUSE}, OUEST: {QUESTION, INFINITIVE}}
SUITED = 0.3
"""What the form gains that suits its axis: a proposal is an action, a resource a thing."""
_POINTING = re.compile(
    r"^(?:ils?|elles?|ça|c[e']|cela|celui|celle|ceux)\b(?! (?:y a|n'y a|faut|manque))", re.IGNORECASE
)
_NAME = re.compile(
    rf"(?P<place>\b(?:{'|'.join(sorted(read_words(__name__, 'place_nouns')))})[ -](?:de |du |des |la |le |l'|d')*)?"
    r"(?<![\w-])(?P<name>[A-ZÀ-Þ][\wà-ÿ]+(?:-[A-ZÀ-Þ]\w+)?)",
    re.IGNORECASE,
)
_WISH = read_patterns(__name__, "infinitive")["wish"]
_INFINITIVE = re.compile(
    r"^(?:(?:ne pas |ne plus )?(?:se |s'|y |en |l'|les |la |le )?)\w+(?:er|ir|re|oir)\b", re.IGNORECASE
)
_NOUN = re.compile(r"^(?:une?|des|les?|la|plus|davantage|deux|trois|plusieurs) |^l'|^d(?:e |')", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:je|moi|mon|ma|mes|me)\b|\b[jm]'", re.IGNORECASE)
_TITLED = re.compile(r"\b(?:M\.|Mme|Mlle|Monsieur|Madame|Dr|Docteur) [A-ZÀ-Þ]")


@dataclass(frozen=True)
class GroupTexts:
    """The ideas of a group, the most central first.

    `texts, sure, headings` : of each idea; whether its axis is sure, what it was said under, "" for nothing.
    `vectors` : of their topics, shape (n, d), where they were read.
    """

    axis: str
    texts: Sequence[str]
    sure: Sequence[bool] = ()
    headings: Sequence[str] = ()
    vectors: npt.NDArray[np.float16] | None = None


@dataclass(frozen=True)
class Title:
    """`text` on one line without final stop; `question` when it is one that people asked about an obstacle, else None.

    `covered` : of each text of the group, whether the title is true of it; None when people gave the title.
    """

    text: str
    question: str | None
    covered: tuple[bool, ...] | None = None

    @property
    def coverage(self) -> float | None:
        """Share of the texts of which the title is true."""
        return None if self.covered is None else round(sum(self.covered) / max(1, len(self.covered)), 4)


class _Candidate(NamedTuple):
    """A piece of a text and how good it would be as a title, its form aside; the heading of all has no row."""

    text: str
    row: int | None
    score: float


def title_groups(groups: Sequence[GroupTexts], length_max: int) -> list[Title]:
    """One title per group, in order; no two of an axis say the same. Beyond `N_TITLED` groups, the smallest have the
    beginning of a text."""
    from pipeline.language.models.parsing import parse

    n_tried = max(1, min(N_TRIED, N_PARSED // max(1, len(groups))))
    largest = sorted(range(len(groups)), key=lambda place: (-len(groups[place].texts), place))[:N_TITLED]
    ranked: list[list[_Candidate]] = [[] for _ in groups]
    for place in largest:
        ranked[place] = _candidates(groups[place], length_max)[:n_tried]
    asked = list(dict.fromkeys(one.text for candidates in ranked for one in candidates))
    phrases = {text: read(doc) for text, doc in zip(asked, parse(asked), strict=True)}
    taken: set[tuple[str, frozenset[str]]] = set()
    chosen = [
        _chosen(group, candidates, phrases, taken, length_max) for group, candidates in zip(groups, ranked, strict=True)
    ]
    return [
        Title(text, question, _covered(group, text, row))
        for group, (text, question, row) in zip(groups, chosen, strict=True)
    ]


def _candidates(group: GroupTexts, length_max: int) -> list[_Candidate]:
    texts = group.texts[:N_READ]
    found = [
        (row, piece) for row, text in enumerate(texts[:N_CENTRAL]) for piece in pieces(text, length_max)[:N_PIECES]
    ]
    shares = _shares([piece for _, piece in found], texts)
    ranked = [
        _Candidate(piece, row, round(TRUE * float(known.mean()) + _merit(piece, group, row), 4))
        for (row, piece), known in zip(found, shares, strict=True)
    ]
    last = {heading.split(CONTEXT_JOINT)[-1].strip() for heading in group.headings}
    heading = last.pop() if len(last) == 1 and len(set(group.texts)) > 1 else ""
    may_head = bool(content_stems(heading)) and len(heading) <= length_max
    if may_head and _shares([heading], texts).mean() >= HEADED:
        ranked.append(_Candidate(heading, None, TRUE + ALONE))
    return sorted(ranked, key=lambda one: (-one.score, one.text))


def _shares(titles: Sequence[str], texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """The share of what each title says that each text says too, the rarer a word, the more it tells: shape (n, m)."""
    said = [frozenset(content_stems(text)) for text in texts]
    found = np.zeros((len(titles), len(texts)))
    for row, title in enumerate(titles):
        weights = {stem: max(LIGHTEST, stem_weight(stem, 0, 0)) for stem in sorted(set(content_stems(title)))}
        total = sum(weights.values()) or 1.0
        found[row] = [sum(weight for stem, weight in weights.items() if stem in stems) / total for stems in said]
    return np.round(found, 6)


def _merit(text: str, group: GroupTexts, row: int) -> float:
    told = as_told(Phrase(text, QUESTION if text.endswith("?") else CLAUSE), group.axis).text
    length = LENGTH * (max(0.0, log2(SHORT / len(told))) + max(0.0, log2(len(told) / LONG)))
    is_obstacle = OBSTACLE.search(told) is not None
    faults = {
        "named": names_someone(told),
        "oneself": _FIRST_PERSON.search(told) is not None,
        "pointing": _POINTING.match(told) is not None,
        "other_axis": (group.axis == NORD and is_obstacle) or (group.axis == EST and not is_obstacle),
        "comma": "," in told,
        "narrow": len(content_stems(told)) < 2,
        "unsure": bool(group.sure) and not group.sure[row],
    }
    costs = sum(FAULTS[name] for name, is_there in faults.items() if is_there)
    return ALONE * judge(told).alone - CENTRAL * log2(1 + row) - length - costs


def as_told(phrase: Phrase, axis: str) -> Phrase:
    """A proposal without « il faudrait », where nobody says « je » in what is left; otherwise the phrase as it is."""
    wish = _WISH.match(phrase.text) if axis == SUD else None
    if wish is None or _FIRST_PERSON.search(wish["rest"]):
        return phrase
    if _INFINITIVE.match(wish["rest"]):
        return Phrase(wish["rest"], INFINITIVE)
    is_thing = (wish["link"] or "").strip().lower() not in ("que", "qu'") and _NOUN.match(wish["rest"])
    return Phrase(wish["rest"], NOUN) if is_thing else phrase


def _chosen(
    group: GroupTexts,
    candidates: Sequence[_Candidate],
    phrases: dict[str, Phrase | None],
    taken: set[tuple[str, frozenset[str]]],
    length_max: int,
) -> tuple[str, str | None, int | None]:
    """The title of a group, the question that it asks, and the row of the text that gave it; the beginning of a text
    where no phrase holds."""
    told = []
    for one in candidates:
        phrase = phrases[one.text]
        if phrase is None or phrase.kind == FRAGMENT or (one.row is None and phrase.kind != NOUN):
            continue
        said = phrase if one.row is None else as_told(phrase, group.axis)
        score = one.score + SUITED * (said.kind in _SUITED.get(group.axis, ()))
        told.append((-round(score, 4), one.text, said, one.row))
    for _, _, phrase, row in sorted(told, key=lambda one: one[:2]):
        key = group.axis, frozenset(content_stems(phrase.text))
        if key not in taken:
            taken.add(key)
            title = typeset(mended(phrase.title))
            return title, title if group.axis == EST and phrase.kind == QUESTION else None, row
    trimmed = [" ".join(text.split()).strip(" .,;:-–—•>") for text in group.texts[:N_CENTRAL]]
    row = min(range(len(trimmed)), key=lambda place: (not trimmed[place], len(trimmed[place])))
    whole = trimmed[row] or "(sans titre)"
    if len(whole) > length_max:
        whole = whole[:length_max].rsplit(" ", 1)[0].rstrip(" ,;:") + " […]"
    return typeset(capitalized(mended(whole))), None, row


def _covered(group: GroupTexts, title: str, row: int | None) -> tuple[bool, ...]:
    """The texts of which a title is true: the one that gave it, and those that it is likely to be true of; all, of
    their heading."""
    if row is None:
        return (True,) * len(group.texts)
    found = _shares([title], group.texts)[0]
    if group.vectors is not None:
        points = unit_rows(np.asarray(group.vectors, dtype=np.float32))
        found = found + np.round(points[row] @ points.T, 4)
    covered = found >= SAID
    covered[row] = True
    return tuple(covered.tolist())


def names_someone(text: str) -> bool:
    """Whether a phrase names a person: a first name that is no place's, or a name after « Mme »."""
    return _TITLED.search(text) is not None or any(
        match["place"] is None and match["name"] in first_names() for match in _NAME.finditer(capitalized(text))
    )


# pieces --------------------------------------------------------------------------------------------------------------

LENGTH_MIN, WORDS_MAX = 8, 16
"""Characters and words of a piece that may be a title: it stands on one line of a page."""
CUT_MIN, N_CUTS = 12, 4
"""Characters that a cut must leave to say something, and cuts at most."""
SHOUTED, SHOUTED_MIN = 0.6, 12
"""Share of capitals from which a text of so many characters is all in capitals."""

_NOISE = re.compile(
    r"^[\s\-–—•*·>#→+]+|[\U0001F000-\U0001FAFF☀-➿]|[:;]-?[)(DP](?=\s|$)|\(\s*\d+[^)]*\)|[–-]\s*\d+\s+(?:gommettes?"
    r"|voix|votes?|points?)\b.*$"
    r"|\[[^\]]*\]|(?<=\w)\s*\.\.\.+$|…$"
)
_PATTERNS = read_patterns(__name__, "pieces")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?!»)|\s*[;\n•→]+\s*|\s+[–—]\s+|\s+(?:euh|heu|hein|ben|bah)\b,?\s+")
"""Where a sentence ends, or who speaks hesitates."""
_AGAIN = re.compile(rf"\b({'|'.join(sorted(read_words(__name__, 'said_twice')))})(?: \1\b)+|\S+-(?=\s)", re.IGNORECASE)
"""Small words said twice in a row, and words broken off."""
_LABEL = re.compile(r"^(?P<label>[^:]{2,80}?)\s*:\s+(?P<rest>.+)$")
_ACRONYMS = re.compile(rf"\b(?:{'|'.join(sorted(read_words(__name__, 'acronyms')))})\b")


def pieces(text: str, length_max: int) -> list[str]:
    """The pieces of a text that may stand alone, cleaned of bullets, votes, fillers and final stops, in order."""
    found: dict[str, None] = {}
    for sentence in _SENTENCE.split(text.replace("’", "'")):
        for piece in _unlabelled(_clean(sentence)):
            bare = re.sub(r"\s*\([^)]*\)", "", piece)
            for one in (piece, bare, *_shortened(bare, length_max)):
                variant = _lowered(one.rstrip(" >-–—,;:"))
                is_closed = variant.count("«") == variant.count("»") and variant.count('"') % 2 == 0
                fits = LENGTH_MIN <= len(variant) <= length_max and len(variant.split()) <= WORDS_MAX
                if fits and is_closed and content_stems(variant):
                    found.setdefault(variant)
    return list(found)


def _clean(sentence: str) -> str:
    piece, previous = " ".join(_AGAIN.sub(r"\1", _NOISE.sub(" ", sentence)).split()), ""
    while piece != previous:
        previous = piece
        piece = _PATTERNS["opinion"].sub("", _PATTERNS["filler"].sub("", piece)).strip()
    is_question = piece.endswith("?")
    piece = piece.strip(' .,;:!?…"“”«»-–—>' if "«" not in piece else " .,;:…-–—>")
    if piece.count("(") != piece.count(")"):
        piece = re.sub(r"\s*\([^)]*$|\)", "", piece)
    return f"{piece.rstrip(' ?')} ?" if is_question and piece else piece


def _unlabelled(piece: str) -> list[str]:
    match = _LABEL.match(piece)
    if match is None:
        return [piece]
    label, rest = match["label"].strip(), match["rest"].strip()
    is_speaker = re.match(r"(?:je |j'|moi\b|«)", rest, re.IGNORECASE) is not None
    return [rest] if is_speaker or len(label.split()) < 2 else [label, rest]


def _shortened(piece: str, length_max: int) -> list[str]:
    found: list[str] = []
    shorter = piece
    for _ in range(N_CUTS):
        name, by = ("tail", "") if _PATTERNS["tail"].search(shorter) else ("adjunct", r"\1")
        if shorter.endswith("?") or (name == "adjunct" and len(shorter) <= length_max):
            break
        cut = _PATTERNS[name].sub(by, shorter).rstrip(" ,")
        if cut == shorter or len(cut) < CUT_MIN:
            break
        shorter = cut
        found.append(shorter)
    return found


def _lowered(text: str) -> str:
    letters = [letter for letter in text if letter.isalpha()]
    is_shouted = len(text) > SHOUTED_MIN and sum(map(str.isupper, letters)) > SHOUTED * len(letters)
    return _ACRONYMS.sub(lambda match: match.group().upper(), text.lower()) if is_shouted else text
