"""Verb forms of French, out of the tables that ship with spaCy's model: looked up, never parsed."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pipeline.language.models.parsing import MODEL_NAME

_VERB_SIGN, _NOUN_SIGN, _ADJECTIVE_SIGN = "faudrait", "journaux", "belles"
_ENDINGS = tuple("e ent ons ez ait aient era eront erait eraient".split())
_NOT_FINITE = tuple("er ir re oir é és ée ées i ie ies u us ue ues ant ants is".split())
_ALSO_OTHER_WORDS = frozenset(
    "vers sans entre sous sauf contre outre pendant durant plus point lors fort court bref dits son "
    "fois vis soit car or ni fut feu via mais dans pas en y si mis pris compris permis moins puis près très après "
    "envers travers devers alors hors non".split()
)


@dataclass(frozen=True)
class _Verbs:
    """What the tables tell of verbs.

    Attributes
    ----------
    infinitives : those that the tables list.
    in_er : infinitives in -er, those that irregular forms alone have included.
    irregular : form → its first infinitive.
    rules : ending of a form → ending of its infinitive, in the order in which they are tried.
    finite : see `finite_verbs`.
    """

    infinitives: frozenset[str]
    in_er: frozenset[str]
    irregular: dict[str, str]
    rules: tuple[tuple[str, str], ...]
    finite: frozenset[str]


@cache
def _verbs() -> _Verbs:
    content = _tables()
    if not content:
        return _Verbs(frozenset(), frozenset(), {}, (), frozenset())
    irregular = content["lemma_exc"]
    verb = _key(irregular, _VERB_SIGN)
    forms: dict[str, list[str]] = irregular[verb]
    infinitives = frozenset(content["lemma_index"][verb])
    of_forms = {lemma for lemmas in forms.values() for lemma in lemmas}
    return _Verbs(
        infinitives,
        frozenset(lemma for lemma in infinitives | of_forms if lemma.endswith("er")),
        {form: lemmas[0] for form, lemmas in forms.items() if lemmas},
        tuple((old, new) for old, new in content["lemma_rules"][verb]),
        frozenset(_finite(content, verb)),
    )


def _tables() -> dict[str, Any]:
    """The tables of the model's lemmatizer, by kind of word; none where the model is not installed."""
    import srsly  # type: ignore[import-untyped]

    spec = importlib.util.find_spec(MODEL_NAME)
    if spec is None or spec.origin is None:
        return {}
    path = next(Path(spec.origin).parent.rglob("lemmatizer/lookups/lookups.bin"))
    content: dict[str, Any] = srsly.msgpack_loads(path.read_bytes())
    return content


def _key(irregular: dict[int, dict[str, list[str]]], sign: str) -> int:
    """The key of a kind of word, from a form that this kind alone has."""
    return next(key for key, table in irregular.items() if sign in table)


def _finite(content: dict[str, Any], verb: int) -> Iterator[str]:
    irregular, lemmas = content["lemma_exc"], content["lemma_index"]
    others = set(irregular[_key(irregular, _NOUN_SIGN)]) | set(irregular[_key(irregular, _ADJECTIVE_SIGN)])
    for kind, words in lemmas.items():
        if kind != verb:
            others.update(words)
            others.update(word for listed in irregular.get(kind, {}).values() for word in listed)
    roots = [lemma[:-2] for lemma in lemmas[verb] if lemma.endswith("er")]
    for form in (*irregular[verb], *(root + ending for root in roots for ending in _ENDINGS)):
        if form.endswith(_NOT_FINITE) or form in others or form in _ALSO_OTHER_WORDS:
            continue
        if form[-1:] in ("s", "e") and (form[:-1] in others or (form.endswith("es") and form[:-2] in others)):
            continue
        yield form


def finite_verbs() -> frozenset[str]:
    """Forms that are a conjugated verb and nothing else: neither a noun nor an adjective, no infinitive, no participle.

    "roulent", "proposons" are; "marche" and "porte", nouns too, are not.
    """
    return _verbs().finite


def verbs_in_er() -> frozenset[str]:
    """Infinitives in -er."""
    return _verbs().in_er


def infinitive_of(form: str) -> str:
    """The infinitive of what the parser takes for a verb, as spaCy's own French lemmatizer finds it."""
    form = form.lower()
    known = _verbs()
    if form in known.infinitives:
        return form
    if form in known.irregular:
        return known.irregular[form]
    made = [form[: -len(old)] + new for old, new in known.rules if form.endswith(old)]
    made = [infinitive for infinitive in made if infinitive]
    sure = [infinitive for infinitive in made if infinitive in known.infinitives or not infinitive.isalpha()]
    return next(iter(sure or made), None) or _listed(form)


@lru_cache(maxsize=10_000)
def _listed(form: str) -> str:
    """The lemma of a form of any kind of word, for the few that no rule of verbs tells."""
    from spacy.strings import get_string_id

    return str(_lemmas().get(get_string_id(form), [form])[0])


@cache
def _lemmas() -> dict[int, list[str]]:
    listed: dict[int, list[str]] = _tables().get("lemma_lookup", {})
    return listed
