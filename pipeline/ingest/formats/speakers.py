"""Labels at the head of lines (`Lucie :`, `Animatrice :`): whose they are, which are nobody's, and who leads."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations, pairwise

from pipeline.ingest.formats.records import Entry
from pipeline.ingest.structure import context_of
from pipeline.language.lexicon.nouns import (
    CIVILITY,
    ambiguous_names,
    first_names,
    is_noun,
    role_kind,
    roles,
    spelt_role,
)
from pipeline.language.lexicon.spelling import is_known
from pipeline.language.syntax.finite_verbs import has_sure_main_verb, has_verb
from pipeline.language.syntax.function_words import every_word, of
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import either, read_lines, read_words
from pipeline.language.text.words import stem, words
from pipeline.language.vocabulary.rarity import background
from pipeline.tables.columns import header_key, matches_alias, sources

_REPEATED = 2
_INITIALS = re.compile(r"^(?:[A-Z]\.? ?-?){1,3}$")
_PROPER = re.compile(r"^[A-ZÀ-Þ][\w.’'-]*$")
_PARTICLES = frozenset(("de", "du", "des", "la", "le", "van", "von", "ben", "el", "et"))
_PSEUDONYM = r"[^\W\d_]+\d+\b"
"""`loutre26`."""
_TURN = re.compile(
    rf"^(?:{either(read_words(__name__, 'turn_nouns'))})s?\s+"
    rf"(?:de\s+|d['’])?(?=(?-i:[A-ZÀ-Þ])|{_PSEUDONYM}|une?\s)"
    rf"|^(?:rappel|précision|suggestion|observation)s?\s+(?:de\s+|d['’])(?={CIVILITY}\s|(?-i:[A-ZÀ-Þ]\S+$)|{_PSEUDONYM}$)",
    re.IGNORECASE,
)
ON_MINUTES = "commentaire ajouté au compte rendu"
"""The part of who comments on minutes after the meeting."""
_ON_MINUTES = re.compile(
    r"^(?:suite\s+(?:du\s+)?)?commentaires?\s+(?:(?:de\s+|d['’]|par\s+)(?P<nom>(?-i:[A-ZÀ-Þ])\S*(?:\s+\S+){0,2}?)\s+)?"
    r"(?:ajoutés?\s+)?(?:(?:sur|au|du)\s+)?(?:le\s+)?(?:CR|comptes?[\s-]rendus?|PV|procès-verbal)$",
    re.IGNORECASE,
)
MARKS_OF_TURNS = frozenset(("Q", "R", "Question", "Réponse"))
"""Labels of a question and of its answer, whoever they are of."""
_AFTER_MARK = re.compile(rf"^(?:{'|'.join(sorted(MARKS_OF_TURNS))})\s*\d*\s*[-–—]\s+[*_]*(?=[A-ZÀ-Þ])")
"""`Q - Lucie : …`, `R - Omar : …`: a question, then its answer, whoever they are of."""
_SAID_BY = re.compile(
    r"^(?:l['’]|l[ae]s?\s+)?(?:interventions?|réponses?|questions?|propos|paroles?|mots?|discours|témoignages?)\s+"
    r"(?:du\s+|de\s+(?P<art>la\s+|l['’]))(?P<nom>\S[^:]*?)\s*:?$",
    re.IGNORECASE,
)
_ON_WHAT = re.compile(r"(?<=\S)\s+(?:sur|concernant|au sujet|à propos)\s.*$")
"""`Question de Lucie sur le quai`."""
_TITLE = re.compile(rf"^{CIVILITY}\s+(?:d[eu]\s+|d['’])?[A-ZÀ-Þ]")
_BEFORE_ROLE = re.compile(rf"^(?:{CIVILITY}\s+)?(?:l(?:[ea]|es)\s+|l['’]|une?\s+|autre\s+)*", re.IGNORECASE)
_ARTICLE = re.compile(rf"^(?:{CIVILITY}\s+l|[LlUu])(?:[ea]\s|['’]|ne?\s)")
_COMPLEMENT = re.compile(r"\s+(?:d[eu]s?\s|d['’]|en\s|à\s|aux?\s|[A-ZÀ-Þ]|\().*$")
_SEVERAL = re.compile(r"^[Ll]es\s")
_INDEFINITE = re.compile(r"^(?:une?|des|d['’]autres|quelqu['’]une?)\b", re.IGNORECASE)
_AROUND_NAME = re.compile(r"\s*(?:\([^()]*\)?|\[[^\[\]]*\]|,.*|\s[-–—/]\s.*)$", re.DOTALL)
_COMMON_MIN = 3
_ROLE_WORDS_MAX = 3
_RANK = re.compile(r"[\s_-]*\d+$")
_TITLE_WORD = re.compile(rf"^{CIVILITY}\s+")
_NAME_WORDS_MAX = 4


MESSAGE, MARK = "message", "marque"


@dataclass(frozen=True)
class Label:
    """A label at the head of a line, and what is said after it; `is_told` when the label says that someone speaks.

    `form` : how it is set off: `deux-points`, `tiret`, `gras`, `point`, `seul` for a line that holds nothing else,
    `MESSAGE` for one that holds a day and an hour too, `MARK` for the marks of tools that transcribe.
    `body` : whom she is there for, after a dash. `day` : when she posted it, in ISO form.
    """

    name: str
    text: str
    is_told: bool = False
    form: str = "deux-points"
    body: str = ""
    day: str = ""

    @property
    def is_said(self) -> bool:
        """Whether what follows is said rather than told of: it has a verb, or a tool set it off."""
        return self.form == MARK or has_verb(self.text)


def leader_of(turns: Sequence[tuple[str, str]]) -> str:
    """Who asks in an exchange of two, each turn a voice and its words: all that she says asks, and the other tells; ""
    for none."""
    asks = [(voice, "?" in text) for voice, text in turns]
    counts, asked = Counter(voice for voice, _ in asks), Counter(voice for voice, is_asking in asks if is_asking)
    shares = sorted((asked[voice] / n, voice) for voice, n in counts.items())
    if len(shares) != 2 or shares[0][0] > _TELLS_MAX or shares[1][0] < 1:
        return ""
    return shares[1][1] if counts[shares[1][1]] >= _REPEATED else ""


_TELLS_MAX = 0.25
"""Share of the turns of somebody who answers that ask something, at most."""


def is_told(raw: str) -> bool:
    """Whether a label says that somebody speaks: a turn, a title before a name, a part of one person."""
    name = speaker_name(raw)
    told = raw.strip(" *_")
    is_turn = ON_MINUTES in name or (_TURN.match(told) is not None and name != told)
    return is_turn or bool(_TITLE.match(name)) or is_titled_role(name)


def is_person(name: str) -> bool:
    """Whether words are written as the name of a person or of a part that is played, with what may stand after it."""
    bare = bare_name(name)
    words = [word for word in _TITLE_WORD.sub("", bare).split() if word.lower() not in _PARTICLES]
    if is_role(bare) or (is_animation(name) and not _is_built(words)):
        return True
    if not 0 < len(words) <= _NAME_WORDS_MAX or not _are_proper(words):
        return False
    return bool(_TITLE.match(bare)) or is_surely_named(bare) or looks_like_name(" ".join(words))


def is_surely_named(name: str) -> bool:
    """Whether a name is a person's by itself: a usual first name in it, a civility before it, a part that is played."""
    bare = bare_name(name)
    is_usual = is_first_name(bare) or _first_name(bare) in ambiguous_names()
    return is_usual or bool(_TITLE.match(bare)) or is_role(bare) or is_animation(name)


