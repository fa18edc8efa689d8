"""A title as general as its group: what its texts share, told by the nature that most of them have.

« Manque de médecins » for a school doctor, a practitioner and a locum. The object is a noun phrase of the texts
(`pipeline.language.syntax.noun_groups`), each of whose words several of them say; a template of its nature takes it in,
or the verb that several proposals have before it: « ouvrir l'école ».
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.axes import NORD, SUD
from pipeline.cluster.naming.coverage import Coverage
from pipeline.cluster.naming.penalties import GroupTexts, names_someone
from pipeline.cluster.naming.templates import of_nature, question_of
from pipeline.language.lexicon.nouns import is_noun, is_plural
from pipeline.language.lexicon.verbs import is_infinitive
from pipeline.language.syntax.function_words import of
from pipeline.language.syntax.noun_groups import NounGroup, Token, is_lacking, noun_groups, tokens_of
from pipeline.language.syntax.noun_phrases import definite, indefinite
from pipeline.language.text.folding import fold
from pipeline.language.text.stems import stem, words
from pipeline.language.text.typography import decapitalized
from pipeline.language.vocabulary.concepts import concepts_of
from pipeline.language.vocabulary.subjects import GENERIC

if TYPE_CHECKING:
    from spacy.tokens import Doc

N_READ = 60
"""Texts of a group that are read, the most central ones."""
N_PLACES = 3
"""Sentences in which a phrase is parsed."""
N_TRIED = 6
"""Phrases of a group that are parsed, those that cover the most texts."""
LEAST_TRUE = {NORD: 0.75}
LEAST_TRUE_ELSEWHERE = 0.6
"""Share of the texts that a general title must cover."""
MAJORITY, TOLD = 0.5, 0.3
"""Share of the natures told in a group that its nature must have, and share of its texts that must tell it."""
SURE = 2, 0.3
"""Texts that must tell a nature, and share of the texts, for it to be beyond doubt."""
PRECISION = 0.12
"""What one more word that the texts share is worth, beside the share of the texts that a phrase covers."""
PLAIN, BARE, PLAIN_TRUE = 0.1, 0.4, 0.66
"""What a title loses that tells no nature, more when it is one word; share of the texts that one word must cover."""
LACKING = 0.2
"""Share of the texts that must say that a thing is lacking, for a title to say it."""
MAKING = frozenset({"creer", "amenager"})
"""What a proposal wants to have can be told by its name alone: « des pistes cyclables séparées »."""
OBJECTS = 0.3
"""Share of the objects told in a group that must have the noun of its title, for its nature to be told of it."""
_WORDS_MAX, _CHARACTERS_MAX = 6, 240
ACTION = ""
"""In the place of its noun, an action has none."""
_ARTICLES = of("articles")
_WEAK = frozenset({"être", "avoir", "faire", "pouvoir", "devoir", "falloir", "vouloir", "savoir"})
_TIMES, _TIES = of("times"), frozenset({"de", "d'", "du", "des", "à", "au", "aux", "en"})
_PREPOSITIONS = of("prepositions", "articles") | {"du", "des"}
SHORTEST = 2
_DENIED = of("negations", "denials") | {"éviter", "arrêter", "cesser", "sans"}
_SPEAKERS = of("speakers") | of("possessives", "demonstratives")
_SENTENCE = re.compile(r"(?<=[.!?…;:])\s+|\n+")


@dataclass
class _Phrase:
    """A noun phrase, or an action, by its stems: how often it is spelt so, its noun, where it was read, how often it
    is said to be lacking, and how often something is tied to it: « l'état de… », « l'accès à… »."""

    spellings: Counter[str] = field(default_factory=Counter)
    heads: dict[str, str] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    n_lacking: int = 0
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


@dataclass(frozen=True)
class General:
    """A general title, the share of the texts that it covers, its stems, where its object was read, the question of an
    obstacle, and whether it tells no nature."""

    text: str
    cover: float
    stems: frozenset[str]
    score: float
    places: tuple[Place, ...]
    question: str | None = None
    is_plain: bool = False


def general_titles(group: GroupTexts, coverage: Coverage, n_tried: int = N_TRIED) -> list[General]:
    """The `n_tried` titles that cover most of the texts, to be parsed (`reads_well`) before one is taken."""
    told = _told(group)
    least = LEAST_TRUE.get(group.axis, LEAST_TRUE_ELSEWHERE)
    found = []
    for stems, phrase in _phrases(group.texts[: coverage.n], group.axis == SUD).items():
        cover = coverage.of(stems)
        if cover < least or coverage.has_lone(stems) or phrase.spellings.total() < 2:
            continue
        general = _titled(group, told, stems, phrase, cover)
        if general is not None:
            found.append(replace(general, score=round(general.score + coverage.rarity(stems), 4)))
    return sorted(found, key=lambda one: (-one.score, one.text))[:n_tried]


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


def _titled(group: GroupTexts, told: _Told, stems: frozenset[str], phrase: _Phrase, cover: float) -> General | None:
    """The title of a phrase; None when it would say too little, or its grammar is not known."""
    spelling, is_pair = phrase.spelling, len(group.texts) == 2
    head, places = phrase.heads[spelling], tuple(phrase.places[spelling])
    if head == ACTION:
        return General(spelling, cover, stems, cover + PRECISION * min(len(stems), 3), places)
    least = max(min(2.0, len(group.texts) - 1.0), LACKING * len(group.texts))
    is_object = phrase.n_lacking >= least if told.nature == "manque" else told.is_object(head)
    nature = told.nature if is_object and told.is_sure else None
    plain = indefinite(spelling, head) if group.axis == SUD else definite(spelling, head)
    text = of_nature(group.axis, nature, spelling, head) or plain
    if text is None:
        return None
    is_plain = text == plain
    if is_plain and group.axis == SUD and (nature not in MAKING or len(stems) < 2):
        return None
    is_bare = is_plain and len(stems) < 2
    if is_bare and (is_pair or cover < PLAIN_TRUE or not _says_enough(phrase, head, is_object, group.axis)):
        return None
    question = question_of(group.axis, nature, spelling, head) if told.is_sure else None
    score = cover + PRECISION * min(len(stems), 3) - is_plain * (PLAIN if len(stems) > 1 else BARE)
    return General(text, cover, stems, score, places, question, is_plain)


def _says_enough(phrase: _Phrase, head: str, is_object: bool, axis: str) -> bool:
    """Whether one word says what a group is about: « les logements », and not « l'état », « le samedi », « le km »."""
    is_told = len(head) > SHORTEST and head.removesuffix("s") not in _TIMES and axis != NORD
    return is_told and 2 * phrase.n_tied <= phrase.spellings.total() and (is_object or bool(concepts_of(fold(head))))


