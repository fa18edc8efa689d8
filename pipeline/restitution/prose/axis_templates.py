"""How each axis reports: its verbs of saying, and the sentences that take in words told, woven or quoted.

Slots: {x} what is told, {b} the same without its conjunction, {i} a noun phrase with an indefinite article, {place}
where, {d} what was added to a name. Variants come in turn, never by chance, the least used of a section first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.language.syntax.sentence_forms import CLAUSE, FRAGMENT, INFINITIVE, NOUN, QUESTION, WISH
from pipeline.restitution.prose.shared_templates import SAME_PLACE, Forms


@dataclass(frozen=True)
class Voice:
    """The wording of one axis (or facet).

    Attributes
    ----------
    kind : `constat`, `proposal` or `demand`: sayings of one kind may share a sentence.
    first, again : verbs of saying, third person, for the first words told of a group and for the next.
    shared : around a quotation or a title whose matter several places share.
    forms : by the form of a phrase (see `pipeline.language.syntax.sentence_forms`): around what opens a paragraph.
    again_forms, same_place : the same further on, elsewhere and in the place just named, where this voice has its own.
    detail : around a name ({x}) and what was said of it ({d}); () when the axis has no such sentence.
    testifies : whether someone who says « je » bears witness, rather than thanks or proposes.
    """

    name: str
    kind: str
    first: Sequence[str]
    again: Sequence[str]
    shared: Sequence[str]
    forms: Forms
    again_forms: Forms = field(default_factory=dict)
    same_place: Forms = field(default_factory=dict)
    detail: Sequence[str] = field(default=())
    testifies: bool = True


EST = Voice(
    "est",
    "constat",
    first=("constate", "déplore", "signale", "résume", "regrette", "observe"),
    again=("précise", "constate", "note", "regrette", "relève"),
    shared=(
        "Un même constat revient {place} : {x}.",
        "{place}, une même difficulté est décrite : {x}.",
        "Une difficulté est connue {place} : {x}.",
        "{place}, on en arrive au même point : {x}.",
    ),
    forms={
        CLAUSE: (
            "Il a été souligné {place} {x}.",
            "{place}, on a relevé {x}.",
            "On a expliqué {place} {x}.",
            "{place}, il a été signalé {x}.",
            "On a raconté {place} {x}.",
            "{place}, on constate {x}.",
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
            "{place}, la situation est décrite ainsi : {x}.",
            "Un obstacle a été nommé {place} : {x}.",
        ),
    },
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
        "constat",
        first=("signale", "souligne", "rappelle", "raconte"),
        again=("précise", "rappelle", "souligne", "note"),
        shared=(
            "Une même ressource a été citée {place} : {x}.",
            "{place}, on a tenu à dire ce qui marche : {x}.",
            "{place}, on en a dit du bien : {x}.",
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
        "constat",
        first=("salue", "souligne", "rappelle"),
        again=("précise", "souligne", "rappelle"),
        shared=("Un même rôle a été reconnu {place} : {x}.", "{place}, un savoir-faire a été salué : {x}."),
        forms={
            CLAUSE: _CLAUSES,
            NOUN: ("{place}, on a salué {x}.", "On a tenu à reconnaître {place} {x}."),
            FRAGMENT: ("{place}, un rôle a été reconnu : {x}.", "Un savoir-faire a été salué {place} : {x}."),
        },
        detail=_DETAILS,
    ),
    "informer": Voice(
        "informer",
        "constat",
        first=("fait savoir", "signale", "rappelle", "indique"),
        again=("précise", "indique", "signale"),
        shared=("Une information est à faire circuler, dit-on {place} : {x}.", "À faire savoir, dit-on {place} : {x}."),
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
        testifies=False,
    ),
    "celebrer": Voice(
        "celebrer",
        "thanks",
        first=("dit", "tient à dire"),
        again=("ajoute", "dit encore"),
        shared=("Les remerciements sont venus {of} : {x}.", "Des remerciements ont été adressés {place} : {x}."),
        forms={
            CLAUSE: _CLAUSES,
            FRAGMENT: ("{place}, un remerciement a été adressé : {b}.", "Un merci s’est fait entendre {place} : {b}."),
        },
        testifies=False,
    ),
}
_PROPOSED: Forms = {
    NOUN: (
        "{place}, on imagine {i}.",
        "Une idée a émergé {place} : {i}.",
        "{place}, on verrait bien {i}.",
        "L’idée a été lancée {place} : {i}.",
    ),
    INFINITIVE: (
        "Il a été proposé {place} {x}.",
        "{place}, l’idée serait {x}.",
        "On pourrait, a-t-on dit {place}, {b}.",
        "{place}, il est suggéré {x}.",
        "La piste avancée {place} serait {x}.",
    ),
    WISH: ("Il a été souhaité {place} {x}.", "{place}, on voudrait {x}."),
    QUESTION: ("{place}, on s’est demandé : {b}", "La question a été posée {place} : {b}"),
    FRAGMENT: ("{place}, la proposition est notée ainsi : {b}.", "L’idée a été décrite {place} : {b}."),
}
_PROPOSED_AGAIN: Forms = {
    NOUN: ("{place}, on a aussi imaginé {i}.", "On a également pensé {place} à ceci : {i}."),
    INFINITIVE: ("Il a aussi été proposé {place} {x}.", "{place}, on a également suggéré {x}."),
    WISH: ("Il a aussi été souhaité {place} {x}.",),
    FRAGMENT: ("{place}, on a noté aussi : {b}.", "Il a aussi été noté {place} ceci : {b}."),
}
_PROPOSED_HERE: Forms = {
    NOUN: ("On y imagine aussi {i}.", "On y verrait également {i}."),
    INFINITIVE: ("On y a aussi proposé {x}.", "On y a également suggéré {x}."),
    WISH: ("On y a aussi souhaité {x}.",),
    FRAGMENT: ("On y a noté aussi : {b}.",),
    QUESTION: SAME_PLACE[QUESTION],
}


def _proposing(name: str, kind: str, first: Sequence[str], again: Sequence[str], forms: Forms) -> Voice:
    return Voice(name, kind, first, again, (), forms, _PROPOSED_AGAIN, _PROPOSED_HERE, testifies=False)


SUD: dict[str, Voice] = {
    "action": _proposing(
        "action",
        "proposal",
        ("propose", "suggère", "imagine", "avance"),
        ("précise", "suggère", "propose aussi", "imagine"),
        _PROPOSED,
    ),
    "commitment": _proposing(
        "commitment",
        "commitment",
        ("annonce", "s’engage", "propose"),
        ("ajoute", "précise"),
        {FRAGMENT: ("{place}, l’engagement est noté ainsi : {b}.",), CLAUSE: ("Il a été noté {place} {x}.",)},
    ),
    "demand": _proposing(
        "demand",
        "demand",
        ("demande", "attend", "réclame"),
        ("précise", "demande aussi"),
        {
            WISH: ("Il est demandé {place} {x}.", "{place}, on attend {x}."),
            QUESTION: _PROPOSED[QUESTION],
            FRAGMENT: ("{place}, la demande est notée ainsi : {b}.",),
            CLAUSE: ("{place}, il est demandé ceci : {b}.",),
            INFINITIVE: ("{place}, il est demandé ceci : {b}.",),
            NOUN: ("{place}, la demande porte sur {i}.",),
        },
    ),
}
OUEST = Voice(
    "ouest",
    "constat",
    first=("avance", "estime", "considère", "affirme"),
    again=("avance", "estime", "précise", "remarque"),
    shared=(
        "L’idée a été défendue {place} : {x}.",
        "{place}, une même réflexion a été menée : {x}.",
        "On y a réfléchi {place} : {x}.",
    ),
    forms={
        CLAUSE: ("{place}, on a avancé {x}.", "On a défendu {place} l’idée {x}.", "{place}, il a été dit {x}."),
        NOUN: ("{place}, on a réfléchi à ceci : {x}.", "Une réflexion s’est ouverte {place} sur {x}."),
        INFINITIVE: ("{place}, une règle de conduite a été dite : {b}.", "On tient {place} à ceci : {b}."),
        QUESTION: ("{place}, on s’est demandé : {x}", "La question a été posée {place} : {x}"),
        FRAGMENT: ("{place}, on a réfléchi à ceci : {x}.", "Une réflexion s’est ouverte {place} : {x}."),
    },
    testifies=False,
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
    "{x}, explique-t-on {place}.",
)