INITIAL_FIRST = re.compile(r"[A-ZÀ-Þ](?:\.?-?[A-ZÀ-Þ])?\.\s?[A-ZÀ-Þ][\w’'-]+")
"""`A-L. Lannec (mairie)`."""


def bare_name(name: str) -> str:
    """A name without what stands after it: `Lucie (élue)`, `Lucie, du port` and `Lucie – le port` are `Lucie`."""
    return _AROUND_NAME.sub("", name).strip() or name


def is_titled_role(name: str) -> bool:
    """Whether a part is told of one person: `Le maire`, `Mme la présidente`, `Une habitante du port`."""
    return bool(_ARTICLE.match(name)) and is_role(name)


class People:
    """Names of the speakers of a document → one name each: `Mme Vidal`, `Jeanne Vidal` and `JV` are one.

    `parts` : a part that is played → the name of who plays it: `maire` → `Mme Vidal`.
    """

    def __init__(self, names: Iterable[str], parts: Mapping[str, str] | None = None) -> None:
        self._told: dict[str, str] = {}
        names = [*names, *(parts or {}).values()]
        for name in names:
            self._told.setdefault(_person_key(name), bare_name(speaker_name(name)))
        shared: dict[str, set[str]] = {}
        for key in self._told:
            words = key.split()
            for word in {words[0], words[-1], "".join(word[0] for word in words)} if len(words) > 1 else ():
                shared.setdefault(word, set()).add(key)
        self._whole = {word: next(iter(keys)) for word, keys in shared.items() if len(keys) == 1}
        self._whole |= {header_key(part): _person_key(name) for part, name in (parts or {}).items()}

    def one(self, name: str) -> str:
        """The name of a person however it is written here."""
        key = _person_key(name)
        return self._told.get(self._whole.get(key, key), bare_name(speaker_name(name)))