def nature_of(natures: Sequence[str | None], n: int) -> str | None:
    """The nature that most of the texts whose nature is known have; None when none has the majority."""
    told = Counter(nature for nature in natures if nature)
    if not told:
        return None
    first = min(told, key=lambda name: (-told[name], name))
    return first if told[first] > MAJORITY * sum(told.values()) and told[first] >= TOLD * n else None


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
    if last.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB"):
        return False
    return following is None or last.i == head.i or not (following.pos_ == "ADJ" and following.head.i in own)


def _phrases(texts: Sequence[str], with_actions: bool) -> dict[frozenset[str], _Phrase]:
    """The noun phrases of the texts, and what is done with them, by their stems; of each text the shortest ones."""
    found: dict[frozenset[str], _Phrase] = {}
    for text in texts:
        here: dict[frozenset[str], _Read] = {}
        for sentence in _SENTENCE.split(text.replace("’", "'")):
            for one in _read(sentence, with_actions):
                stems = Coverage.stems_of(one.words)
                is_told = stems and (one.head == ACTION or not stems <= GENERIC)
                if is_told and (stems not in here or len(one.words) < len(here[stems].words)):
                    here[stems] = one
        for stems, one in here.items():
            _add(found.setdefault(stems, _Phrase()), one)
    return found


class _Read(NamedTuple):
    """A phrase of a sentence, its noun (`ACTION` for an action), where it stands, whether it is said to be
    lacking, and tied to more."""

    words: str
    head: str
    place: Place
    is_lacking: bool
    is_tied: bool


def _read(sentence: str, with_actions: bool) -> Iterator[_Read]:
    """The phrases of a sentence that may stand in a title."""
    tokens = tokens_of(sentence[:_CHARACTERS_MAX])
    for group in noun_groups(sentence, tokens):
        if not _may_stand(group, tokens):
            continue
        place = Place(sentence, tokens[group.first].start, tokens[group.end - 1].end, tokens[group.head].start)
        is_tied = group.end < len(tokens) and tokens[group.end].low in _TIES
        yield _Read(group.text, tokens[group.head].low, place, is_lacking(group, tokens), is_tied)
        action = _action(group, tokens, sentence) if with_actions else None
        if action:
            yield _Read(action, ACTION, place, False, False)


def _add(phrase: _Phrase, one: _Read) -> None:
    spelling = _spelt(one.words)
    phrase.spellings[spelling] += 1
    phrase.heads[spelling] = one.head
    phrase.n_lacking += one.is_lacking
    phrase.n_tied += one.is_tied
    places = phrase.places.setdefault(spelling, [])
    if len(places) < N_PLACES:
        places.append(one.place)


def _action(group: NounGroup, tokens: Sequence[Token], text: str) -> str | None:
    """The infinitive whose object a phrase is, with it: `ouvrir l'école`."""
    at = group.first - 1
    if at < 1 or tokens[at].low not in _ARTICLES:
        return None
    is_object = is_infinitive(tokens[at - 1].low) and tokens[at - 1].low not in _WEAK
    if any(token.low in _DENIED for token in tokens[max(0, at - 4) : at - 1]):
        return None
    return text[tokens[at - 1].start : tokens[group.end - 1].end] if is_object else None


def _may_stand(group: NounGroup, tokens: Sequence[Token]) -> bool:
    """Whether a phrase may stand in a title: it is short, tells nobody's own, names nobody, and no name is beside its
    noun without a word to tie it."""
    inside = [token.low for token in tokens[group.first : group.end]]
    is_named = any(token.text[:1].isupper() for token in tokens[max(1, group.first) : group.end])
    is_beside = any(
        token.text[:1].isupper() and before.low not in _PREPOSITIONS
        for before, token in pairwise(tokens[group.head : group.end])
    )
    is_name = group.head > 0 and tokens[group.head].text[:1].isupper() and not tokens[group.head].text.isupper()
    return bool(
        is_noun(tokens[group.head].low)
        and Coverage.stems_of(tokens[group.head].low)
        and not is_name
        and not is_beside
        and len(inside) <= _WORDS_MAX
        and not _SPEAKERS & set(inside)
        and not (is_named and names_someone(group.text))
    )


def _spelt(phrase: str) -> str:
    """As it stands inside a sentence."""
    flat = decapitalized(" ".join(phrase.split()))
    return flat.lower() if flat.isupper() and len(flat) > 5 else flat
