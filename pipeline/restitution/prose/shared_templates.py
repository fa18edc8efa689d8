"""Sentences that no axis owns: around whole quotations, further on in a paragraph, and for two sayings at once.

Slots: {x} what is told, {b} the same without its conjunction, {place} where, {v} a verb of saying, {who} whose words,
{lit} and {ecrit} how words are met (`lit` or `entend`, `écrit` or `dit`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.language.syntax.sentence_forms import CLAUSE, FRAGMENT, INFINITIVE, NOUN, QUESTION, WISH

Forms = Mapping[str, Sequence[str]]
TESTIFYING = ("raconte", "témoigne", "confie", "explique")
"""Verbs for someone who says « je » or « nous »."""
QUOTED = (
    "{x}, {lit}-on {place}.",
    "{place}, on {v} : {x}.",
    "{x}, {v} {who}.",
    "{place}, quelqu’un {v} : {x}.",
    "{x}, {ecrit}-on {place}.",
    "{who} {v} : {x}.",
    "On {lit} {place} : {x}.",
)
PROPOSED = (
    "{x}, {v} {who}.",
    "{place}, on {v} : {x}.",
    "{x}, {lit}-on {place}.",
    "{who} {v} : {x}.",
    "{place}, quelqu’un {v} : {x}.",
)
"""Around a whole quotation that proposes, promises or asks."""
TESTIFIED = (
    "{x}, {v} {who}.",
    "{place}, quelqu’un {v} : {x}.",
    "{who} {v} : {x}.",
    "{place}, une personne {v} : {x}.",
)
SAME_PLACE: Forms = {
    CLAUSE: (
        "On y a aussi relevé {x}.",
        "Il y a aussi été dit {x}.",
        "On y a ajouté {x}.",
        "On y a également rapporté {x}.",
    ),
    NOUN: ("On y a aussi évoqué {x}.", "On y a également mentionné {x}."),
    INFINITIVE: ("On y a aussi proposé {x}.", "On y a également pensé à ceci : {b}."),
    WISH: ("On y a aussi souhaité {x}.",),
    QUESTION: ("On s’y est aussi demandé : {x}",),
    FRAGMENT: ("On y a aussi noté ceci : {x}.", "On y a relevé encore : {x}."),
    "whole": (
        "On y {lit} aussi {x}.",
        "{x}, y {lit}-on encore.",
        "Autre remarque : {x}.",
        "{x}, ajoute-t-on.",
        "On y {lit} également : {x}.",
        "Et encore : {x}.",
    ),
}
"""In the place that the sentence before has named."""
AGAIN: Forms = {
    CLAUSE: (
        "{place}, on a indiqué {x}.",
        "On a aussi signalé {place} {x}.",
        "Il a également été dit {place} {x}.",
        "{place}, on a fait remarquer {x}.",
        "{place}, on a rapporté {x}.",
    ),
    NOUN: ("{place}, on a aussi évoqué {x}.", "On a également mentionné {place} {x}.", "{place}, on a cité {x}."),
    FRAGMENT: (
        "{place}, on a noté encore : {x}.",
        "Autre point relevé {place} : {x}.",
        "{place}, on a aussi relevé : {x}.",
    ),
    QUESTION: ("{place}, la question a été posée : {x}", "On s’est demandé {place} : {x}"),
}
"""Further on in a paragraph, in another place."""
_CONSTATS = {
    CLAUSE: (
        "{place}, on a relevé {x} ; {at}, {y}.",
        "On a signalé {place} {x} ; {at}, {y}.",
        "{place}, il a été dit {x}, et {at} {y}.",
    ),
    NOUN: ("{place}, on a évoqué {x} ; {at}, {y}.", "On a mentionné {place} {x} et, {at}, {y}."),
}
_CONSTATS_SAME = {
    CLAUSE: (
        "{place}, on a souligné {x} et {y}.",
        "On a rapporté {place} {x}, et aussi {y}.",
        "{place}, il a été dit {x} et {y}.",
    ),
    NOUN: ("{place}, on a évoqué {x} et {y}.",),
    FRAGMENT: ("{place}, les notes disent : {x} ; {y}.", "On a relevé {place} : {x} ; {y}."),
}
_PROPOSALS = {
    INFINITIVE: ("Il a été proposé {place} {x} et, {at}, {y}.", "{place}, l’idée serait {x} ; {at}, {y}."),
}
_PROPOSALS_SAME = {INFINITIVE: ("{place}, il a été proposé {x} et {y}.",)}
PAIRED: Mapping[str, Forms] = {"constat": _CONSTATS, "proposal": _PROPOSALS}
PAIRED_SAME: Mapping[str, Forms] = {"constat": _CONSTATS_SAME, "proposal": _PROPOSALS_SAME}
PAIRED_BARE: Mapping[str, Forms] = {
    "constat": {
        CLAUSE: ("On y a aussi relevé {x} et {y}.", "Il y a aussi été dit {x} et {y}."),
        FRAGMENT: ("On y a aussi relevé : {x} ; {y}.",),
    }
}
"""Two sayings in one sentence: {x} in {place}, {y} in {at} (or in the same place, or in the one just named)."""
TWO_PLACES = (
    "{v1} {w1} {q1} et, {w2}, {q2}.",
    "{q1}, {i1} {w1} ; {q2}, ajoute-t-on {w2}.",
    "{w1}, {v1} {q1} ; {w2}, {q2}.",
)
TWO_SAME = (
    "{v1} {w1} {q1}, mais aussi {q2}.",
    "{q1}, {i1} {w1}, et encore {q2}.",
    "{w1}, {v1} {q1} et {q2}.",
    "{w1}, on note {q1} ; et ceci : {q2}.",
)
THANKS = "thanks"
THANKED = ("{place}, on a remercié {x}.", "On a tenu {place} à remercier {x}.")
TWO_BARE = ("{v1} {q1}, mais aussi {q2}.", "{q1}, {i1}, et encore {q2}.")
NAMING = {"nord": ("cite", "mentionne"), "est": ("pointe", "cite"), "sud": ("propose", "demande"), "ouest": ("évoque",)}
"""A thing named and no more: it is cited, neither observed nor told."""
NAMED = ("{x}, {v} {who}.", "{place}, on {v} {x}.")
ASKED = ("{x}, {v} {who}.", "{place}, quelqu’un {v} : {x}.")
"""Around a question."""
ANSWERED = ("À la question {c}, quelqu’un répond : {x}.", "À la question {c}, une personne répond : {x}.")
ANSWERED_TOO = ("Une autre réponse : {x}.", "Autre réponse encore : {x}.")
"""Around an answer that says nothing without its question: `à apprendre à écouter`."""
SAID_ALREADY = ("{x}, {lit}-on {place}.", "On {lit} {place} : {x}.", "{x}, {ecrit}-on {place}.")
SAID_AGAIN = ("On {lit} aussi {place} : {x}.", "{x}, {lit}-on aussi {place}.")
"""Around words that open on a verb of asking or proposing: ours would only repeat it."""