def _person_key(name: str) -> str:
    bare = bare_name(speaker_name(name))
    if is_role(bare):
        return header_key(_BEFORE_ROLE.sub("", bare))
    return header_key(_TITLE_WORD.sub("", bare))


def speaker_name(raw: str) -> str:
    """The name in a label: `Question de Lucie` is `Lucie`, `L'intervention du maire` is `le maire`; a comment on the
    minutes is one, with the name that it bears; signs of markup are left out."""
    name = _AFTER_MARK.sub("", " ".join(raw.strip(" *_").split()))
    if noted := _ON_MINUTES.match(name):
        return f"{noted['nom']} ({ON_MINUTES})" if noted["nom"] else ON_MINUTES
    said = _SAID_BY.match(name)
    told = f"{said['art'] or 'le '}{said['nom']}" if said is not None else ""
    if is_titled_role(told):
        return told
    asked = _TURN.sub("", name)
    if name.isupper() and not is_surely_named(asked.title()):
        return name  # « QUESTIONS LORS DE LA VISITE »
    return asked if asked == name else _ON_WHAT.sub("", asked)


_TERSE = 3
"""Words from which somebody who speaks says a verb, where `Fort Boyard : un jeu de société` tells of a thing."""


_LETTERS = re.compile(r"[^\W\d_]+")
_NEAR_MIN, _FAR_MIN = 5, 8
"""Letters from which a name that differs in one place by a letter, by two, may be another's misspelt."""


