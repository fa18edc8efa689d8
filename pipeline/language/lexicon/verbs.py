"""What is known of French verbs: conjugation, infinitives, third persons of the present and their subjunctives.

The data (see NOTICE) hold a verb a line by its principal parts, and what these do not tell (`êtes`, `faites`, `vas`);
read once, when first asked for: 0.05 s for the third persons, 0.15 s for every finite form.
A form that they do not have gives nothing.
"""

from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.language.text.lists import read_lines, read_words

REPORTING = read_words(__name__, "reported_presents")
"""Forms of the present that report what somebody said: « précise », « rappellent »."""

_SOFT = ("ez", "ions", "iez")
_HARD = ("ais", "ait", "aient")
_FUTURE = (*"ai as a ons ez ont".split(), *_HARD, *_SOFT[1:])


class Parts(NamedTuple):
    """Principal parts of a verb: the third persons of the present (indicative, then subjunctive), `nous`, the future.

    `nous` is the first person plural of the present; `future` the third person singular of the future. A part that the
    verb lacks (`il faut` has no `nous`) is an empty text.
    """

    infinitive: str
    singular: str
    plural: str
    nous: str
    future: str
    subjunctive: str
    subjunctive_plural: str


def usual_parts(infinitive: str) -> Parts:
    """The parts of a regular verb: in -ir as `finir`, in -re as `rendre`, in -er as `parler`, others as these."""
    stem = infinitive[:-2]
    if infinitive.endswith("ir"):
        stem += "i"
        return Parts(
            infinitive, f"{stem}t", f"{stem}ssent", f"{stem}ssons", f"{infinitive}a", f"{stem}sse", f"{stem}ssent"
        )
    if infinitive.endswith("re"):
        return Parts(infinitive, stem, f"{stem}ent", f"{stem}ons", f"{infinitive[:-1]}a", f"{stem}e", f"{stem}ent")
    nous = f"{stem}eons" if stem.endswith("g") else f"{stem[:-1]}çons" if stem.endswith("c") else f"{stem}ons"
    return Parts(infinitive, f"{stem}e", f"{stem}ent", nous, f"{infinitive}a", f"{stem}e", f"{stem}ent")


def finite_forms(parts: Parts) -> set[str]:
    """Forms of the present, imperfect, future, conditional and subjunctive that the parts tell."""
    forms = {parts.singular, parts.plural, parts.nous, parts.subjunctive, parts.subjunctive_plural}
    forms.update(_persons(parts.singular), _persons(parts.subjunctive))
    if parts.nous:
        stem = parts.nous.removesuffix("ons")
        soft = stem[:-1] if stem.endswith("ge") else f"{stem[:-1]}c" if stem.endswith("ç") else stem
        forms.update([soft + ending for ending in _SOFT], [stem + ending for ending in _HARD])
    if parts.future:
        root = parts.future.removesuffix("a")
        forms.update([root + ending for ending in _FUTURE])
    return forms - {""}


def _persons(third: str) -> set[str]:
    """`je` and `tu` out of `il`: finit → finis, prend → prends, parle → parles."""
    if not third:
        return set()
    if third.endswith(("e", "d", "c", "et", "bat")):
        return {f"{third}s"}
    if third.endswith("aît"):
        return {f"{third[:-2]}is"}
    return {f"{third[:-1]}s"} if third.endswith("t") else set()


def parts_of(line: str) -> Parts:
    """The parts of a verb as a line of `data/verbs.txt` tells them: its infinitive alone when it is regular."""
    told = [word for word in line.split() if word[0] not in "+-"]
    return usual_parts(told[0]) if len(told) == 1 else Parts(*("" if word == "." else word for word in told))


def corrected_forms(line: str) -> set[str]:
    """The finite forms of the verb of a line: those its parts tell, those after `+`, and none of those after `-`."""
    words = line.split()
    if len(words) == 1:
        return finite_forms(usual_parts(line))
    added, removed = ({word[1:] for word in words if word[0] == sign} for sign in "+-")
    return (finite_forms(parts_of(line)) | added) - removed


