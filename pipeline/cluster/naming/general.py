"""A title as general as its group: what its texts share, told by the nature that most of them have.

« Manque de médecins » for a school doctor, a practitioner and a locum. The object is a noun phrase of the texts
(`pipeline.language.syntax.noun_phrases`), each of whose words several of them say; a template of its nature takes it
in, or the verb that several proposals have before it: « ouvrir l'école ».
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.axes import NORD, SUD
from pipeline.cluster.naming.coverage import SURELY, Coverage, said, weight_of
from pipeline.cluster.naming.rewording import LACKING, of_nature, question_of
from pipeline.cluster.naming.scores import GroupTexts, names_someone
from pipeline.language.lexicon.nouns import gender_of, has_either_number, is_noun, is_plural
from pipeline.language.lexicon.verbs import is_infinitive, third_person
from pipeline.language.syntax.function_words import of
from pipeline.language.syntax.noun_phrases import (
    NounGroup,
    Token,
    definite,
    indefinite,
    is_lacking,
    noun_groups,
    tokens_of,
)
from pipeline.language.text.folding import fold
from pipeline.language.text.typography import decapitalized, number_word
from pipeline.language.text.words import content_stems, stem, words
from pipeline.language.vocabulary.concepts import GENERIC, concepts_of

if TYPE_CHECKING:
    from spacy.tokens import Doc


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
    found.sort(key=lambda one: (-one.score, one.text))
    kept = found[:n_tried]
    for row in range(min(len(group.texts), N_OWN)):  # and for each text the best that is true of it
        kept += [one for one in found if one.covered[row] and not any(one is other for other in kept)][:1]
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
        tells = (
            _lacks(group, head) if nature == LACKING else np.array([one == nature for one in group.natures], dtype=bool)
        )
        yield text, covered & tells, question_of(group.axis, nature, spelling, head), TEMPLATE
    is_made = group.axis == SUD and nature in MAKING and len(stems) > 1
    plain = indefinite(spelling, head) if is_made else definite(spelling, head)
    if plain is not None and (len(stems) > 1 or _says_enough(phrase, head, told.is_object(head), group)):
        yield plain, covered, None, -BARE * (len(stems) < 2)


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


N_PLACES = 3
"""Sentences in which a phrase is parsed."""
ACTION = ""
"""In the place of its noun, an action has none."""
_WORDS_MAX, _CHARACTERS_MAX = 6, 240
_ARTICLES = of("articles")
WEAK = frozenset({"être", "avoir", "faire", "pouvoir", "devoir", "falloir", "vouloir", "savoir"})
_TIES = frozenset({"de", "d'", "du", "des", "à", "au", "aux", "en"})
_PREPOSITIONS = of("prepositions", "articles") | {"du", "des"}
_DENIED = of("negations", "denials") | {"éviter", "arrêter", "cesser", "sans"}
_LACKS, _PLURALS = of("lacks"), of("plurals")
_GENDERS = {"un": "m", "le": "m", "ce": "m", "du": "m", "au": "m", "une": "f", "la": "f", "cette": "f"}
"""What a determiner says of its noun: « une secrétaire », which the lexicon has as a man, would be told as one."""
_MARKS = ("es", "és", "ls", "ts", "ds", "ns")
"""How the plural of an adjective ends that has another form in the singular."""
SHORTEST = 2
"""Letters of a noun that is an abbreviation, at most: « km »."""
_NUMBERS = of("numbers") | frozenset(number_word(n) for n in range(17))
_SPEAKERS = of("speakers") | of("possessives", "demonstratives")
_N_SENTENCES = 100_000
"""Sentences whose phrases are kept: groups are read twice."""
_SENTENCE = re.compile(r"(?<=[.!?…;:])\s+|\n+")


@dataclass
class SharedPhrase:
    """A noun phrase, or an action, by its stems: how often it is spelt so, its noun, where it was read, and how often
    something is tied to it: « l'état de… », « l'accès à… »."""

    spellings: Counter[str] = field(default_factory=Counter)
    heads: dict[str, str] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    n_tied: int = 0

    @property
    def spelling(self) -> str:
        """The commonest, in the plural when two are as common."""
        return min(self.spellings, key=lambda one: (-self.spellings[one], not is_plural(self.heads[one]), one))


@dataclass(frozen=True)
class Place:
    """Where a phrase stands: a sentence, and the characters of the phrase and of its noun in it."""

    sentence: str
    start: int
    end: int
    head: int


def reads_well(place: Place, doc: Doc) -> bool:
    """Whether the parse of its sentence finds a phrase whole: a noun, all of whose words are its own, and the last of
    whose adjectives was not cut off."""
    inside = [token for token in doc if place.start <= token.idx < place.end]
    head = next((token for token in inside if token.idx == place.head), None)
    if head is None or head.pos_ not in ("NOUN", "PROPN"):
        return False
    own = {token.i for token in inside if token.idx >= place.head or token.head.i == head.i}
    if any(token.head.i not in own for token in inside if token.i in own and token.i != head.i):
        return False
    last, following = inside[-1], inside[-1].nbor() if inside[-1].i + 1 < len(doc) else None
    if last.pos_ not in ("NOUN", "PROPN", "ADJ"):  # a participle waits for what follows it
        return False
    return following is None or last.i == head.i or not (following.pos_ == "ADJ" and following.head.i in own)


_LIGHT_VERBS = frozenset(("faire", "avoir", "prendre", "donner", "mettre", "demander", "porter", "rendre", "tenir"))
"""Verbs that a noun follows without its determiner: `faire confiance`."""


def agrees(text: str) -> bool:
    """Whether the noun phrases of a text agree, and none lacks its determiner after an infinitive, as far as the
    lexicon knows: people write as they speak."""
    tokens = tokens_of(text)
    return all(_agrees(group, tokens) for group in noun_groups(text, tokens))


def _agrees(group: NounGroup, tokens: Sequence[Token]) -> bool:
    head = tokens[group.head].low
    before = tokens[group.first - 1].low if group.first else ""
    opens = group.first == 1 and group.end > group.head + 1  # one word may be no noun: « travailler ensemble »
    is_act = is_infinitive(before) and not is_noun(before) and before not in _LIGHT_VERBS
    if opens and is_noun(head) and is_act:
        return False  # « aménager piste cyclable »
    if not is_noun(head) or has_either_number(head):
        return True
    many = is_plural(head)
    if before in _PLURALS and not many:
        return False
    for token in tokens[group.head + 1 : group.end]:
        if token.low in _PREPOSITIONS:
            break
        is_marked = token.low.endswith(_MARKS)
        if not is_noun(token.low) and ((is_marked and not many) or (many and not token.low.endswith(("s", "x", "z")))):
            return False
    return True


def shared_phrases(texts: Sequence[str], with_actions: bool) -> dict[frozenset[str], SharedPhrase]:
    """The noun phrases of the texts, and what is done with them, by their stems; of each text the shortest ones."""
    found: dict[frozenset[str], SharedPhrase] = {}
    for text in texts:
        here: dict[frozenset[str], _Read] = {}
        for sentence in _SENTENCE.split(text.replace("’", "'")):
            for one in _read(sentence, with_actions):
                stems = frozenset(content_stems(one.words))
                is_told = stems and (one.head == ACTION or not stems <= GENERIC)
                if is_told and (stems not in here or len(one.words) < len(here[stems].words)):
                    here[stems] = one
        for stems, one in here.items():
            _add(found.setdefault(stems, SharedPhrase()), one)
    return found


class _Read(NamedTuple):
    """A phrase of a sentence, its noun (`ACTION` for an action), where it stands, and whether it is tied to more."""

    words: str
    head: str
    place: Place
    is_tied: bool


@lru_cache(maxsize=_N_SENTENCES)
def _read(sentence: str, with_actions: bool) -> tuple[_Read, ...]:
    """The phrases of a sentence that may stand in a title."""
    found = []
    tokens = tokens_of(sentence[:_CHARACTERS_MAX])
    for group in noun_groups(sentence, tokens):
        if not _may_stand(group, tokens):
            continue
        place = Place(sentence, tokens[group.first].start, tokens[group.end - 1].end, tokens[group.head].start)
        is_tied = group.end < len(tokens) and tokens[group.end].low in _TIES
        found.append(_Read(group.text, tokens[group.head].low, place, is_tied))
        action = _action(group, tokens, sentence) if with_actions else None
        if action:
            found.append(_Read(action, ACTION, place, False))
    return tuple(found)


def _add(phrase: SharedPhrase, one: _Read) -> None:
    flat = decapitalized(" ".join(one.words.split()))
    spelling = flat.lower() if flat.isupper() and len(flat) > 5 else flat
    phrase.spellings[spelling] += 1
    phrase.heads[spelling] = one.head
    phrase.n_tied += one.is_tied
    places = phrase.places.setdefault(spelling, [])
    if len(places) < N_PLACES:
        places.append(one.place)


def _action(group: NounGroup, tokens: Sequence[Token], text: str) -> str | None:
    """The infinitive whose object a phrase is, with it: `ouvrir l'école`."""
    at = group.first - 1
    if at < 1 or tokens[at].low not in _ARTICLES:
        return None
    is_object = is_infinitive(tokens[at - 1].low) and tokens[at - 1].low not in WEAK
    if any(token.low in _DENIED for token in tokens[max(0, at - 4) : at - 1]):
        return None
    return text[tokens[at - 1].start : tokens[group.end - 1].end] if is_object else None


def _may_stand(group: NounGroup, tokens: Sequence[Token]) -> bool:
    """Whether a phrase may stand in a title: it is short, tells nobody's own, names nobody, and no name is beside its
    noun without a word to tie it."""
    inside = [token.low for token in tokens[group.first : group.end]]
    head = tokens[group.head]
    gender = gender_of(head.low)
    return bool(
        is_noun(head.low)
        and len(head.low) > SHORTEST
        and len(inside) <= _WORDS_MAX
        and content_stems(head.low)
        and not (_LACKS | _SPEAKERS) & set(inside)
        and not any(low.rpartition("-")[2] in _NUMBERS or low.isdigit() for low in inside)
        and not any(third_person(low) is not None for low in inside[group.head + 1 - group.first :])  # « X finance Y »
        and _agrees(group, tokens)
        and (not group.first or _GENDERS.get(tokens[group.first - 1].low, gender) == gender)
        and not _names(group, tokens)
    )


def _names(group: NounGroup, tokens: Sequence[Token]) -> bool:
    """Whether a phrase names somebody or something: at its head, beside its noun, or a person anywhere in it."""
    head = tokens[group.head].text
    is_beside = any(
        token.text[:1].isupper() and before.low not in _PREPOSITIONS
        for before, token in pairwise(tokens[group.head : group.end])
    )
    is_name = group.head > 0 and head[:1].isupper() and not head.isupper()
    is_named = any(token.text[:1].isupper() for token in tokens[max(1, group.first) : group.end])
    return is_name or is_beside or (is_named and names_someone(group.text))
