"""What a piece of text is: a clause, a noun phrase, an infinitive, a question, a lack, a wish, or a mere fragment.

`read` is for a piece that may become a title, which is kept or cleaned; `analyse` for one that our own sentences take
in: a clause after « que », a noun phrase with its article, an infinitive after « de », a wish as it is, and anything
else after a colon, where every form is right. When the parse is not certain, the form is `fragment`: a colon never
makes a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.language.lexicon.nouns import is_noun
from pipeline.language.lexicon.verbs import is_also_noun, is_finite, is_infinitive, third_person
from pipeline.language.models.parsing import parse
from pipeline.language.syntax.clauses import is_clause
from pipeline.language.syntax.finite_verbs import has_sure_main_verb
from pipeline.language.syntax.function_words import DETERMINER, RELATIVES, of
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import either, read_patterns
from pipeline.language.text.typography import capitalized, decapitalized

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BEFORE = of("negations", "reflexives") | {"y", "en"}
_AFTER_NEGATION = _BEFORE | {"pas", "plus", "jamais"}


def opens_on_infinitive(doc: Doc, at: int = 0) -> bool:
    """Whether an infinitive stands at a place of a phrase, its pronouns and its negation aside: `ne pas se voir`."""
    if doc[at].lower_ in _BEFORE:
        while at < len(doc) and doc[at].lower_ in _AFTER_NEGATION:
            at += 1
    return at < len(doc) and _is_infinitive(doc[at])


def _is_infinitive(token: Token) -> bool:
    word = token.lower_
    is_tagged = "Inf" in token.morph.get("VerbForm", [])
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if following is not None and is_finite(following.lower_):
        return False  # "accueillir est un métier"
    has_object = following is not None and following.pos_ in ("DET", "PRON")
    if is_infinitive(word):
        return is_tagged or not is_also_noun(word)
    return word.endswith("er") and not is_noun(word) and (is_tagged or has_object)


CLAUSE, NOUN, INFINITIVE, FRAGMENT = "clause", "noun", "infinitive", "fragment"
QUESTION, LACK, WISH = "question", "lack", "wish"


@dataclass(frozen=True)
class Phrase:
    """A piece of text and what it is.

    Attributes
    ----------
    kind : `CLAUSE`, `NOUN`, `INFINITIVE`, `QUESTION`, `LACK`, `WISH` or `FRAGMENT`.
    """

    text: str
    kind: str

    @property
    def title(self) -> str:
        """First letter capital."""
        return capitalized(self.text)


_PATTERNS = read_patterns(__name__, "phrases")
_DANGLING = of("dangling")
_HANGING = of("subordinate_openings", "foreign_openings")
_FIRST_PRONOUNS = of("third_persons", "said_before", "persons")
_NEGATED = re.compile(
    rf"^(?:(?:plus )?aucune?|(?:pas|plus) une?|(?:trop )?peu d)\S* (?:(?! (?:{either(RELATIVES)})).)*?"
    r" ?(?:\bne |\bn')",
    re.IGNORECASE,
)
"""« aucun agent ne répond » is a clause, not a lack that « il n'y a » could introduce."""
_LISTED = re.compile(
    r"^[àa] (?!louer|vendre|savoir|noter|voir|lire|suivre|partir|définir|préciser)(?=\w)", re.IGNORECASE
)
"""The « À » of lists of proposals: « à expérimenter des outils »."""


def _dangles(last: Token) -> bool:
    """Whether a phrase that ends on a word waits for another."""
    is_listed = last.lower_ in _DANGLING and not last.doc.text.endswith("»")
    return is_listed or last.pos_ in ("DET", "ADP", "SCONJ")


def read(doc: Doc) -> Phrase | None:
    """What a parsed segment is, or None when it does not hold together as a phrase.

    For a piece that may become a title, which is kept or cleaned; for one that enters our own sentences, see
    `analyse`, which gives `FRAGMENT` wherever the parse is in doubt.
    """
    words = [token for token in doc if not token.is_space and not token.is_punct]
    if not words or _dangles(words[-1]):
        return None
    text, first = str(doc.text), words[0]
    if text.endswith("?"):
        return Phrase(text, QUESTION)
    if first.lower_ in _HANGING or _PATTERNS["hanging"].match(text):
        return None
    listed = _LISTED.match(text)
    if listed is not None and len(words) > 3 and opens_on_infinitive(doc, words[1].i):
        return Phrase(text[listed.end() :], INFINITIVE)
    if _PATTERNS["lack"].match(text):
        return Phrase(text, CLAUSE) if _NEGATED.match(text) else Phrase(text, LACK)
    return Phrase(text, _kind(doc, first, text))


