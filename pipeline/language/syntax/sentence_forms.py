"""The form of a phrase, and how our sentences take it in: a clause after « que », a noun phrase with its article, an
infinitive after « de », a wish as it is, and anything else after a colon, where every form is right.

When the parse is not certain, the form is `fragment`: a colon never makes a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.language.lexicon.nouns import gender_of, is_noun
from pipeline.language.models.parsing import parse
from pipeline.language.syntax.finite_verbs import has_sure_main_verb
from pipeline.language.syntax.function_words import DETERMINER, RELATIVES, alternatives, of
from pipeline.language.syntax.infinitives import opens_on_infinitive
from pipeline.language.syntax.phrases import CLAUSE, FRAGMENT, INFINITIVE, NOUN, QUESTION, WISH, Phrase
from pipeline.language.syntax.predicates import hidden_verb
from pipeline.language.text.typography import decapitalized, elides, with_de

__all__ = (
    "CLAUSE", "FRAGMENT", "INFINITIVE", "NOUN", "QUESTION", "SPEAKER", "WISH", "Phrase",
    "analyse", "article", "look_ahead", "of_phrase", "opens_on_function_word", "with_article",
)  # fmt: skip

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NOUN_WORDS_MAX = 8
_FRAGMENT_OPENINGS = of("fragment_openings")
_SUBJECTS_TOO = of("indefinite_subjects")
_PRONOUNS = of("third_persons", "said_before") | {"on"}
SPEAKER = re.compile(rf"\b(?:{alternatives(of('speakers'))})(?=\s|\b)", re.IGNORECASE)
"""First and second persons: such words are quoted or follow a colon, never told in our own sentence."""
_ASIDE = re.compile(r"\s*\([^()]*\)")
"""What stands between brackets has verbs of its own: « salle trop froide (on gelait) » is no clause."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*['’]?|\d+")


_KNOWN: dict[str, Phrase] = {}
_N_KNOWN = 20_000


def analyse(text: str) -> Phrase:
    """The form of a title or of a note's sentence, by spaCy's parse of it and a few French facts.

    For text that enters our own sentences; to choose a title among pieces already parsed, see `phrases.read`.
    """
    found = _KNOWN.get(text)
    return look_ahead([text])[text] if found is None else found


def look_ahead(texts: Iterable[str]) -> dict[str, Phrase]:
    """The forms of texts, of the first `_N_KNOWN` of them: parsed together, they take half of the time."""
    asked = list(islice(dict.fromkeys(texts), _N_KNOWN))
    known = {text: form for text in asked for form in [_KNOWN.get(text)] if form is not None}
    new = [text for text in asked if text not in known]
    found = {text: form for text in new for form in [_plain(_bare(text))] if form is not None}
    told = {text: _ASIDE.sub("", _bare(text)).strip() or _bare(text) for text in new if text not in found}
    docs = parse(map(_uncased, told.values())) if told else ()
    for (text, words), doc in zip(told.items(), docs, strict=True):
        found[text] = replace(_analysed(words, doc), text=_bare(text))
    if len(_KNOWN) + len(found) > _N_KNOWN:
        _KNOWN.clear()
    _KNOWN.update(found)
    return known | found


def _bare(text: str) -> str:
    return text.strip().rstrip(".;,: \u00a0\u202f")


def _plain(bare: str) -> Phrase | None:
    """The form that signs alone tell."""
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
    return first in _FRAGMENT_OPENINGS or first.isdigit() or re.match(r"d['’]accord\b", text, re.IGNORECASE) is not None


def _analysed(bare: str, doc: Doc) -> Phrase:
    if opens_on_infinitive(doc):
        return Phrase(bare, INFINITIVE)
    if SPEAKER.search(bare) or re.search(r"[;!\n]|\s[:–—]\s|\.\s", bare):
        return Phrase(bare, FRAGMENT)
    is_subject = doc[0].lower_ in _SUBJECTS_TOO
    if (_opens_a_fragment(bare) and not is_subject) or _hangs(doc):
        return Phrase(bare, FRAGMENT)
    if (opens_on_function_word(bare) or is_subject or _is_name(doc[0])) and _is_clause(bare, doc):
        return Phrase(bare, CLAUSE)
    if _opens_a_fragment(bare) or any(_is_finite(token) for token in doc) or has_sure_main_verb(bare):
        return Phrase(bare, FRAGMENT)
    return Phrase(bare, FRAGMENT) if len(bare.split()) > NOUN_WORDS_MAX or "," in bare else _noun_phrase(bare, doc)


