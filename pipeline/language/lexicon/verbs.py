"""What is known of French verbs: infinitives, finite forms, third persons of the present and their subjunctives.

The data are those of `pipeline.language.lexicon.build`, read once, when first asked for: 0.05 s for the third persons,
0.15 s for every finite form. A form that they do not have gives nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.language.lexicon.conjugation import corrected_forms, parts_of
from pipeline.language.text.lists import read_lines, read_words


@dataclass(frozen=True)
class VerbForm:
    """A verb in the third person: `subjunctive` has the same number."""

    infinitive: str
    is_plural: bool
    subjunctive: str


@cache
def _lines() -> tuple[str, ...]:
    """A verb a line, the most frequent first: it has the forms that others share with it."""
    return (*read_lines(__name__, "verbs"), *read_lines(__name__, "own_verbs"))


@cache
def _infinitives() -> frozenset[str]:
    return frozenset(line.partition(" ")[0] for line in _lines())


@cache
def _of_forms() -> Mapping[str, str]:
    """Finite form → infinitive."""
    found: dict[str, str] = {}
    for line in reversed(_lines()):
        found.update(dict.fromkeys(corrected_forms(line), line.partition(" ")[0]))
    return found


@cache
def _third_persons() -> Mapping[str, VerbForm]:
    """Third person of the present → what it is."""
    found: dict[str, VerbForm] = {}
    for line in reversed(_lines()):
        parts = parts_of(line)
        if parts.plural and parts.subjunctive_plural:
            found[parts.plural] = VerbForm(parts.infinitive, True, parts.subjunctive_plural)
        if parts.singular and parts.subjunctive:
            found[parts.singular] = VerbForm(parts.infinitive, False, parts.subjunctive)
    for infinitive in _infinitives():
        if infinitive.endswith("ayer") and infinitive != "étayer":  # « ils étaient » are
            for form, is_plural in ((f"{infinitive[:-3]}ie", False), (f"{infinitive[:-3]}ient", True)):
                found[form] = VerbForm(infinitive, is_plural, form)
    return found


@cache
def _of_subjunctives() -> Mapping[str, str]:
    """Third person of the subjunctive → infinitive."""
    found: dict[str, str] = {}
    for parts in map(parts_of, reversed(_lines())):
        found.update(dict.fromkeys((parts.subjunctive, parts.subjunctive_plural), parts.infinitive))
    return found


@cache
def _homographs() -> Mapping[str, str]:
    """Form → `never`, `also`: see `build.homographs`."""
    found: dict[str, str] = {}
    for line in read_lines(__name__, "homographs"):
        name, _, words = line.partition(":")
        found.update(dict.fromkeys(words.split(), name))
    return found


def third_person(form: str) -> VerbForm | None:
    """The verb that a word is in the third person of the present; None when it is none, or hardly ever (`parent`)."""
    return None if _homographs().get(form) == "never" else _third_persons().get(form)


def is_also_noun(form: str) -> bool:
    """Whether a form of a verb is often a noun, an adjective or another word as well: `ferme`, `marche`, `content`."""
    return form in _homographs()


def infinitive_of_subjunctive(form: str) -> str | None:
    """`remette` → `remettre`, `recrute` → `recruter`."""
    return _of_subjunctives().get(form)


def is_infinitive(word: str) -> bool:
    """Whether a word is an infinitive; `is_also_noun` tells those that are nouns too (`déjeuner`)."""
    return word.lower() in _infinitives() and _homographs().get(word.lower()) != "never"


@lru_cache(maxsize=10_000)
def infinitive_of(form: str) -> str:
    """The infinitive of what the parser takes for a verb; of a verb that is not known, as if it were in -er."""
    form = form.lower()
    if form in _infinitives():
        return form
    found = _of_forms().get(form)
    return found if found is not None else _as_if_in_er(form)


def _as_if_in_er(form: str) -> str:
    """The infinitive of a new verb: all are in -er."""
    endings = [ending for ending in read_words(__name__, "endings_in_er") if form.endswith(ending)]
    return f"{form.removesuffix(max(endings, key=len))}er" if endings else form


def is_finite(form: str) -> bool:
    """Whether a form is a conjugated verb and hardly ever anything else: `roulent` is, `marche` is not."""
    return form in _of_forms() and form not in _homographs() and form not in _infinitives()