def _kind(doc: Doc, first: Token, text: str) -> str:
    if opens_on_infinitive(doc, first.i):
        return INFINITIVE
    if _is_clause(doc):
        return CLAUSE
    if _is_bare_participle(doc) or _BARE_LIST.match(text):
        return FRAGMENT
    if first.pos_ not in ("DET", "NOUN", "PROPN", "NUM", "ADJ") or fold(first.text) in ("ce", "qui", "que"):
        return FRAGMENT
    has_verb = any(_is_finite(token) for token in doc)
    return NOUN if not has_verb or _relative_only(doc) else FRAGMENT


_BARE_LIST = re.compile(r"^[\w-]+(?:, [\w'-]+)+(?: et [\w'-]+)?$")
"""Words in a row after a label: « bois, pierre, cuisine »."""
_PARTICIPLE = re.compile(r"\w+(?:é|i|u|ert|is|it)(?:e?s?)$", re.IGNORECASE)


def _is_bare_participle(doc: Doc) -> bool:
    """Whether a phrase opens on a participle whose noun was left behind: « ouverte le samedi par des bénévoles »."""
    if len(doc) < 2 or doc[0].pos_ not in ("ADJ", "VERB", "AUX") or not _PARTICIPLE.match(doc[0].text):
        return False
    return doc[1].pos_ in ("ADP", "NUM", "DET", "ADV") and fold(doc[1].text) not in ("de", "d'", "que", "qu'")


def _is_finite(token: Token) -> bool:
    if "VerbForm=Fin" not in str(token.morph):
        return False
    return token.pos_ == "AUX" or (token.pos_ == "VERB" and _may_be_verb(token.text.lower()))


def _may_be_verb(form: str) -> bool:
    """Whether a form that the small parser takes for a verb may be one: it takes « commun » for one."""
    return (
        third_person(form) is not None
        or is_finite(form)
        or re.search(r"(?:ai[st]?|ons|ez|ra|ront|aient)$", form) is not None
    )


def _is_clause(doc: Doc) -> bool:
    """A finite verb that has its subject before it, outside any relative clause; the small parser misses some."""
    if has_sure_main_verb(doc.text) or is_clause(doc.text):
        return True
    for token in doc:
        if not _is_finite(token):
            continue
        head = token if token.pos_ == "VERB" and token.dep_ not in ("aux", "aux:pass", "cop") else token.head
        if head.dep_.startswith(("acl", "advcl")):
            continue
        subjects = [
            child for child in (*head.children, *token.children) if child.dep_.startswith(("nsubj", "expl:subj"))
        ]
        if any(child.i < token.i for child in subjects) or doc[0].lower_ in _FIRST_PRONOUNS:
            return True
    return False


def _relative_only(doc: Doc) -> bool:
    marks = [token.i for token in doc if fold(token.text) in ("qui", "que", "qu'", "ou", "dont", "quand", "lorsque")]
    return bool(marks) and min(marks) >= 2


