"""Finite verb forms of French, out of the tables that ship with spaCy's model: looked up, never parsed."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.language.parsing import MODEL_NAME

_VERB_SIGN, _NOUN_SIGN, _ADJECTIVE_SIGN = "faudrait", "journaux", "belles"
_ENDINGS = tuple("e ent ons ez ait aient era eront erait eraient".split())
_NOT_FINITE = re.compile(r"(?:er|ir|re|oir|é|és|ée|ées|i|ie|ies|us?|ue|ues|ant|ants|is)$")
_ALSO_OTHER_WORDS = frozenset(
    "vers sans entre sous sauf contre outre pendant durant plus point lors fort court bref dits son "
    "fois vis soit car or ni fut feu via mais dans pas en y si mis pris compris permis moins puis près très après "
    "envers travers devers alors hors non".split()
)


@cache
def finite_verbs() -> frozenset[str]:
    """Forms that are a conjugated verb and nothing else: neither a noun nor an adjective, no infinitive, no participle.

    "roulent", "ferment", "proposons" are; "marche" and "porte", nouns too, are not.
    """
    import srsly  # type: ignore[import-untyped]

    spec = importlib.util.find_spec(MODEL_NAME)
    if spec is None or spec.origin is None:
        return frozenset()
    tables = next(Path(spec.origin).parent.rglob("lemmatizer/lookups/lookups.bin"))
    content: dict[str, Any] = srsly.msgpack_loads(tables.read_bytes())
    irregular, lemmas = content["lemma_exc"], content["lemma_index"]
    verb, noun, adjective = (
        next(key for key, table in irregular.items() if sign in table)
        for sign in (_VERB_SIGN, _NOUN_SIGN, _ADJECTIVE_SIGN)
    )
    others = set(irregular[noun]) | set(irregular[adjective])
    for kind, words in lemmas.items():
        if kind != verb:
            others.update(words)
            others.update(word for listed in irregular.get(kind, {}).values() for word in listed)
    others.update([f"{word}{ending}" for word in others for ending in ("s", "e", "es")])
    regular = (f"{lemma[:-2]}{ending}" for lemma in lemmas[verb] if lemma.endswith("er") for ending in _ENDINGS)
    return frozenset(
        form
        for form in (*irregular[verb], *regular)
        if form not in others and form not in _ALSO_OTHER_WORDS and not _NOT_FINITE.search(form)
    )
