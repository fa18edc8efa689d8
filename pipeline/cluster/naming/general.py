"""A title as general as its group: what its texts share, told by the nature that most of them have.

« Manque de médecins » for a school doctor, a practitioner and a locum. The object is a noun phrase of the texts
(`pipeline.language.syntax.noun_groups`), each of whose words several of them say; a template of its nature takes it in,
or the verb that several proposals have before it: « ouvrir l'école ».
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.axes import NORD, SUD
from pipeline.cluster.naming.coverage import SURELY, Coverage, said, weight_of
from pipeline.cluster.naming.penalties import GroupTexts
from pipeline.cluster.naming.shared_phrases import ACTION, Place, SharedPhrase, shared_phrases
from pipeline.cluster.naming.templates import LACKING, of_nature, question_of
from pipeline.language.syntax.function_words import of
from pipeline.language.syntax.noun_groups import is_lacking, noun_groups, tokens_of
from pipeline.language.syntax.noun_phrases import definite, indefinite
from pipeline.language.text.folding import fold
from pipeline.language.text.stems import stem, words
from pipeline.language.vocabulary.concepts import concepts_of

N_READ = 60
"""Texts of a group that are read, the most central ones."""
N_JUDGED, N_TRIED = 30, 6
"""Phrases of a group that the texts are compared with, those that most of them say, the rarest first; and those of them
that are parsed, the best."""
OWN_MOST = 2
"""Words of a phrase that is of one text alone, at most."""
N_OWN, N_EACH = 12, 6
"""Texts of which some phrases are always judged, the most central ones, and how many of each."""
MAJORITY, TOLD = 0.5, 0.3
"""Share of the natures told in a group that its nature must have, and share of its texts that must tell it."""
SURE = 2, 0.3
"""Texts that must tell a nature, and share of the texts, for it to be beyond doubt."""
TRUE, NARROW = 1.5, 0.3
"""What being true of all the texts is worth, and what a title loses that is true of one alone."""
PRECISION, CONFIDENCE, TEMPLATE = 0.08, 0.1, 0.2
"""Beside the share of the texts that a title is true of: what each of its words is worth, up to three, how sure it is,
and what it gains that tells a nature or an action."""
RARE = 5.0
"""What a word weighs that says enough by itself."""
BARE = 0.5
"""What one word loses that tells no nature."""
LONE = 0.3
"""Share of the texts that a title is true of, that must say each of its words: two texts at least."""
COMMON = 0.3
"""What a title loses whose words all the texts of the axis say."""
MAKING = frozenset({"creer", "amenager"})
"""What a proposal wants to have can be told by its name alone: « des pistes cyclables séparées »."""
OBJECTS = 0.3
"""Share of the objects told in a group that must have the noun of its title, for its nature to be told of it."""
_TIMES = of("times")


@dataclass(frozen=True)
class General:
    """A general title, the texts that it is true of, how good it is, where its object was read, and the question of an
    obstacle."""

    text: str
    covered: npt.NDArray[np.bool_]
    stems: frozenset[str]
    score: float
    places: tuple[Place, ...]
    question: str | None = None


class Judged(NamedTuple):
    """The noun phrases of a group that its texts are compared with, by their stems."""

    stems: list[frozenset[str]]
    phrases: list[SharedPhrase]

    @property
    def spellings(self) -> list[str]:
        """Of each, the commonest."""
        return [phrase.spelling for phrase in self.phrases]


def judged_phrases(group: GroupTexts) -> Judged:
    """The `N_JUDGED` phrases of a group that may be true of most of it."""
    found = shared_phrases(group.texts[:N_READ], group.axis == SUD)
    best = sorted(found, key=lambda stems: (-found[stems].spellings.total(), -_told_by(stems), sorted(stems)))
    kept = dict.fromkeys(best[:N_JUDGED])
    for text in group.texts[:N_OWN]:
        own = [stems for stems in best if stems <= said(text).stems]
        kept |= dict.fromkeys(sorted(own, key=lambda stems: (-_told_by(stems), sorted(stems)))[:N_EACH])
    return Judged(list(kept), [found[stems] for stems in kept])


def _told_by(stems: frozenset[str]) -> float:
    return round(sum(map(weight_of, sorted(stems))), 4)


def general_titles(
    group: GroupTexts, judged: Judged, coverage: Coverage, common: Mapping[str, float], n_tried: int = N_TRIED
) -> list[General]:
    """The `n_tried` best titles that are true of two texts at least, to be parsed (`reads_well`) before one is taken.

    Parameters
    ----------
    common : share of the texts of the axis that say each stem.
    """
    if not judged.phrases:
        return []
    told = _told(group)
    found = []
    for stems, phrase, chances in zip(*judged, coverage.chances(judged.spellings), strict=True):
        true_of = coverage.of_phrase(phrase.spelling, chances)
        for text, covered, question, gain in _titled(group, told, stems, phrase, true_of):
            if (
                not covered.any()
                or _has_lone(stems, group.texts, covered)
                or _says_too_little(stems, covered, chances, group)
            ):
                continue
            merit = TRUE * covered.mean() + gain + PRECISION * min(len(stems), 3) + CONFIDENCE * chances[covered].mean()
            merit -= NARROW * (covered.sum() < min(2, len(covered)))
            merit -= COMMON * min((common.get(stem, 0.0) for stem in stems), default=0.0)
            places = tuple(phrase.places[phrase.spelling])
            found.append(General(text, covered, stems, round(float(merit), 4), places, question))
    return _tried(sorted(found, key=lambda one: (-one.score, one.text)), n_tried)


def _tried(found: Sequence[General], n_tried: int) -> list[General]:
    """The best titles, and for each text the best that is true of it."""
    kept = list(found[:n_tried])
    n_texts = len(found[0].covered) if found else 0
    for text in range(min(n_texts, N_OWN)):
        kept += [one for one in found if one.covered[text] and not any(one is other for other in kept)][:1]
    return kept


def _has_lone(stems: frozenset[str], texts: Sequence[str], covered: npt.NDArray[np.bool_]) -> bool:
    """Whether a title has a word that few of the texts say that it is to be true of."""
    told = [said(text) for text, is_true in zip(texts, covered, strict=True) if is_true]
    least = max(min(2, len(told)), LONE * len(told))
    return any(sum(stem in one.stems for one in told) < least for stem in stems)


def _says_too_little(
    stems: frozenset[str], covered: npt.NDArray[np.bool_], chances: npt.NDArray[np.float64], group: GroupTexts
) -> bool:
    """Whether a phrase is of one text, and not surely what that one is about: too long, or not its object."""
    if covered.sum() > 1:
        return False
    row = int(np.flatnonzero(covered)[0])
    about = group.objects[row] if group.objects else None
    is_object = about is None or stems <= said(about).stems
    return len(stems) > OWN_MOST or not is_object or float(chances[row]) < SURELY


@dataclass(frozen=True)
class _Told:
    """The nature of a group, whether it is beyond doubt, and how many texts have an object of each first stem."""

    nature: str | None
    is_sure: bool
    objects: Counter[str]
    n_objects: int

    def is_object(self, head: str) -> bool:
        """Whether a noun is that of the objects told, as far as they are."""
        return self.objects[stem(fold(head))] >= max(1.0, OBJECTS * self.n_objects)


def _told(group: GroupTexts) -> _Told:
    nature = nature_of(group.natures, len(group.texts))
    n = sum(one == nature for one in group.natures)
    objects = [words(one)[:1] for one in group.objects if one]
    heads = Counter(stem(word) for found in objects for word in found)
    return _Told(nature, nature is not None and n >= SURE[0] and n >= SURE[1] * len(group.texts), heads, len(objects))


def _titled(
    group: GroupTexts, told: _Told, stems: frozenset[str], phrase: SharedPhrase, covered: npt.NDArray[np.bool_]
) -> Iterator[tuple[str, npt.NDArray[np.bool_], str | None, float]]:
    """What a phrase may say as a title, of which texts it is then true, the question it asks, and what it gains."""
    spelling = phrase.spelling
    head = phrase.heads[spelling]
    if head == ACTION:
        tells = np.array([stems <= said(text).stems for text in group.texts], dtype=bool)
        yield spelling, covered & tells, None, TEMPLATE
        return
    nature = told.nature if told.is_sure and (told.nature == LACKING or told.is_object(head)) else None
    text = of_nature(group.axis, nature, spelling, head)
    if text is not None:
        tells = _lacks(group, head) if nature == LACKING else _agree(group, nature)
        yield text, covered & tells, question_of(group.axis, nature, spelling, head), TEMPLATE
    is_made = group.axis == SUD and nature in MAKING and len(stems) > 1
    plain = indefinite(spelling, head) if is_made else definite(spelling, head)
    if plain is not None and (len(stems) > 1 or _says_enough(phrase, head, told.is_object(head), group)):
        yield plain, covered, None, -BARE * (len(stems) < 2)


def _agree(group: GroupTexts, nature: str | None) -> npt.NDArray[np.bool_]:
    """The texts that tell a nature."""
    return np.array([one == nature for one in group.natures], dtype=bool)


def _lacks(group: GroupTexts, head: str) -> npt.NDArray[np.bool_]:
    """The texts that say that a thing is lacking, or tell a lack whose object it is."""
    root = stem(fold(head))
    objects = group.objects or [None] * len(group.texts)
    told = [
        nature == LACKING and about is not None and stem(words(about)[0]) == root
        for nature, about in zip(group.natures, objects, strict=True)
    ]
    return np.array([one or _says_lacking(text, root) for one, text in zip(told, group.texts, strict=True)], dtype=bool)


def _says_lacking(text: str, root: str) -> bool:
    tokens = tokens_of(text)
    return any(
        stem(fold(tokens[one.head].low)) == root and is_lacking(one, tokens)
        for one in noun_groups(text.replace("’", "'"), tokens)
    )


def _says_enough(phrase: SharedPhrase, head: str, is_object: bool, group: GroupTexts) -> bool:
    """Whether one word says what a group is about: « les logements », and not « l'état », « le samedi »; of two texts,
    or of proposals, it must be a rare one."""
    root = stem(fold(head))
    is_told = head.removesuffix("s") not in _TIMES and group.axis != NORD
    is_rare, is_known = weight_of(root) >= RARE, is_object or bool(concepts_of(fold(head)))
    is_alone = 2 * phrase.n_tied <= phrase.spellings.total() and (len(group.texts) > 2 or group.axis != SUD)
    return is_told and is_alone and (is_rare or (is_known and len(group.texts) > 2 and group.axis != SUD))


def nature_of(natures: Sequence[str | None], n: int) -> str | None:
    """The nature that most of the texts whose nature is known have; None when none has the majority."""
    told = Counter(nature for nature in natures if nature)
    if not told:
        return None
    first = min(told, key=lambda name: (-told[name], name))
    return first if told[first] > MAJORITY * sum(told.values()) and told[first] >= TOLD * n else None