NOUN_WORDS_MAX = 8
_FRAGMENT_OPENINGS = of("fragment_openings")
_SUBJECTS_TOO = of("indefinite_subjects")
_PRONOUNS = of("third_persons", "said_before") | {"on"}
SPEAKER = re.compile(rf"\b(?:{either(of('speakers'))})(?=\s|\b)", re.IGNORECASE)
"""First and second persons: such words are quoted or follow a colon, never told in our own sentence."""
_ASIDE = re.compile(r"\s*\([^()]*\)")
"""What stands between brackets has verbs of its own: « salle trop froide (on gelait) » is no clause."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*['’]?|\d+")


_KNOWN: dict[str, Phrase] = {}
_N_KNOWN = 20_000
_ASKED: ContextVar[dict[str, list[str]] | None] = ContextVar("asked", default=None)


def analyse(text: str) -> Phrase:
    """The form of a title or of a note's sentence, by spaCy's parse of it and a few French facts.

    For text that enters our own sentences; to choose a title among pieces already parsed, see `read`.
    """
    form, recorded = _KNOWN.get(text), _ASKED.get()
    if form is None:
        bare = _bare(text)
        form = _plain(bare)
        if form is None:
            words = _ASIDE.sub("", bare).strip() or bare
            form = replace(_analysed(words, next(iter(parse([_uncased(words)])))), text=bare)
        _keep({text: form})
    if recorded is not None and len(recorded) < _N_KNOWN:
        recorded[text] = [form.kind]
    return form


def _keep(found: Mapping[str, Phrase]) -> None:
    if len(_KNOWN) + len(found) > _N_KNOWN:
        _KNOWN.clear()
    _KNOWN.update(found)


@contextmanager
def kept_forms(forms: Mapping[str, Sequence[str]]) -> Iterator[dict[str, list[str]]]:
    """Take forms as they were read before, and yield those of the texts that are asked for inside, as json holds them:
    with these, who writes the same documents again needs no parser."""
    _keep({text: Phrase(_bare(text), form[0]) for text, form in forms.items()})
    asked: dict[str, list[str]] = {}
    before = _ASKED.set(asked)
    try:
        yield asked
    finally:
        _ASKED.reset(before)


def _bare(text: str) -> str:
    return text.strip().rstrip(".;,: \u00a0\u202f")


def _plain(bare: str) -> Phrase | None:
    if not bare or not any(character.isalpha() for character in bare):
        return Phrase(bare, FRAGMENT)
    if bare.endswith("?"):
        return Phrase(bare, QUESTION)
    return Phrase(bare, WISH) if re.match(r"qu(?:e\s|['’])", bare, re.I) else None


def _uncased(text: str) -> str:
    letters = [character for character in text if character.isalpha()]
    shouted = sum(character.isupper() for character in letters) > 0.7 * len(letters)
    low = text.lower() if shouted else decapitalized(text) if opens_on_function_word(text) else text
    return low.replace("’", "'")


def _first_word(text: str) -> str:
    match = _WORD.match(text)
    return match.group().lower() if match else ""


def opens_on_function_word(text: str) -> bool:
    """Whether a determiner or a pronoun opens a text: its capital is that of a sentence."""
    return DETERMINER.match(text) is not None or _first_word(text) in _PRONOUNS


def _opens_a_fragment(text: str) -> bool:
    first = _first_word(text)
    return first in _FRAGMENT_OPENINGS or first.isdigit()


def _analysed(bare: str, doc: Doc) -> Phrase:
    if opens_on_infinitive(doc):
        return Phrase(bare, INFINITIVE)
    if SPEAKER.search(bare) or re.search(r"[;!\n]|\s[:–—]\s|\.\s", bare):
        return Phrase(bare, FRAGMENT)
    is_subject = doc[0].lower_ in _SUBJECTS_TOO
    if (_opens_a_fragment(bare) and not is_subject) or _hangs(doc):
        return Phrase(bare, FRAGMENT)
    if (is_subject or _opens_on_subject(bare, doc)) and (_has_main_subject(doc) or has_sure_main_verb(bare)):
        return Phrase(bare, CLAUSE)
    if _opens_a_fragment(bare) or any(_has_finite_form(token) for token in doc):
        return Phrase(bare, FRAGMENT)
    return Phrase(bare, FRAGMENT) if len(bare.split()) > NOUN_WORDS_MAX or "," in bare else _noun_phrase(bare, doc)


def _opens_on_subject(bare: str, doc: Doc) -> bool:
    is_name = doc[0].text[:1].isupper() and doc[0].pos_ == "PROPN"
    return is_name or opens_on_function_word(bare)


def _hangs(doc: Doc) -> bool:
    """Whether the first verb is that of a relative clause, and no main verb follows."""
    first = next((token for token in doc if _has_finite_form(token)), None)
    if first is None or not any(token.lower_ in RELATIVES for token in doc[: first.i]):
        return False
    return not any(token.i > first.i and token.dep_ == "ROOT" and _has_finite_form(token) for token in doc)


def _has_main_subject(doc: Doc) -> bool:
    """Whether a subject of the main verb is parsed, of which a form is finite."""
    verbs = (token.head for token in doc if token.dep_ in ("nsubj", "nsubj:pass", "expl:subj", "expl:pass"))
    return any(verb.dep_ == "ROOT" and _has_finite_form(verb) for verb in verbs)


def _has_finite_form(verb: Token) -> bool:
    helpers = [child for child in verb.children if child.dep_ in ("cop", "aux", "aux:pass", "aux:tense")]
    return any("Fin" in token.morph.get("VerbForm", []) for token in (verb, *helpers))


def _noun_phrase(bare: str, doc: Doc) -> Phrase:
    if DETERMINER.match(bare):
        return Phrase(bare, NOUN)
    head = doc[0]
    is_acronym = head.text[1:] != head.text[1:].lower()
    if is_acronym or (head.pos_ not in ("NOUN", "PROPN") and not _is_noun_of(doc)):
        return Phrase(bare, FRAGMENT)
    if head.pos_ == "PROPN" and len(doc) > 1 and doc[1].pos_ not in ("ADP", "ADJ"):
        return Phrase(bare, FRAGMENT)
    return Phrase(bare, NOUN)


def _is_noun_of(doc: Doc) -> bool:
    """Whether what the parser takes for a verb opens a noun phrase: `Manque de bus`."""
    is_noun_too = doc[0].pos_ in ("VERB", "AUX") and is_noun(doc[0].lower_)
    return is_noun_too and len(doc) > 1 and doc[1].lower_ in ("de", "d'", "du", "des")
