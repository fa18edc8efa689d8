"""The noun phrases that the texts of a group have, and what several proposals do with one thing: « ouvrir l'école »."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.cluster.naming.penalties import names_someone
from pipeline.language.lexicon.nouns import gender_of, has_either_number, is_noun, is_plural
from pipeline.language.lexicon.verbs import is_infinitive, third_person
from pipeline.language.syntax.function_words import of
from pipeline.language.syntax.noun_groups import NounGroup, Token, noun_groups, tokens_of
from pipeline.language.text.typography import decapitalized, number_word
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.subjects import GENERIC

if TYPE_CHECKING:
    from spacy.tokens import Doc

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


def _is_of_its_gender(group: NounGroup, tokens: Sequence[Token]) -> bool:
    """Whether the article that a noun would be given is that of the text, when it has one there."""
    gender = gender_of(tokens[group.head].low)
    return not group.first or _GENDERS.get(tokens[group.first - 1].low, gender) == gender


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
    return tuple(_phrases(sentence, with_actions))


def _phrases(sentence: str, with_actions: bool) -> Iterator[_Read]:
    tokens = tokens_of(sentence[:_CHARACTERS_MAX])
    for group in noun_groups(sentence, tokens):
        if not _may_stand(group, tokens):
            continue
        place = Place(sentence, tokens[group.first].start, tokens[group.end - 1].end, tokens[group.head].start)
        is_tied = group.end < len(tokens) and tokens[group.end].low in _TIES
        yield _Read(group.text, tokens[group.head].low, place, is_tied)
        action = _action(group, tokens, sentence) if with_actions else None
        if action:
            yield _Read(action, ACTION, place, False)


def _add(phrase: SharedPhrase, one: _Read) -> None:
    spelling = _spelt(one.words)
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
    return bool(
        is_noun(head.low)
        and len(head.low) > SHORTEST
        and len(inside) <= _WORDS_MAX
        and content_stems(head.low)
        and not (_LACKS | _SPEAKERS) & set(inside)
        and not any(low.rpartition("-")[2] in _NUMBERS or low.isdigit() for low in inside)
        and not any(third_person(low) is not None for low in inside[group.head + 1 - group.first :])  # « X finance Y »
        and _agrees(group, tokens)
        and _is_of_its_gender(group, tokens)
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


def _spelt(phrase: str) -> str:
    """As it stands inside a sentence."""
    flat = decapitalized(" ".join(phrase.split()))
    return flat.lower() if flat.isupper() and len(flat) > 5 else flat