def names_of_one(names: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of names, the later one first, that may be one person's, in order: a person is asked. `Viviane` and
    `Vivianne`, `JP` and `Jean-Philippe`."""
    parts = [_LETTERS.findall(fold(name)) for name in names]
    letters = ["".join(words) for words in parts]
    initials = ["".join(word[0] for word in words) for words in parts]
    alike: dict[str, list[int]] = {}
    for at in range(len(names)):
        for key in {letters[at], initials[at]}:
            alike.setdefault(key, []).append(at)

    def may_be(one: int, other: int) -> bool:
        if letters[one] in (letters[other], initials[other]) or letters[other] == initials[one]:
            return True
        return len(parts[one]) == len(parts[other]) and all(map(_is_near, parts[one], parts[other]))

    near = sorted({pair for found in alike.values() for pair in combinations(found, 2)})
    return [(names[rarer], names[usual]) for usual, rarer in near if may_be(usual, rarer)]


def _is_near(word: str, other: str) -> bool:
    """Whether words that open alike differ by few letters in one place; a letter stands for a word."""
    shortest, longest = sorted((len(word), len(other)))
    if word[0] != other[0] or shortest == 1 or word == other:
        return word[0] == other[0]
    most = (shortest >= _NEAR_MIN) + (shortest >= _FAR_MIN)
    if longest - shortest > most:
        return False
    same = SequenceMatcher(None, word, other, autojunk=False).get_matching_blocks()
    return longest - sum(block.size for block in same) <= most


def speakers_among(labels: Iterable[Label]) -> frozenset[str]:
    """Which labels of a document are speakers': first names, roles, and what comes back as a name does."""
    listed = list(labels)
    counts = Counter(label.name for label in listed)
    for mark in marks_among(counts):
        del counts[mark]
    told = counts.keys() & {label.name for label in listed if label.is_told}
    sure = told | {name for name in counts if is_role(name) or is_animation(name) or is_first_name(name)}
    parts = {name for name in sure if is_role(name) and not name[-1].isdigit() and counts[name] < _REPEATED}
    if sure == parts:
        sure = set()  # « Habitants : … », once, is no talk
    again = {name for name, n in counts.items() if n >= _REPEATED}
    sure |= {name for name in again if _first_name(name) in ambiguous_names()}
    likely = again.intersection(map(_who_says, listed))
    sure |= set(filter(_is_unknown, likely))
    return frozenset(sure | likely if len(sure | likely) >= 2 else sure)


def _is_unknown(name: str) -> bool:
    """Whether a name is of two words at least, none of which is a word of French: `Nolwaz Kerbrad`."""
    return " " in name and not any(map(is_known, name.lower().split()))


def marks_among(names: Iterable[str]) -> frozenset[str]:
    """The labels of questions and answers, « Q : » and « R : », which are nobody's initials: two at least."""
    marks = MARKS_OF_TURNS.intersection(names)
    return marks if len(marks) > 1 else frozenset()


def _who_says(label: Label) -> str:
    """The name that a label is written as, where words of somebody who speaks follow it; "" for others."""
    is_said = label.is_said or 0 < len(label.text.split()) < _TERSE
    return label.name if is_said and looks_like_name(label.name) else ""


def pseudonyms_among(labels: Sequence[Label], speakers: Collection[str]) -> set[str]:
    """Labels of one word of a talk whom a speaker answers: it comes back, or is no word of French: `Loutre`, `rvlt`."""
    labels = [label for label in labels if not _is_heading(label.name)]
    counts = Counter(label.name for label in labels)
    asking = {label.name for label, answer in pairwise(labels) if "?" in label.text and answer.name in speakers}
    words = (name for name in asking if len(name.split()) == 1)
    return {name for name in words if counts[name] >= _REPEATED or not is_known(name.lower())}


def in_small_letters(labels: Iterable[Label], present: Collection[str]) -> set[str]:
    """Labels that are names written without capitals, `lucie : …`, `jp : …`: two at least are usual first names, or of
    people who are there; then what else is no word of French is one, and what comes back in two or three letters.

    `present` : the names of those who are there, as they are written elsewhere.
    """
    counts = Counter(label.name for label in labels if _SMALL.fullmatch(label.name) and not _is_heading(label.name))
    there = {name.lower() for name in present}
    known = {name for name in counts if name.capitalize() in first_names() or name in there}
    if sum(name in there or not is_noun(name) for name in known) < _REPEATED:
        return set()
    again = {name for name, n in counts.items() if n >= _REPEATED and len(name) <= _INITIALS_MAX and not is_noun(name)}
    return known | again | {name for name in counts if not is_known(name)}


_SMALL = re.compile(r"[a-zà-ÿ]{2,}(?:-[a-zà-ÿ]+)?")


def is_first_name(word: str) -> bool:
    """Whether a word is a usual first name."""
    return _first_name(word) in first_names()


def _first_name(name: str) -> str:
    """The first word of a name, capitalised; "" for what is written otherwise."""
    words = _TITLE_WORD.sub("", bare_name(name)).replace("-", " ").split()
    return words[0].rstrip(".,").capitalize() if words and _are_proper(words) else ""


def _are_proper(words: list[str]) -> bool:
    """Whether words are written as a name: capitals, particles between; no `Sur Lannec` nor `Avec Lannec`."""
    return not _is_built(words) and all(_PROPER.match(word) or word.lower() in _PARTICLES for word in words)


def _is_built(words: list[str]) -> bool:
    """Whether words open a phrase: `En ville, animation`."""
    return bool(words) and words[0].lower() in of("prepositions", "joins", "relatives", "subordinators")


@cache
def looks_like_name(name: str) -> bool:
    """Whether a label that comes back is written as a name, and is no heading."""
    name = bare_name(name)
    words = name.split()
    if _INITIALS.match(name):
        return True
    if not words or not _are_proper(words):
        return False
    return not (is_heading_noun(name) or _is_heading(name) or all(map(_is_common, words)))


def _is_heading(name: str) -> bool:
    """Whether a label, or its first word, is one of those that stand before a colon and are nobody's: `Problème`."""
    ways = name, name.split()[0]
    is_listed = any(header_key(one).rstrip("s") in _HEADINGS for one in ways)
    return is_listed or any(matches_alias(one, role) for one in ways for role in ("texte", "contexte"))


def is_heading_noun(name: str) -> bool:
    """Whether a label opens with a noun that is nobody's name: `Constat`, `Groupe Lucie`, `Côté port`."""
    first = bare_name(name).split()[0]
    is_name = first in first_names() or first in ambiguous_names() or first.lower() in every_word()
    return is_noun(first.lower()) and not is_name and not is_role(name)


@cache
def _is_common(word: str) -> bool:
    """Whether people say this word in workshops: `Associations`, which is nobody's name."""
    _, counts = background()
    return any(counts.get(stem(part), 0) >= _COMMON_MIN for part in words(word))


_HEADINGS = frozenset(
    header_key(word).rstrip("s") for word in (*read_words(__name__, "no_speakers"), *sources()["notes"]["titres"])
)


@cache
def is_animation(name: str) -> bool:
    """Whether a label is that of someone who leads: `Enquêtrice`, `Animateur 2`, `Lucie (animatrice)`."""
    return any(_RANK.sub("", part) in _ANIMATION_ROLES for part in _parts(name))


@cache
def is_role(name: str) -> bool:
    """Whether a label names no person but a part: `audience6`, `SPEAKER_00`, `Habitante 2`, `Mme la maire`."""
    bare = _BEFORE_ROLE.sub("", _TURN.sub("", name.replace("_", " ").strip()))
    noun = _COMPLEMENT.sub("", bare)
    if _SEVERAL.match(name):  # « Les élus de l'opposition » speak, « Les élus : … » are a matter
        return noun != bare and _kind(noun.rstrip("sx")) in (*_SPEAK, "public")
    is_called = _ARTICLE.match(name) is not None or (
        _kind(noun) == "charge" and not bare[len(noun) + 1 :][:1].isupper()
    )
    return any(_kind(part) in (*_SPEAK, "public", "personne") for part in (bare, *([noun] if is_called else [])))


_SPEAK = ("charge", "qualite")


def _kind(part: str) -> str:
    return roles().get(fold(_RANK.sub("", header_key(part))), "")


@cache
def part_of(label: str) -> str:
    """The part that a label says somebody plays, or whom she speaks for, as it goes on in a sentence, never her name:
    `Lucie Morin, adjointe à la voirie`, `Intervenant 3 (Les Amis du port)`, `Mme la maire`; "" where it tells none.
    """
    name = speaker_name(label)
    bare = bare_name(name)
    for told in (name[len(bare) :], bare if is_role(bare) else ""):
        part = _TITLE_WORD.sub("", _RANK.sub("", told.replace("_", " ").strip(" ,;()[]/–—-")))
        kind = role_kind(_BEFORE_ROLE.sub("", part))
        if kind == "public":
            return kind
        if _may_tell(part, kind, bare):
            if not kind:
                return part
            is_person = part.isupper() and kind != "organisme"
            low = spelt_role(part) if is_person else part[:1].lower() + part[1:]
            return _BEFORE_ROLE.sub("", low) if kind == "organisme" else _NAME_AFTER.sub(r"\1", low)
    return ""


def part_told(label: Label) -> str:
    """The same of a label of a line: whom its speaker is there for, as it is written where it holds nobody's name."""
    is_nobodys = not (is_person(label.body) or is_surely_named(label.body) or has_sure_main_verb(label.body))
    is_written = (
        is_nobodys and (label.body[:1].isupper() or label.body.islower()) and len(label.body) <= _PART_CHARS_MAX
    )
    return label.body if is_written else part_of(f"{label.name} – {label.body}" if label.body else label.name)


_NAME_AFTER = re.compile(r"^((?:l[ea]s? |l['’])?(?!l[ea]s? )[\w-]+(?: (?:adjointe?|générale?))?) [A-ZÀ-Þ].*$")
"""`le président Vidal` is `le président`."""
_PART_CHARS_MAX, _INITIALS_MAX = 70, 3
_OF_A_GROUP = re.compile(r"[Ll]es\s|[Ll](?:[ea]\s|['’]).+\s(?:d(?:es?|u)\s|d['’])")
"""`Les Amis du port`, `La Maison du port`: `Le Goff` may be a name."""
_ACRONYM = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ0-9&.]{1,7}")


