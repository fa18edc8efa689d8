"""An object told by its nature: `médecin`, a lack → « manque de médecins »."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pipeline.language.lexicon.nouns import is_mass, is_person, is_plural, verbs_of_objects
from pipeline.language.syntax.noun_phrases import definite, first_noun, indefinite
from pipeline.language.text.lists import read_lines, read_words
from pipeline.language.text.typography import with_a, with_de


@cache
def _forms() -> Mapping[tuple[str, str], tuple[str, str]]:
    """(axis, nature) → what a title tells, and the question, "" where there is none."""
    found = {}
    for line in read_lines(__name__, "templates"):
        names, _, forms = line.partition(": ")
        axis, _, nature = names.partition(" ")
        title, _, question = forms.partition(" | ")
        found[axis, nature] = title, question
    return found


LACKING = "manque"
"""The nature of a lack."""
_IMPROVED = frozenset({"acces", "information", "coordination", "participation"})
"""Natures whose nouns one improves: access, information."""
_PEOPLE_ONLY = frozenset({("sud", "former"), ("sud", "associer")})
"""Actions that are done with people."""
_EITHER = frozenset({("est", "manque"), ("sud", "financer")})
"""Of people as well as of things."""


def of_nature(axis: str, nature: str | None, phrase: str, head: str) -> str | None:
    """What a title says of an object, in lower case; None when its nature has no form that takes it.

    Parameters
    ----------
    phrase : a noun phrase without article.
    head : its noun, in lower case.
    """
    whole = definite(phrase, head)
    form, _ = _forms().get((axis, nature or ""), ("", ""))
    if whole is None or not form or _says_it_already(nature, head) or not _fits(axis, nature, head):
        return None
    if "{verb}" in form:
        verb, some = verbs_of_objects().get(head), indefinite(phrase, head)
        is_fit = verb is not None and some is not None and (nature != "organiser" or verb == nature)
        return f"{verb} {some}" if is_fit else None
    return _filled(form, phrase, head, whole)


def question_of(axis: str, nature: str | None, phrase: str, head: str = "") -> str | None:
    """The question to work on about an object, without its mark; None when its nature or its grammar gives none."""
    noun = head or first_noun(phrase).lower()
    whole = definite(phrase, noun)
    _, form = _forms().get((axis, nature or ""), ("", ""))
    if whole is None or not form or not _fits(axis, nature, noun):
        return None
    if _says_it_already(nature, noun):
        return f"comment améliorer {whole}" if nature in _IMPROVED else None
    return _filled(form, phrase, noun, whole)


def _filled(form: str, phrase: str, head: str, whole: str) -> str:
    return form.format(
        le=whole, de=with_de(_counted(phrase, head)).replace("’", "'"), du=with_de(whole).replace("’", "'"),
        au=with_a(whole),
    )  # fmt: skip


def _fits(axis: str, nature: str | None, head: str) -> bool:
    """Whether the form of a nature takes such a noun."""
    return is_person(head) if (axis, nature) in _PEOPLE_ONLY else (axis, nature) in _EITHER or not is_person(head)


def _says_it_already(nature: str | None, head: str) -> bool:
    """Whether a noun tells the nature by itself: « le coût du prix » says nothing more than « le prix »."""
    known = read_words(__name__, "nouns_of_natures")
    return any(f"{nature}:{form}" in known for form in (head, head.removesuffix("s")))


def _counted(phrase: str, head: str) -> str:
    """A noun alone in the plural, when one counts it: one lacks doctors."""
    if phrase != head or is_mass(head) or is_plural(head) or head.endswith(("s", "x", "z")):
        return phrase
    if not is_person(head):
        return phrase
    return f"{head}x" if head.endswith("eau") else f"{head}s"
