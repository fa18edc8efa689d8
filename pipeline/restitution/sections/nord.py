"""Nord: what exists and works, who is recognised, what is to be made known, thanks."""

from __future__ import annotations

from pipeline.restitution.material import Group
from pipeline.restitution.nodes import Sentence
from pipeline.restitution.telling import Teller, Variants
from pipeline.restitution.testimony import tension, testimony

FACETS = ("valoriser", "reconnaitre", "informer", "celebrer")
_CLAUSES = ("Il a été rappelé {place} {x}.", "{place}, on a fait valoir {x}.", "On a raconté {place} {x}.")


def facet_of(group: Group) -> str:
    """The facet of most members, in the order of the codebook when they tie."""
    votes = {facet: sum(item.facet == facet for item in group.members) for facet in FACETS}
    return max(FACETS, key=lambda facet: (votes[facet], -FACETS.index(facet)))


def told_resource(teller: Teller, group: Group, n_quotes: int) -> list[Sentence]:
    """The sentences of one resource, recognition, piece of information or thanks."""
    facet = facet_of(group)
    lead = teller.lead(f"nord_{facet}", group, LEADS[facet])
    sides = tension(teller, group) if n_quotes else []
    return [lead, *(sides or testimony(teller, group, n_quotes, [group.title]))]


LEADS: dict[str, Variants] = {
    "valoriser": {
        "said": (
            "{place}, on a tenu à dire ce qui marche : {x}.",
            "Une ressource est citée {place} : {x}.",
            "{x}, rappelle-t-on {place}.",
            "{place}, une réussite a été partagée : {x}.",
        ),
        "said_again": (
            "{place}, on a cité une même ressource, par exemple en ces mots : {x}.",
            "Ce qui marche a été dit {place}, notamment ainsi : {x}.",
            "Une réussite est revenue {place}, dite ainsi par l’une des voix : {x}.",
        ),
        "clause": _CLAUSES,
        "noun": (
            "{place}, on a mis en valeur {x}.",
            "On a cité {place} {x}.",
            "{place}, on sait pouvoir compter sur {x}.",
        ),
        "colon": ("{place}, une ressource a été nommée : {x}.", "On a dit {place} ce qui marche : {x}."),
    },
    "reconnaitre": {
        "said": ("{place}, un savoir-faire a été salué : {x}.", "Un rôle est reconnu {place} : {x}."),
        "said_again": (
            "Un même rôle a été reconnu {place}, par exemple en ces mots : {x}.",
            "{place}, un savoir-faire a été salué, notamment ainsi : {x}.",
        ),
        "clause": _CLAUSES,
        "noun": ("{place}, on a salué {x}.", "On a tenu à reconnaître {place} {x}."),
        "colon": ("{place}, un rôle a été reconnu : {x}.", "Un savoir-faire a été salué {place} : {x}."),
    },
    "informer": {
        "said": ("{place}, une information est à faire circuler : {x}.", "À faire savoir, dit-on {place} : {x}."),
        "said_again": (
            "Une information est à faire circuler, dit-on {place}, par exemple celle-ci : {x}.",
            "{place}, on a signalé ce qui mérite d’être su, notamment ceci : {x}.",
        ),
        "clause": ("Il a été signalé {place} {x}.", "{place}, on a fait savoir {x}."),
        "noun": ("{place}, on souhaite faire mieux connaître {x}.", "On a signalé {place} {x}."),
        "colon": ("{place}, une information est à faire circuler : {x}.", "À faire savoir, dit-on {place} : {x}."),
    },
    "celebrer": {
        "said": ("{place}, des remerciements ont été adressés : {x}.", "Un merci s’est fait entendre {place} : {x}."),
        "said_again": ("Des remerciements ont été adressés {place}, comme celui-ci : {x}.",),
        "clause": _CLAUSES,
        "noun": ("{place}, on a voulu célébrer {x}.", "On a mis à l’honneur {place} {x}."),
        "colon": ("{place}, un remerciement a été adressé : {x}.", "Un merci s’est fait entendre {place} : {x}."),
    },
}
