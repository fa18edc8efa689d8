"""What a piece of text that may become a title is: a clause, a noun phrase, an infinitive, a question, a lack, or a
mere fragment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language.lexicon.nouns import is_noun
from pipeline.language.lexicon.verbs import is_also_noun, is_finite, is_infinitive, third_person
from pipeline.language.syntax.clauses import is_clause
from pipeline.language.syntax.finite_verbs import has_sure_main_verb
from pipeline.language.syntax.function_words import DETERMINER, of
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_patterns
from pipeline.language.text.typography import capitalized

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
QUESTION, LACK = "question", "lack"


@dataclass(frozen=True)
class Phrase:
    """A piece of text and what it is.

    Attributes
    ----------
    kind : `CLAUSE`, `NOUN`, `INFINITIVE`, `QUESTION`, `LACK` or `FRAGMENT`.
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
_LISTED = re.compile(
    r"^[àa] (?!louer|vendre|savoir|noter|voir|lire|suivre|partir|définir|préciser)(?=\w)", re.IGNORECASE
)
"""The « À » of lists of proposals: « à expérimenter des outils »."""


def _dangles(last: Token) -> bool:
    """Whether a phrase that ends on a word waits for another."""
    is_listed = last.lower_ in _DANGLING and not last.doc.text.endswith("»")
    return is_listed or last.pos_ in ("DET", "ADP", "SCONJ")


def read(doc: Doc) -> Phrase | None:
    """What a parsed segment is, or None when it does not hold together as a phrase."""
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
    return Phrase(text, LACK if _PATTERNS["lack"].match(text) else _kind(doc, first, text))


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


_PRONOUNS = of("third_persons", "said_before") | {"on"}
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*['’]?|\d+")


def opens_on_function_word(text: str) -> bool:
    """Whether a determiner or a pronoun opens a text: its capital is that of a sentence."""
    first = _WORD.match(text)
    return DETERMINER.match(text) is not None or (first is not None and first.group().lower() in _PRONOUNS)