def _hangs(doc: Doc) -> bool:
    """Whether the first verb is that of a relative clause, and no main verb follows."""
    first = next((token for token in doc if _is_finite(token)), None)
    return (
        first is not None
        and any(token.lower_ in RELATIVES for token in doc[: first.i])
        and not _verb_follows(doc, first)
    )


def _is_clause(bare: str, doc: Doc) -> bool:
    return (
        _subject_before_verb(doc)
        or has_sure_main_verb(bare)
        or (DETERMINER.match(bare) is not None and hidden_verb(doc) is not None)
    )


def _verb_follows(doc: Doc, relative: Token) -> bool:
    """Whether the main verb comes after the verb of the relative clause."""
    return any(token.i > relative.i and token.dep_ == "ROOT" and _is_finite(token) for token in doc)


def _is_name(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ == "PROPN"


def _subject_before_verb(doc: Doc) -> bool:
    for token in doc:
        is_subject = token.dep_ in ("nsubj", "nsubj:pass", "expl:subj", "expl:pass")
        if (is_subject or token.lower_ in ("on", "il", "ils")) and token.lower_ not in RELATIVES:
            verb = token.head
            if verb.i > token.i and _is_main(verb) and _is_finite(verb):
                return True
    return False


def _is_main(verb: Token) -> bool:
    return verb.dep_ == "ROOT" or (
        verb.dep_ in ("cop", "aux", "aux:pass", "conj", "ccomp", "xcomp") and verb.head.dep_ == "ROOT"
    )


def _is_finite(verb: Token) -> bool:
    helpers = [child for child in verb.children if child.dep_ in ("cop", "aux", "aux:pass", "aux:tense")]
    return any("Fin" in token.morph.get("VerbForm", []) for token in (verb, *helpers))


def _noun_phrase(bare: str, doc: Doc) -> Phrase:
    if DETERMINER.match(bare):
        return Phrase(bare, NOUN)
    head = doc[0]
    is_acronym = len(head.text) > 1 and head.text[1:] != head.text[1:].lower()
    if is_acronym or (head.pos_ not in ("NOUN", "PROPN") and not _is_noun_of(doc)):
        return Phrase(bare, FRAGMENT)
    if head.pos_ == "PROPN" and len(doc) > 1 and not (doc[1].pos_ in ("ADP", "ADJ") or doc[1].lower_ in ("du", "des")):
        return Phrase(bare, FRAGMENT)
    is_plural = head.lower_.endswith(("s", "x")) and "Sing" not in head.morph.get("Number", [])
    return Phrase(bare, NOUN, noun=head.lower_, gender=gender_of(head.lower_), number="p" if is_plural else "s")


def _is_noun_of(doc: Doc) -> bool:
    """Whether what the parser takes for a verb opens a noun phrase: `Manque de bus`."""
    return bool(
        doc[0].pos_ in ("VERB", "AUX")
        and is_noun(doc[0].lower_)
        and len(doc) > 1
        and doc[1].lower_ in ("de", "d'", "du", "des")
    )


def article(phrase: Phrase) -> str:
    """The article that a noun phrase lacks, with its space: `le `, `la `, `l’`, `les `, or "" when it has its own."""
    if not phrase.noun:
        return ""
    if phrase.number == "p":
        return "les "
    if elides(phrase.low):
        return "l’"
    return "la " if phrase.gender == "f" else "le "


def with_article(phrase: Phrase) -> str:
    """A noun phrase with its article: `le manque de bus`, `l’accueil des nouveaux`, `les horaires`."""
    return article(phrase) + phrase.low


def of_phrase(phrase: Phrase) -> str:
    """`de` and a noun phrase with its article: `du manque de bus`, `des horaires`; or `de` and an infinitive."""
    return with_de(phrase.low if phrase.kind == INFINITIVE else with_article(phrase))