def _may_tell(part: str, kind: str, name: str) -> bool:
    """Whether words beside a name tell a part or an organisation, and nobody's name."""
    bare = _BEFORE_ROLE.sub("", part)
    capitals = [word for word in re.findall(r"[^\W\d_][\w’'-]*", bare) if word[0].isupper()]
    is_private = re.search(rf"\d|\b{CIVILITY}(?!\w)", part) is not None or any(map(is_first_name, capitals))
    if not bare or len(part) > _PART_CHARS_MAX or is_private or kind == "personne":
        return False
    if _ACRONYM.fullmatch(part):
        return len(part) > _INITIALS_MAX or part[0] not in [word[0] for word in name.split()]
    is_body = bare[0].isupper() and not has_verb(part) and _OF_A_GROUP.match(part) is not None
    return is_body or bool(kind)


@cache
def is_machine_name(name: str) -> bool:
    """Whether a name is one that a machine gives to a voice: `SPEAKER_00`, `Locuteur 2`."""
    return re.match(sources()["transcription"]["machines"], name, re.IGNORECASE) is not None


@cache
def is_nobody(name: str) -> bool:
    """Whether a label stands for nobody in particular: `public`, `l'assemblée générale`, `une habitante`."""
    if _INDEFINITE.match(name) and is_role(name):
        return True
    bare = re.sub(r"^(?:l[ae]s? |l')", "", header_key(name))
    return bare.partition(" ")[0] in _COLLECTIVE_ROLES


