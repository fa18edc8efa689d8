"""Stances read in words: which side a text takes about an object, learned from written cases; it may take none.

A text is read as its grammar: what only carries a subject is a blank, closed words and turns of phrase stay, so that a
negation that bears on an act (« ne fermez pas… ») is told from a lack (« il n'y a pas de… »), and a condition from a
refusal. How well that does stands in `models/stances/card.md`. Nothing is told below the chances measured there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.language.lexicon.nouns import is_noun
from pipeline.language.lexicon.verbs import third_person
from pipeline.language.syntax.function_words import every_word
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines, read_patterns, standing_in
from pipeline.language.text.words import content_stems, stem
from pipeline.language.vocabulary.cues import (
    AGAINST,
    CON,
    CONDITION,
    FOR,
    HEDGES,
    LIKING,
    MIXED,
    NO,
    OBJECTION,
    PRO,
    RESTRICTION,
    UNKNOWN,
    WANT,
    YES,
)
from pipeline.learned import Linear, ModelFolder, save

STANCES_MODEL = ModelFolder("stances", "des positions", "rosace train --profile positions --extra TEXTES.csv")
STANCES = (PRO, CON, MIXED, UNKNOWN)
HEAD, IN_ANSWER = "stances", "answers"
"""What is read in any words, and in those that answer what somebody has just proposed."""
OBJECT = "<objet>"
N_TOKENS = 40
"""Words that are read: who takes a side says so first."""
N_GRAM, N_APART = 3, 4
"""Words side by side, and how far apart are two that are read together."""
_TOKEN = re.compile(r"[^\W\d_]+'?|\d+|[?!:;,.…]")
_TURNS = read_patterns(__name__, "turns")
_CUES = {
    "against": AGAINST, "for": FOR, "hedges": HEDGES, "yes": YES, "no": NO, "liking": LIKING, "removes": RESTRICTION,
    "wants": WANT, "condition": CONDITION, "objection": OBJECTION,
}  # fmt: skip
_standing = standing_in({**_TURNS, **{f"cue_{name}": cue for name, cue in _CUES.items()}})
_DENIALS = frozenset(("pas", "plus", "jamais", "aucun", "aucune", "rien", "ni", "sans", "loin"))
_OPEN_DENIALS = frozenset(
    ("ne", "n'", "nul", "nulle", "personne", "aucun", "aucune", "sans", "jamais", "rien", "ni", "pas")
)
_SCOPE = 7
"""Words that a denial may reach."""
_NEAR = 4
"""Words after a denial that it may bear on."""
_HINGES = ("removes", "cond", "if_", "but", "asks", "exist", "can_neg", "reported", "lutte", "blames_denied")
_ASSENTS = ("yes_head", "am_for", "praises", "why_not", "not_against")
_ACTS = ("removes", "ends", "lessens", "sets_up", "keeps", "acts")
_QUALIFIERS = ("cond", "if_", "but", "only", "asks", "irony")
_IRONIES = ("again", "but", "asks", "praises", "exist", "blames")
_ENDINGS = (
    ("<ez>", re.compile(r"\w{3,}ez")),
    ("<ons>", re.compile(r"\w{3,}ons")),
    ("<rait>", re.compile(r"\w{2,}(?:rait|raient|rais)")),
    ("<ra>", re.compile(r"\w{3,}(?:ra|ront)")),
    ("<inf>", re.compile(r"\w+(?:[^aeiou]er|ir|dre|tre|ire)")),
)
BLANK = "_"


@cache
def _list(name: str) -> tuple[str, ...]:
    return tuple(dict(line.split(":", 1) for line in read_lines(__name__, "words"))[name].split())


@cache
def _stems_of(*names: str) -> frozenset[str]:
    return frozenset(stem(word) for name in names for word in _list(name))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return stem(word.rstrip("'"))


@lru_cache(maxsize=1_024)
def tokens_of(text: str) -> list[str]:
    """The words and marks of a text that are read, folded; a text is asked several things in a row."""
    return _TOKEN.findall(_bare(text))[:N_TOKENS]


@lru_cache(maxsize=1_024)
def _bare(text: str) -> str:
    """A text folded, what it names as meant against something bad told by its name alone; read twice in a row."""
    return fold(_MEANT_FOR.sub(_named, text))


_MEANT_FOR = re.compile(r"(?<![\w'’-])(?P<noun>\w{3,}) contre\b[^,;:.!?]*", re.IGNORECASE)


def _named(found: re.Match[str]) -> str:
    """`des sanctions contre le bruit`: what is named is against something bad, whoever speaks asks for it."""
    noun = found["noun"].lower()
    is_other = noun in every_word() or third_person(noun) is not None or stem(fold(noun)) in _stems_of("sides")
    return found.group() if is_other or not is_noun(noun) else found["noun"]


def removes(text: str) -> bool:
    """Whether a text names an act that takes away: « la fermeture du guichet »."""
    return any(_stem(word) in _stems_of("removes") for word in tokens_of(text))


def thing_of(text: str) -> str:
    """The stem of what a text would have, keep or take away: its first word of subject that is no such act; "" for what
    opens on a denial."""
    if not _DENIALS.union(("ne", "n'")).isdisjoint(tokens_of(text)[:2]):
        return ""
    acts = _stems_of("removes", "sets_up", "keeps")
    return next((one for one in content_stems(text) if one not in acts), "")


def asks_for(text: str, spoken: Collection[str]) -> bool:
    """Whether a text would have a thing, of the stems that are spoken of: it denies, asks and takes away nothing, nor
    would have less of it."""
    tokens = tokens_of(text)
    is_plain = "?" not in text and _OPEN_DENIALS.isdisjoint(tokens) and not removes(text) and direction_of(text)[1] >= 0
    return is_plain and thing_of(text) in spoken


def direction_of(text: str) -> tuple[str, int]:
    """The stem of the thing that a text would have, and whether it would have it, keep it or have more of it (1), or
    none or less of it (-1); 0 where it says neither.

    `plus de` may mean either: who says it never says the same as who wants less.
    """
    tokens = tokens_of(text)
    acts = _stems_of(*_ACTS)
    thing = next((one for one in content_stems(text) if one not in acts), "")
    lacks = any(pair in _LACKS for pair in pairwise(tokens)) or not _stems_of("lacks").isdisjoint(map(_stem, tokens))
    if lacks or _TURNS["exist"].search(_folded(text)) is not None:
        return thing, 1
    if opens_on_removal(text):
        return thing, -1
    is_denied = False
    for word, after in pairwise([*tokens[:_DIRECTION_WORDS], ""]):
        if (sign := _sign_of(word, after, is_denied)) is not None:
            return thing, sign
        is_denied |= word in _OPEN_DENIALS
    return thing, 0


def _sign_of(word: str, after: str, is_denied: bool) -> int | None:
    """The direction that a word tells before another one, None for none."""
    if after in _OF and word in _MORE | _LESS:
        return None if is_denied and word == "pas" else 1 if word in _MORE and not is_denied else -1
    bare = _stem(word)
    if bare in _stems_of("removes"):
        return 1 if is_denied else 0
    sign = 1 if bare in _stems_of("keeps", "sets_up") else -1 if bare in _stems_of("lessens") else None
    return -sign if sign and is_denied else sign


_LACKS = (("pas", "assez"), ("plus", "assez"), ("trop", "peu"))
_MORE, _LESS, _OF = frozenset(("plus", "davantage")), frozenset(("moins", "trop", "pas")), ("de", "d'", "des", "du")
_DIRECTION_WORDS = 8
"""Words in which a text says what it would have."""


def opens_on_removal(text: str) -> bool:
    """Whether a text proposes to take something away: « supprimer la réunion », « il faut interdire… », undenied."""
    for word in tokens_of(text)[:6]:
        bare = _stem(word)
        if bare in _stems_of("removes", "ends"):
            return True
        if word not in _list("openings"):
            return False
    return False


def backs_removal(text: str) -> bool:
    """Whether a text that is for something is for an act that takes away: « pour la fermeture du guichet »; who names
    one and denies, refuses or keeps is against it."""
    tokens = tokens_of(text)
    stems = {_stem(word) for word in tokens}
    is_plain = _OPEN_DENIALS.isdisjoint(tokens) and stems.isdisjoint(_stems_of("refuses") | {"non"})
    return is_plain and removes(text) and stems.isdisjoint(_stems_of("keeps"))


def title_of_removal(title: str) -> bool | None:
    """Whether a title proposes to take something away (« Fermer le guichet », « La fermeture du guichet »); None where
    it may only name a thing (« Arrêts de car »)."""
    words = tokens_of(title)
    first = next((word for word in words if word not in every_word()), "")
    if not _OPEN_DENIALS.isdisjoint(words):
        return False
    if _stem(first) not in _stems_of("removes"):
        return opens_on_removal(title)
    return True if first.endswith(("er", "ir", "re", "ez", "ons", "tion", "sion")) else None


def says_plainly(text: str, stance: str, title: str) -> bool:
    """Whether the side that a text takes on what a title says is said of a thing that both name, in a turn that leaves
    no doubt: « je suis contre les bancs », « gardons les bancs », « non, pas de bancs »."""
    tokens = tokens_of(text)
    acts = _stems_of(*_ACTS)
    if "?" in text or looks_ironic(text) or not (set(content_stems(title)) - acts) & set(content_stems(text)):
        return False
    if not _turns(text, tokens).isdisjoint(_PLAIN[stance]):
        return True
    return direction_of(text)[1] == (1 if stance == PRO else -1) * (-1 if title_of_removal(title) else 1)


_PLAIN = {PRO: ("am_for", "yes_head"), CON: ("am_against", "against_head", "no_head", "no_to")}


def features_of(text: str, known: frozenset[str], about: str = "") -> set[str]:
    """What is read in a text.

    Parameters
    ----------
    known : words that stay as they are, closed ones besides. about : the object, "" when nobody names it.
    """
    tokens = tokens_of(text)
    shape = _shape(tokens, known, frozenset(content_stems(about)) if about else frozenset())
    runs = [shape[at:] for at in range(max(N_GRAM, N_APART + 1))]
    found = {f"@{turn}" for turn in _turns(text, tokens)}.union(shape)
    for n in range(2, N_GRAM + 1):
        found.update(map(" ".join, zip(*runs[:n], strict=False)))
    for n in range(2, N_APART + 1):
        found.update(map(" .. ".join, zip(shape, runs[n], strict=False)))
    return found


def _shape(tokens: Sequence[str], known: frozenset[str], about: frozenset[str]) -> list[str]:
    """A text without its subject: what is not known is a blank, or its form."""
    shape = ["^"]
    for word in tokens:
        bare = _stem(word)
        is_kept = word in known or word in every_word()
        form = OBJECT if bare in about else word if is_kept else _form(word, bare)
        if form not in (BLANK, OBJECT) or shape[-1] != form:
            shape.append(form)
    return [*shape, "$"]


def _form(word: str, bare: str) -> str:
    if bare in _stems_of("removes"):
        return "<ote>"
    if bare in _stems_of("sets_up"):
        return "<met>"
    if not word[0].isalpha():
        return word if not word[0].isdigit() else BLANK
    return next((name for name, ending in _ENDINGS if ending.fullmatch(word)), BLANK)


def _folded(text: str) -> str:
    """A text in small letters without accents, one space between words, no bullet."""
    return " ".join(_bare(text).split()).strip(" -–—•*>")


def _turns(text: str, tokens: Sequence[str]) -> set[str]:
    folded = _folded(text)
    folded = " ".join(folded.split(" ", N_TOKENS)[:N_TOKENS])
    found = _standing(folded)
    if "cue_for" in found and not FOR.search(AGAINST.sub(" ", folded)):
        found.discard("cue_for")
    if folded.endswith("?"):
        found.add("asks")
    found |= _valued(tokens) | _denied_twice(tokens) | _praised_in_vain(tokens, folded)
    if "asks" in found and found.isdisjoint((*_list("refusals"), *_ASSENTS)):
        found.add("only_asks")
    found.add(f"length_{min(6, len(tokens) // 5)}")
    if len(tokens) <= 3:
        found.add("tiny")
    for ones, others in ((_list("refusals"), _HINGES), (_ASSENTS, _QUALIFIERS), (("irony",), _IRONIES)):
        found |= {f"{one}&{other}" for one in ones if one in found for other in others if other in found}
    return found


def _valued(tokens: Sequence[str]) -> set[str]:
    """Words that praise, blame or take away, each denied or not."""
    denials = [at for at, word in enumerate(tokens) if word in _DENIALS]
    found: set[str] = set()
    for at, word in enumerate(tokens):
        bare = _stem(word)
        is_denied = any(0 < at - denial <= _NEAR for denial in denials)
        found |= {f"{name}_denied" if is_denied else name for name in ("praises", "blames") if bare in _stems_of(name)}
        if bare in _stems_of("removes"):
            found.add("removes")
            if is_denied or any(0 < denial - at <= 2 for denial in denials):
                found.add("removes_denied")
            if at == 0:
                found.add("removes_first")
    return found


def _denied_twice(tokens: Sequence[str]) -> set[str]:
    """Words that refuse or lack, each in the scope of a denial or not, and how many denials there are.

    A denial reaches as far as the next mark or « mais »: « nul ne s'y oppose », « on ne peut pas s'en passer ».
    """
    refusals, found, reach, n_denials = _stems_of("refuses"), set[str](), 0, 0
    for at, word in enumerate(tokens):
        bare = _stem(word)
        if word == "mais" or not word[0].isalnum():
            reach = 0
        elif word in _OPEN_DENIALS:
            is_second = reach > 0 and tokens[at - 1] not in _OPEN_DENIALS
            n_denials += not (reach > 0 and word in ("ne", "n'"))
            found |= {f"denied_{word}"} if is_second else set()
            reach = _SCOPE
        else:
            found |= {"refuses_denied" if reach else "refuses"} if bare in refusals else set()
            reach = max(0, reach - 1)
    return found | {f"denials_{min(n_denials, 3)}"}


def looks_ironic(text: str) -> bool:
    """Whether a text praises beyond measure beside a loss, or something to laugh at."""
    folded = _folded(text)
    return not _praised_in_vain(tokens_of(text), folded).isdisjoint(("hyperbole&losses", "hyperbole&mockeries"))


def _praised_in_vain(tokens: Sequence[str], folded: str) -> set[str]:
    """Hyperbole, and what stands beside it that nobody praises: a loss, a price, one thing more, a laugh."""
    bare = {_stem(word) for word in tokens}
    if bare.isdisjoint(_stems_of("hyperboles")) and _TURNS["irony"].search(folded) is None:
        return set()
    beside = {f"hyperbole&{name}" for name in ("losses", "mockeries") if not bare.isdisjoint(_stems_of(name))}
    beside |= {f"hyperbole&{mark}" for mark in ("!", "?", ":", "…") if mark in tokens}
    beside |= {"hyperbole&number"} if any(word[0].isdigit() for word in tokens) else set()
    return {"hyperbole", *beside} if beside else {"hyperbole", "hyperbole&bare"}


def is_mocking(text: str) -> bool:
    """Whether a text thanks or praises for what nobody wants: « merci pour l'attente ». Who is thanked for doing
    something (« merci de patienter ») is asked to do it."""
    tokens = tokens_of(text)
    thanks = next((at for at, word in enumerate(tokens) if word in _list("thanks")), None)
    if thanks is None or not set(_list("sincere")).isdisjoint(tokens):
        return False
    after = tokens[thanks + 1 : thanks + 1 + _SCOPE]
    asks = after[:1] in (["de"], ["d'"]) and after[1:2] not in (["nous"], ["me"], ["m'"])
    return not asks and any(_stem(word) in _stems_of("harms") for word in after)


def _says(text: str, stance: str) -> bool:
    """Whether a turn of phrase takes a side: what is only likely of a long text, or of a question, is chance."""
    tokens = tokens_of(text)
    is_short = len(tokens) <= SHORT_WORDS and "?" not in text
    said = (*_list(f"says_{stance}"), *(_list(f"hints_{stance}") if is_short else ()))
    return not _turns(text, tokens).isdisjoint(said)


SHORT_WORDS = 9
"""Words of the longest text of which a turn that only hints at a side tells it."""


class Reading(NamedTuple):
    """The stance that a text takes, and how likely it is."""

    stance: str
    chance: float


@dataclass(frozen=True)
class StanceModel:
    """A logistic regression over what is read in texts.

    Attributes
    ----------
    head : its outputs are `STANCES`. least : the chance from which each stance is told.
    is_of_answers : whether it reads words that answer a proposal, which need not say that they take a side.
    """

    head: Linear
    least: Mapping[str, float]
    is_of_answers: bool = False

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.head.inputs)}

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(name for name in self.head.inputs if " " not in name and name[0] not in "<@^$_")

    def shares(self, texts: Sequence[str], about: Sequence[str] | None = None) -> npt.NDArray[np.float64]:
        """The chance of each stance, shape (n, len(STANCES)), rounded."""
        places, known, weights = self._places, self._known, self.head.weights.astype(np.float64)
        scores = np.tile(self.head.bias.astype(np.float64), (len(texts), 1))
        for row, text in enumerate(texts):
            read = features_of(text, known, about[row] if about is not None else "")
            rows = sorted(map(places.__getitem__, places.keys() & read))
            scores[row] += weights.take(rows, axis=1).sum(axis=1)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True)) if len(texts) else scores
        return np.asarray(np.round(odds / odds.sum(axis=1, keepdims=True), 4)) if len(texts) else odds

    def read(
        self, texts: Sequence[str], about: Sequence[str] | None = None, leniency: Sequence[float] | None = None
    ) -> list[Reading]:
        """The likeliest stance of each text about its object, `inconnu` where it is not likely enough.

        Parameters
        ----------
        leniency : how much less likely than usual the stance of each may be.

        Notes
        -----
        An object that is itself the loss of something turns the sides round: who keeps it open is against its closing.
        Praise that looks ironic takes no side, nor does what no turn of phrase says: a false one is worse than none;
        nor who is only « pas contre ». Who mocks is against.
        """
        shares = self.shares(texts, about)
        found: list[Reading] = []
        for row, best in enumerate(shares.argmax(axis=1).tolist()):
            stance, chance = STANCES[best], float(shares[row, best])
            is_likely = chance >= self.least.get(stance, 0.0) - (leniency[row] if leniency is not None else 0.0)
            if stance != UNKNOWN and not (is_likely and (self.is_of_answers or _says(texts[row], stance))):
                stance = UNKNOWN
            if about is not None and removes(about[row]):
                stance = OPPOSITE.get(stance, stance)
            if stance == PRO and (looks_ironic(texts[row]) or _is_only_not_against(texts[row])):
                stance = UNKNOWN
            found.append(Reading(CON if is_mocking(texts[row]) else stance, chance))
        return found


def _is_only_not_against(text: str) -> bool:
    return any(pair in _NOT_AGAINST for pair in pairwise(tokens_of(text)))


_NOT_AGAINST = [("pas", word) for word in ("contre", "oppose", "opposee", "opposes", "opposees", "hostile", "hostiles")]
OPPOSITE = {PRO: CON, CON: PRO}


def read_stances(texts: Sequence[str], about: Sequence[str] | None = None) -> list[str]:
    """The stance of each text about its object (`pour`, `contre`, `nuance`, `inconnu`), by its words alone.

    Parameters
    ----------
    about : the objects, in words: « bancs », « la fermeture du guichet »; None: nobody names them.
    """
    return [one.stance for one in load_stances().read(texts, about)]


@lru_cache(maxsize=2)
def load_stances(head: str = HEAD, folder: Path = STANCES_MODEL.path) -> StanceModel:
    """A head of the model of a folder: `HEAD`, or `IN_ANSWER`.

    Raises
    ------
    ModelError : a file is missing or altered, or holds something else.
    """
    with STANCES_MODEL.reading(folder) as learned:
        found = learned.heads[head]
        if found.outputs != STANCES:
            raise ValueError(f"{found.outputs} : d'autres positions")
        least = {name: float(least) for name, least in learned.facts["least"][head].items()}
        return StanceModel(found, least, head == IN_ANSWER)


def save_stances(folder: Path, models: Mapping[str, StanceModel]) -> None:
    """Write the weights of each head, as `load_stances` reads them."""
    heads = {name: model.head for name, model in models.items()}
    save(folder, heads, {"least": {name: dict(model.least) for name, model in models.items()}})
