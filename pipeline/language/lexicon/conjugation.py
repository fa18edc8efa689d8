"""The finite forms of a French verb, out of the few forms that tell all the others.

What a verb does that its principal parts do not tell (`êtes`, `faites`, `vas`) is listed with it.
"""

from __future__ import annotations

from dataclasses import dataclass

_IMPERFECT = tuple("ais ait ions iez aient".split())
_FUTURE = tuple("ai as a ons ez ont".split())


@dataclass(frozen=True)
class Parts:
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
    forms |= _persons(parts.singular) | _persons(parts.subjunctive)
    if parts.nous:
        stem = parts.nous.removesuffix("ons")
        soft = stem[:-1] if stem.endswith("ge") else f"{stem[:-1]}c" if stem.endswith("ç") else stem
        forms.add(f"{soft}ez")
        forms |= {(soft if ending[0] == "i" else stem) + ending for ending in _IMPERFECT}
    if parts.future:
        root = parts.future.removesuffix("a")
        forms |= {root + ending for ending in (*_FUTURE, *_IMPERFECT)}
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
    added, removed = ({word[1:] for word in words if word[0] == sign} for sign in "+-")
    return (finite_forms(parts_of(line)) | added) - removed