@cache
def _lines() -> tuple[str, ...]:
    """A verb a line, the most frequent first: it has the forms that others share with it."""
    return (*read_lines(__name__, "verbs"), *read_lines(__name__, "own_verbs"))


@cache
def _infinitives() -> frozenset[str]:
    return frozenset(line.partition(" ")[0] for line in _lines())


@cache
def _of_forms() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for line in reversed(_lines()):
        found.update(dict.fromkeys(corrected_forms(line), line.partition(" ")[0]))
    return found


@cache
def _imperfects() -> frozenset[str]:
    """Third persons of the imperfect that are no other form: `refusait`, `voulaient`."""
    stems = {parts.nous.removesuffix("ons") for parts in map(parts_of, _lines()) if parts.nous}
    return frozenset(stem + ending for stem in stems for ending in ("ait", "aient")) | {"était", "étaient"}


def told_forms(verbs: Collection[str], is_future: bool = False) -> set[str]:
    """Third persons of the present, imperfect and conditional, and of the future: `demande`, `demandait`.

    `verbs` : by their infinitive, or the third person of their present.
    """
    found = set[str]()
    for parts in (one for one in map(parts_of, _lines()) if one.infinitive in verbs or one.singular in verbs):
        roots = {one.future.removesuffix("a") for one in (parts, usual_parts(parts.infinitive))}
        found |= {parts.singular, parts.plural, *(parts.nous.removesuffix("ons") + ending for ending in _THIRD)}
        found |= {root + ending for root in roots for ending in (*_THIRD, *(("a", "ont") if is_future else ()))}
    return found


_THIRD = ("ait", "aient")


@cache
def _third_persons() -> Mapping[str, bool]:
    """Third person of the present → whether it is a plural."""
    found: dict[str, bool] = {}
    for parts in map(parts_of, reversed(_lines())):
        if parts.plural and parts.subjunctive_plural:
            found[parts.plural] = True
        if parts.singular and parts.subjunctive:
            found[parts.singular] = False
    for infinitive in _infinitives():
        if infinitive.endswith("ayer") and infinitive != "étayer":  # « ils étaient » are
            found |= {f"{infinitive[:-3]}ie": False, f"{infinitive[:-3]}ient": True}
    return found


@cache
def _homographs() -> Mapping[str, str]:
    """Form → `never`, `also`: how often it is another word."""
    found: dict[str, str] = {}
    for line in read_lines(__name__, "homographs"):
        name, _, words = line.partition(":")
        found.update(dict.fromkeys(words.split(), name))
    return found


def third_person(form: str) -> bool | None:
    """Whether a third person of the present is a plural; None for other words, and those that hardly ever are one."""
    return None if _homographs().get(form) == "never" else _third_persons().get(form)


def is_imperfect(form: str) -> bool:
    """Whether a form is a third person of the imperfect: `refusait` is, `refuserait` is not."""
    return form in _imperfects()


def is_also_noun(form: str) -> bool:
    """Whether a form of a verb is often a noun, an adjective or another word as well: `ferme`, `marche`, `content`."""
    return form in _homographs()


def is_infinitive(word: str) -> bool:
    """Whether a word is an infinitive; `is_also_noun` tells those that are nouns too (`déjeuner`)."""
    return word.lower() in _infinitives() and _homographs().get(word.lower()) != "never"


@lru_cache(maxsize=10_000)
def infinitive_of(form: str) -> str:
    """The infinitive of what the parser takes for a verb; of a verb that is not known, as if it were in -er."""
    form = form.lower()
    if form in _infinitives():
        return form
    if (known := _of_forms().get(form)) is not None:
        return known
    endings = [ending for ending in read_words(__name__, "endings_in_er") if form.endswith(ending)]
    return f"{form.removesuffix(max(endings, key=len))}er" if endings else form


def is_finite(form: str) -> bool:
    """Whether a form is a conjugated verb and hardly ever anything else: `roulent` is, `marche` is not."""
    return form in _of_forms() and form not in _homographs() and form not in _infinitives()
