"""Which members of a group surely speak of what its title names: those that prose may tell together.

A group is made by a machine, and may hold a stranger: only those of whom its title is true are told, and counted.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from itertools import takewhile

from pipeline.axes import EST
from pipeline.language.lexicon.verbs import is_infinitive
from pipeline.language.syntax.function_words import of
from pipeline.language.text.lists import read_patterns
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.cues import CON
from pipeline.workshop.model import Group, Item, Material

PRAISE_MIN = 0.93
"""Confidence asked of an idea that states a lack before it is told as a resource."""
TRUE_MIN = 1.1
"""Truth from which an idea is surely of a person's title: of ten such, eight or nine are, on folders that a reader
placed by hand."""
NEAR_MIN = 0.8
"""Chance to be under a person's title from which an idea speaks of it, whatever its words."""
SAMPLE_MAX = 20_000
MEMBERS_MAX = 400
_PATTERNS = read_patterns(__name__, "kinship")
_DENIED = r"(?:pas|aucune?) (?:de )?(?:frein|obstacle|problème|souci|difficulté)"
_NO_OBSTACLE, _PERHAPS = re.compile(rf"\b{_DENIED}s?\b", re.IGNORECASE), re.compile(_DENIED, re.IGNORECASE)
"""Someone who says that nothing hinders her tells no obstacle."""
MEASURES = frozenset(content_stems("km kilomètres mètres minutes min heures euros kilos tonnes hectares"))
DAYS = frozenset(content_stems("lundi mardi mercredi jeudi vendredi samedi dimanche"))
QUALIFIERS = frozenset(content_stems("unique seul seule petit grand vrai partagé nouveau"))
"""Words that bring no two ideas together by themselves: how far, how much, and what may be said of anything."""


def place_stems(material: Material) -> frozenset[str]:
    """The stems of the names of the territory and of the venue: everyone holds them, they bring nobody together."""
    names = (str(row[key]) for row in material.workshops for key in ("lieu", "territoire") if row.get(key))
    return frozenset(content_stems(" ".join(names)))


def leading_verb(group: Group) -> frozenset[str]:
    """The stems of the verbs that open the title of a proposal: what is planned or paid for tells two of them apart."""
    verbs = takewhile(is_infinitive, group.title.lower().split()) if group.axis == "sud" else ()
    return frozenset(content_stems(" ".join(verbs)))


def head_of(group: Group) -> frozenset[str]:
    """The stems of what a title names, before what says which one: « Accueil » of « Accueil à la mairie »; all of them
    where nothing else is left."""
    words = re.split(r"[\s'’]+", group.title)
    head = " ".join(takewhile(lambda word: word.lower() not in _WHICH, words))
    return (frozenset(content_stems(head)) - leading_verb(group)) or frozenset(content_stems(group.title))


_WHICH = of("prepositions") | {"au", "aux", "du", "des", "d"}
CROSSING = "traversee"
_TWO_SENTENCES = re.compile(r"[.!?…]\s")


def says_the_contrary(item: Item) -> bool:
    """Whether an idea would make its axis say the contrary of what it says: an obstacle got past, unless both are told
    whole, a resource that lacks.
    """
    if item.axis == "est":
        if item.facet == CROSSING and _TWO_SENTENCES.search(item.text):
            return False
        if got_past(item.text):
            return True
        is_likely = _PERHAPS.search(item.source_text) is not None  # most are read no further
        return is_likely and _NO_OBSTACLE.search(item.source_text[slice(*item.reach)]) is not None
    if item.axis == "sud":
        return _PATTERNS["opens_a_lack"].match(item.text) is not None
    is_praise = item.axis != "nord" or item.confidence >= PRAISE_MIN
    return not is_praise and _PATTERNS["lack"].search(item.text) is not None


def takes_a_side(item: Item, group: Group) -> bool:
    """Whether an idea speaks of what a group says, rather than says it: against it, or on a condition; of a group that
    refuses, those who refuse say it."""
    side = group.side_of(item)
    if group.is_refusal:
        return side != CON
    is_unread = group.axis == EST and not group.is_counted
    is_complaint = is_unread and not group.sides.n_for  # a machine read it against what the title is about: it says it
    is_against = side == CON and not is_complaint
    return is_against or (side == "nuance" and group.axis == "sud")


