"""What a piece of text is: a clause, a noun phrase, an infinitive, a question, a lack, or a mere fragment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language.lexicon.verbs import is_finite, third_person
from pipeline.language.syntax.clauses import split_clause
from pipeline.language.syntax.finite_verbs import has_sure_main_verb
from pipeline.language.syntax.function_words import RELATIVES, alternatives, of
from pipeline.language.syntax.infinitives import opens_on_infinitive
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_patterns
from pipeline.language.text.typography import capitalized, decapitalized

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CLAUSE, NOUN, INFINITIVE, FRAGMENT = "clause", "noun", "infinitive", "fragment"
QUESTION, LACK, WISH = "question", "lack", "wish"


@dataclass(frozen=True)
class Phrase:
    """A piece of text and what it is.

    Attributes
    ----------
    kind : `CLAUSE`, `NOUN`, `INFINITIVE`, `QUESTION`, `LACK`, `WISH` or `FRAGMENT`.
    noun : head of a noun phrase that comes without determiner ("" otherwise); it asks for an article.
    gender, number : of that noun (m, f; s, p), "" when unknown.
    low : the text as it stands inside a sentence, where it was asked for.
    """

    text: str
    kind: str
    noun: str = ""
    gender: str = ""
    number: str = ""
    low: str = ""

    @property
    def title(self) -> str:
        """First letter capital."""
        return capitalized(self.text)


_PATTERNS = read_patterns(__name__, "phrases")
_DANGLING = of("dangling")
_HANGING = of("subordinate_openings", "foreign_openings")
_FIRST_PRONOUNS = of("third_persons", "said_before", "persons")
_NEGATED = re.compile(
    rf"^(?:(?:plus )?aucune?|(?:pas|plus) une?|(?:trop )?peu d)\S* (?:(?! (?:{alternatives(RELATIVES)})).)*?"
    r" ?(?:\bne |\bn')",
    re.IGNORECASE,
)
"""« aucun agent ne répond » is a clause, not a lack that « il n'y a » could introduce."""
_PLACE = re.compile(r"\ba(?= [A-ZÀ-Ý][a-zà-ÿ])")
"""« marché a Tréguenec » in a phrase without a verb: the accent was left out."""
_LISTED = re.compile(
    r"^[àa] (?!louer|vendre|savoir|noter|voir|lire|suivre|partir|définir|préciser)(?=\w)", re.IGNORECASE
)
"""The « À » of lists of proposals: « à expérimenter des outils »."""


def _dangles(last: Token) -> bool:
    """Whether a phrase that ends on a word waits for another."""
    if last.lower_ in _DANGLING and not last.doc.text.endswith("»"):
        return True
    return last.pos_ in ("DET", "ADP", "SCONJ")


def read(doc: Doc) -> Phrase | None:
    """What a parsed segment is, or None when it does not hold together as a phrase.

    For a piece that may become a title, which is kept or cleaned; for one that enters our own sentences, see
    `sentence_forms.analyse`, which gives `FRAGMENT` wherever the parse is in doubt.
    """
    words = [token for token in doc if not token.is_space and not token.is_punct]
    if not words or _dangles(words[-1]):
        return None
    text = _first_letter(doc)
    first = words[0]
    if text.endswith("?"):
        return Phrase(text, QUESTION)
    if first.lower_ in _HANGING or _PATTERNS["hanging"].match(text):
        return None
    listed = _LISTED.match(text)
    if listed is not None and len(words) > 3 and opens_on_infinitive(doc, words[1].i):
        return Phrase(text[listed.end() :], INFINITIVE)
    return Phrase(_PLACE.sub("à", text), LACK) if _is_lack(text) else Phrase(text, _kind(doc, first, text))


def _is_lack(text: str) -> bool:
    return _PATTERNS["lack"].match(text) is not None and _NEGATED.match(text) is None


def _kind(doc: Doc, first: Token, text: str) -> str:
    """What a statement is that tells no lack."""
    if _PATTERNS["lack"].match(text):
        return CLAUSE
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


def _first_letter(doc: Doc) -> str:
    first = doc[0]
    is_name = first.pos_ == "PROPN" and first.dep_ in ("nsubj", "ROOT", "flat:name") and not first.text.isupper()
    return str(doc.text) if is_name else decapitalized(str(doc.text))


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
    if has_sure_main_verb(doc.text) or (doc[0].lower_ != "tout" and split_clause(doc.text)):
        return True
    for token in doc:
        if not _is_finite(token):
            continue
        head = token if token.pos_ == "VERB" and token.dep_ not in ("aux", "aux:pass", "cop") else token.head
        if head.dep_.startswith(("acl", "advcl")) and head.dep_ != "ROOT" and head.head.i < head.i:
            continue
        subjects = [
            child for child in (*head.children, *token.children) if child.dep_.startswith(("nsubj", "expl:subj"))
        ]
        if any(child.i < token.i for child in subjects) or doc[0].lower_ in _FIRST_PRONOUNS:
            return True
    return False


def _relative_only(doc: Doc) -> bool:
    verbs = [token for token in doc if _is_finite(token)]
    marks = [token.i for token in doc if fold(token.text) in ("qui", "que", "qu'", "ou", "dont", "quand", "lorsque")]
    return bool(marks) and all(verb.i > min(marks) for verb in verbs) and min(marks) >= 2
