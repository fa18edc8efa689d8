"""How each axis reports: its verbs of saying, and the sentences that take in a quotation, a note or a title of ours.

Slots: {x} what is told, {place} where, {d} what was added to a name. Variants come in turn, never by chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.restitution.grammar import CLAUSE, FRAGMENT, INFINITIVE, NOUN, QUESTION, WISH


@dataclass(frozen=True)
class Voice:
    """The wording of one axis (or facet).

    Attributes
    ----------
    first, again : verbs of saying, third person, for the first words told of a group and for the next.
    shared : around a quotation whose matter several places share.
    forms : by the form of a phrase (see `pipeline.restitution.grammar`): around a note or a title.
    headed : after a title in bold, with the first words told ({x}) where several places share them; () for no bold.
    spread, alone : the same without words to add, in several places or in one.
    detail : around a name ({x}) and what was said of it ({d}); () when the axis has no such sentence.
    """

    name: str
    first: Sequence[str]
    again: Sequence[str]
    shared: Sequence[str]
    forms: Mapping[str, Sequence[str]]
    detail: Sequence[str] = field(default=())
    headed: Sequence[str] = field(default=())
    spread: Sequence[str] = field(default=())
    alone: Sequence[str] = field(default=())


AGAIN = ("ajoute", "précise", "note", "complète", "poursuit")
EST = Voice(
    "est",
    first=("constate", "déplore", "signale", "résume", "regrette", "observe"),
    again=("ajoute", "précise", "constate", "note", "regrette"),
    shared=(
        "{x} : le constat est partagé {place}.",
        "{place}, la même difficulté est décrite, ici par quelqu’un : {x}.",
        "{x} : {place}, on en dit autant.",
        "La difficulté est connue {place} : {x}.",
        "{x} : la remarque a été faite {place}.",
    ),
    forms={
        CLAUSE: (
            "Il a été souligné {place} {x}.",
            "{place}, on a relevé {x}.",
            "On a expliqué {place} {x}.",
            "{place}, on constate {x}.",
            "Il a été rappelé {place} {x}.",
        ),
        NOUN: (
            "{place}, on a pointé {x}.",
            "On est revenu {place} sur {x}.",
            "{place}, les échanges ont mis en avant {x}.",
            "Il a été question {place} de ceci : {x}.",
        ),
        QUESTION: ("{place}, on s’est demandé : {x}", "Une question est née {place} : {x}"),
        FRAGMENT: (
            "{place}, une difficulté a été relevée : {x}.",
            "On a noté {place} ce frein : {x}.",
            "{place}, on décrit la situation ainsi : {x}.",
            "Un obstacle a été nommé {place} : {x}.",
        ),
    },
    headed=(
        "On l’a dit {place} : {x}.",
        "{place}, le constat est le même : {x}.",
        "La remarque est venue {place} : {x}.",
        "{place}, on l’a raconté : {x}.",
    ),
    spread=("Le constat est partagé {place}.", "On l’a dit {place}.", "La remarque est venue {place}."),
    alone=("On l’a dit {place}.", "La remarque est venue {place}.", "Le constat a été fait {place}."),
)
_CLAUSES = (
    "Il a été rappelé {place} {x}.",
    "{place}, on a fait valoir {x}.",
    "On a raconté {place} {x}.",
    "{place}, on a signalé {x}.",
)
_DETAILS = (
    "{place}, on a cité {x} : {d}.",
    "On peut compter {place} sur {x} : {d}.",
    "{place}, on a mis en avant {x} : {d}.",
    "On a parlé {place} de ce qui marche, comme {x} : {d}.",
)
_EXISTS = (
    "{place}, on a cité {x}.",
    "On peut s’appuyer {place} sur {x}.",
    "{place}, on a mis en avant {x}.",
    "On a mentionné {place} {x}.",
)
NORD: dict[str, Voice] = {
    "valoriser": Voice(
        "valoriser",
        first=("signale", "souligne", "rappelle", "raconte"),
        again=AGAIN,
        shared=(
            "{x} : la ressource a été citée {place}.",
            "{place}, on a tenu à dire ce qui marche : {x}.",
            "{x} : {place}, on en a dit du bien.",
        ),
        forms={
            CLAUSE: _CLAUSES,
            NOUN: _EXISTS,
            FRAGMENT: ("{place}, une ressource a été nommée : {x}.", "On a dit {place} ce qui marche : {x}."),
        },
        detail=_DETAILS,
    ),
    "reconnaitre": Voice(
        "reconnaitre",
        first=("salue", "souligne", "rappelle"),
        again=AGAIN,
        shared=("{x} : ce rôle a été reconnu {place}.", "{place}, un savoir-faire a été salué : {x}."),
        forms={
            CLAUSE: _CLAUSES,
            NOUN: ("{place}, on a salué {x}.", "On a tenu à reconnaître {place} {x}."),
            FRAGMENT: ("{place}, un rôle a été reconnu : {x}.", "Un savoir-faire a été salué {place} : {x}."),
        },
        detail=_DETAILS,
    ),
    "informer": Voice(
        "informer",
        first=("fait savoir", "signale", "rappelle", "indique"),
        again=AGAIN,
        shared=("{x} : l’information est à faire circuler, dit-on {place}.", "À faire savoir, dit-on {place} : {x}."),
        forms={
            CLAUSE: ("{place}, on a fait savoir {x}.", "Il a été signalé {place} {x}.", "On a indiqué {place} {x}."),
            NOUN: (
                "{place}, on souhaite faire mieux connaître {x}.",
                "On a signalé {place} {x}.",
                "{place}, on a rappelé l’existence de ceci : {x}.",
            ),
            FRAGMENT: ("{place}, une information est à faire circuler : {x}.", "À faire savoir, dit-on {place} : {x}."),
        },
        detail=(
            "{place}, on a signalé {x} : {d}.",
            "On souhaite {place} faire mieux connaître {x} : {d}.",
            "{place}, on a rappelé {x} : {d}.",
        ),
    ),
    "celebrer": Voice(
        "celebrer",
        first=("dit", "tient à dire"),
        again=("ajoute", "dit encore"),
        shared=("{x} : les remerciements sont venus {of}.", "Des remerciements ont été adressés {place} : {x}."),
        forms={
            CLAUSE: _CLAUSES,
            NOUN: ("{place}, on a voulu célébrer {x}.", "On a mis à l’honneur {place} {x}."),
            FRAGMENT: ("{place}, un remerciement a été adressé : {x}.", "Un merci s’est fait entendre {place} : {x}."),
        },
    ),
}
_PROPOSED = {
    CLAUSE: ("{place}, l’idée a été formulée ainsi : {b}.", "On a avancé {place} {x}."),
    NOUN: ("{place}, on imagine {i}.", "L’idée a été lancée {place} : {i}.", "{place}, on a pensé à ceci : {i}."),
    INFINITIVE: (
        "Il a été proposé {place} {x}.",
        "{place}, l’idée serait {x}.",
        "On pourrait, a-t-on dit {place}, {b}.",
    ),
    WISH: ("{place}, il a été souhaité {x}.",),
    QUESTION: ("{place}, on s’est demandé : {x}",),
    FRAGMENT: ("{place}, la proposition est notée ainsi : {b}.", "L’idée a été décrite {place} : {b}."),
}
"""{b} : the words as they are; {i} : a noun phrase with an indefinite article."""
SUD: dict[str, Voice] = {
    "action": Voice(
        "action",
        first=("propose", "suggère", "imagine", "avance"),
        again=("ajoute", "précise", "propose aussi", "suggère"),
        shared=(),
        forms=_PROPOSED,
    ),
    "commitment": Voice(
        "commitment",
        first=("annonce", "s’engage", "propose"),
        again=("ajoute", "précise"),
        shared=(),
        forms=_PROPOSED,
    ),
    "demand": Voice(
        "demand",
        first=("demande", "attend", "réclame"),
        again=("ajoute", "précise", "demande aussi"),
        shared=(),
        forms=_PROPOSED,
    ),
}
OUEST = Voice(
    "ouest",
    first=("avance", "estime", "dit", "confie"),
    again=("avance", "estime", "ajoute", "dit"),
    shared=(
        "{x} : l’idée a été défendue {place}.",
        "{place}, une même réflexion a été menée : {x}.",
        "{x} : on y a réfléchi {place}.",
    ),
    forms={
        CLAUSE: ("{place}, on a avancé {x}.", "On a défendu {place} l’idée {x}.", "Il a été dit {place} {x}."),
        NOUN: ("{place}, on a réfléchi à ceci : {x}.", "Une réflexion s’est ouverte {place} sur {x}."),
        INFINITIVE: ("{place}, une règle de conduite a été dite : {b}.", "On tient {place} à ceci : {b}."),
        QUESTION: ("{place}, on s’est demandé : {x}", "La question a été posée {place} : {x}"),
        FRAGMENT: ("{place}, on a réfléchi à ceci : {x}.", "Une réflexion s’est ouverte {place} : {x}."),
    },
)
ASKED = (
    "{x} La question a été posée {place}.",
    "{x} La question est venue {place}.",
    "{x} On se l’est demandé {place}.",
)
THOUGHT_ABOUT = (
    "{x} On y a réfléchi {place}.",
    "{x} La question a occupé les échanges {place}.",
    "{x} On s’est interrogé là-dessus {place}.",
)
"""One asked, others answered: nobody asked in all these places."""
GESTURES = (
    "{x} : cette façon de faire a été racontée {place}.",
    "{place}, quelqu’un dit comment on s’y prend : {x}.",
    "{place}, un geste a été partagé : {x}.",
)