def is_opposite(text: str, title: str) -> bool:
    """Whether words say the contrary of a title that asks for something: more of what it wants less of, or what is
    left out of what it wants for all."""
    named, exception = set(content_stems(title)), _PATTERNS["excepted"].search(text)
    if exception is not None:
        left_out = named & set(content_stems(text[exception.end() :]))
        return bool(left_out) or _PATTERNS["whole"].search(title) is not None
    if _PATTERNS["more"].search(text) is None or _PATTERNS["less"].search(text) is not None:
        return False
    wanted = (
        title[match.end() :].split(",", 1)[0].split()[:WANTED_WORDS] for match in _PATTERNS["less"].finditer(title)
    )
    said = set(content_stems(text))
    return any(said & set(content_stems(" ".join(words))) for words in wanted)


WANTED_WORDS = 3
"""Words after « moins de » that tell of what."""


def got_past(text: str) -> bool:
    """Whether words tell an obstacle that was left behind."""
    return _PATTERNS["got_past"].search(text) is not None


class Kinship:
    """Finds the kin of each group, once; words weigh by how rare they are in the workshop.

    Attributes
    ----------
    places : stems that bring nobody together (see `place_stems`, `MEASURES`, `DAYS`).
    weights : stem → ln(number of ideas / number of ideas that hold it), on at most `SAMPLE_MAX` ideas.
    """

    def __init__(self, material: Material) -> None:
        self.places = place_stems(material) | MEASURES | DAYS
        self._material = material
        self._stems: dict[str, frozenset[str]] = {}
        self._named: dict[str, frozenset[str]] = {}
        self._found: dict[str, tuple[Item, ...]] = {}
        sample = list(material.items.values())[:: 1 + len(material.items) // SAMPLE_MAX]
        counts = Counter(stem for item in sample for stem in self.stems(item))
        self._weight_of_unseen = math.log(max(2, len(sample)))
        self.weights = {stem: math.log(max(2, len(sample)) / n) for stem, n in counts.items()}

    def stems(self, item: Item) -> frozenset[str]:
        """The stems of an idea's words of subject, names of places aside."""
        if item.item_id not in self._stems:
            self._stems[item.item_id] = frozenset(content_stems(item.text)) - self.places
        return self._stems[item.item_id]

    def __call__(self, group: Group) -> tuple[Item, ...]:
        """The members that say what their axis says, and take no side, all that a person accepted being looked at; of a
        person's title whose ideas nobody looked at, those that she put there or that surely speak of it, or the surest
        one."""
        if group.group_id not in self._found:
            near = (item for item in group.members if not takes_a_side(item, group))
            kin = [item for item in near if group.is_accepted or item.is_put or not says_the_contrary(item)]
            if not (group.is_proposed or group.is_counted):
                kin.sort(key=lambda item: -round(self.truth(item, group), 2))
                near_min = NEAR_MIN if group.is_of_people else math.inf
                sure = [item for item in kin if self.truth(item, group) >= TRUE_MIN or item.strength >= near_min]
                kin = sure or kin[:1]
            self._found[group.group_id] = tuple(kin)
        return self._found[group.group_id]

    def truth(self, item: Item, group: Group) -> float:
        """How surely a title is true of an idea: wholly where a person put it there; else by the words of the title
        that it says, 1 for one that no other idea says, and by its chance to be under it. Names of places bring nobody
        together."""
        if item.is_put:
            return math.inf
        return self._weight(self.shared(item, group)) / self._weight_of_unseen + item.strength / 2

    def shared(self, item: Item, group: Group) -> frozenset[str]:
        """The words of a title that an idea says."""
        if group.title not in self._named:
            self._named[group.title] = frozenset(content_stems(group.title)) - self.places - QUALIFIERS
        return self._named[group.title] & self.stems(item)

    def _weight(self, stems: Iterable[str]) -> float:
        return round(sum(self.weights.get(stem, self._weight_of_unseen) for stem in stems), 6)


_SAME = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "É": "E", "é": "e", "Ê": "E", "ê": "e"})


def find_words(text: str, wanted: str) -> tuple[int, int] | None:
    """Where `wanted` stands in `text`, but for its first capital, accents on e (`_SAME`), last punctuation, spaces."""
    bare = wanted.translate(_SAME).strip().rstrip(" .;:,…!")
    where = text.translate(_SAME)
    for form in dict.fromkeys((bare, bare[:1].lower() + bare[1:])):
        at = where.find(form) if form else -1
        end = at + len(form)
        if at >= 0 and not where[:at][-1:].isalnum() and not where[end:][:1].isalnum():
            end += len(where[end:]) - len(where[end:].lstrip(" ")) + 1 if where[end:].lstrip(" ")[:1] == "?" else 0
            return at, end
    return None