def _parts(name: str) -> list[str]:
    words = name.split()
    around = [words[0], words[-1]] if 0 < len(words) <= _ROLE_WORDS_MAX else []
    return list(map(header_key, (name, *re.split(r"[(),/–—]| - ", name), *around)))


_ANIMATION_ROLES, _COLLECTIVE_ROLES = (
    frozenset(map(header_key, read_lines(__name__, name))) for name in ("animation_roles", "collective_roles")
)


# turns of those who lead: they say what is asked, and are no contribution ------------------------------------------

_QUESTION_WORDS_MIN = 4
_ASKS_ON = re.compile(
    r"(?:et\s+(?:l[ea]s?\s|l['’]|(?:sur|pour|dans|votre|vos)\s)|(?:qu[ei]|quel\w*|comment|où|quand)\s+\w)",
    re.IGNORECASE,
)
"""« Et l'école ? », « Que proposez-vous ? », where « Ah bon ? » asks nothing."""
_QUESTION = re.compile(r"[^.!…?\n]+\?")
REJECT = ("animation", "parole de l'animation")


def without_animation(entries: list[Entry]) -> tuple[list[Entry], list[tuple[str, str, str]]]:
    """The turns of those who take part, each with the question that it answers, and the rejects.

    Where nobody but the animation speaks, its turns are all there is to read: they stay.
    """
    leads = [entry.voice is not None and is_animation(entry.voice) for entry in entries]
    for entry, is_leading in zip(entries, leads, strict=True):
        if not (is_leading and not all(leads)) and entry.voice is not None and is_nobody(entry.voice):
            entry.voice = None  # `Public :` is nobody in particular: two such turns are not one person's
    if not any(leads) or all(leads):
        return entries, []
    kept: list[Entry] = []
    rejects: list[tuple[str, str, str]] = []
    asked, above = "", entries[0].headings
    for entry, is_leading in zip(entries, leads, strict=True):
        if entry.headings != above:
            asked, above = "", entry.headings
        if is_leading:
            asked = question_in(entry.text) or asked
            rejects.append((entry.locator, *REJECT))
            continue
        if asked:
            entry.context = context_of((*entry.headings[-1:], asked))
        kept.append(entry)
    return kept, rejects


def question_in(text: str) -> str:
    """The last question of a turn: `Et qu'est-ce qui manque le soir ?`; "" without a question mark."""
    asked = [found.group().strip() for found in _QUESTION.finditer(text)]
    return next((one for one in reversed(asked) if len(one.split()) >= _QUESTION_WORDS_MIN or _ASKS_ON.match(one)), "")
