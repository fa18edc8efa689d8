"""Whether an infinitive opens a phrase: by the lexicon, and by the parse where the word is a noun as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.language.lexicon.nouns import is_noun
from pipeline.language.lexicon.verbs import is_also_noun, is_finite, is_infinitive
from pipeline.language.syntax.function_words import of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BEFORE = of("negations", "reflexives") | {"y", "en"}
_AFTER_NEGATION = _BEFORE | {"pas", "plus", "jamais"}
_PRONOUNS_MAX = 4


def opens_on_infinitive(doc: Doc, at: int = 0) -> bool:
    """Whether an infinitive stands at a place of a phrase, its pronouns and its negation aside: `ne pas se voir`."""
    start = at
    if doc[at].lower_ in _BEFORE:
        while at < len(doc) and doc[at].lower_ in _AFTER_NEGATION:
            at += 1
    if at >= len(doc) or at - start > _PRONOUNS_MAX:
        return False
    return _is_infinitive(doc[at])


def _is_infinitive(token: Token) -> bool:
    word = token.lower_
    is_tagged = "Inf" in token.morph.get("VerbForm", [])
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if following is not None and is_finite(following.lower_):
        return False  # "accueillir est un métier"
    has_object = following is not None and following.pos_ in ("DET", "PRON")
    if is_infinitive(word):
        return is_tagged or not is_also_noun(word) or (has_object and token.pos_ in ("VERB", "AUX"))
    return word.endswith("er") and not is_noun(word) and not token.text.isupper() and (is_tagged or has_object)
