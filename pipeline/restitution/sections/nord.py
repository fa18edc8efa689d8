"""Nord: what exists and works, who is recognised, what is to be made known, thanks."""

from __future__ import annotations

from pipeline.restitution import grammar
from pipeline.restitution.material import Group
from pipeline.restitution.nodes import Node, Sentence
from pipeline.restitution.sections.est import _that, _the, _with_place, told_tension
from pipeline.restitution.telling import Teller

FACETS = ("valoriser", "reconnaitre", "informer", "celebrer")


def facet_of(group: Group) -> str:
    """The facet of most members, in the order of the codebook when they tie."""
    votes = {facet: sum(item.facet == facet for item in group.members) for facet in FACETS}
    return max(FACETS, key=lambda facet: (votes[facet], -FACETS.index(facet)))


def told_resource(teller: Teller, group: Group, n_quotes: int) -> list[Sentence]:
    """The sentences of one resource, recognition, piece of information or thanks."""
    facet = facet_of(group)
    sources = [item.item_id for item in group.members]
    place = teller.where(group.group_id)
    own = teller.own_words(group)
    phrase = grammar.analyse(group.title)
    if own is not None and own[1].kind == "quote":
        lead = _with_place(teller, teller.turn(f"nord_{facet}", _QUOTED[facet]), place, sources, q=own[1])
    else:
        node = own[1] if own is not None else None
        if phrase.form == grammar.CLAUSE:
            x: Node | list[Node] = _that(node, phrase) if node else teller.title(group, form="que")
            template = teller.turn("nord_clause", _CLAUSES)
        elif phrase.form == grammar.NOUN:
            x = _the(node, phrase) if node else teller.title(group, form="article")
            template = teller.turn(f"nord_noun_{facet}", _NOUNS[facet])
        else:
            x = node or teller.title(group)
            template = teller.turn(f"nord_colon_{facet}", _COLONS[facet])
        lead = _with_place(teller, template, place, sources, x=x)
    sides = told_tension(teller, group)
    return [lead, *(sides or teller.testimony(group, n_quotes, [group.title]))]


_QUOTED = {
    "valoriser": (
        "{place}, on a tenu à dire ce qui marche : {q}.",
        "Une ressource est citée {place} : {q}.",
        "{q} : cet appui a été nommé {place}.",
        "{place}, une réussite a été partagée : {q}.",
    ),
    "reconnaitre": (
        "{place}, un savoir-faire a été salué : {q}.",
        "Un rôle est reconnu {place} : {q}.",
    ),
    "informer": (
        "{place}, une information est à faire circuler : {q}.",
        "À faire savoir, d’après ce qui s’est dit {place} : {q}.",
        "Mérite d’être mieux connu, a-t-on dit {place} : {q}.",
    ),
    "celebrer": ("{place}, des remerciements ont été adressés : {q}.", "Un merci s’est fait entendre {place} : {q}."),
}
_CLAUSES = (
    "Il a été rappelé {place} {x}.",
    "{place}, on a fait valoir {x}.",
    "On a raconté {place} {x}.",
)
_NOUNS = {
    "valoriser": (
        "{place}, on a mis en valeur {x}.",
        "On peut déjà compter, a-t-on dit {place}, sur {x}.",
        "On a cité {place} {x}.",
    ),
    "reconnaitre": ("{place}, on a salué {x}.", "On a tenu à reconnaître {place} {x}."),
    "informer": ("{place}, on souhaite faire mieux connaître {x}.", "On a signalé {place} {x}."),
    "celebrer": (
        "{place}, on a voulu célébrer {x}.",
        "On a remercié {place} {x}.".replace("remercié", "mis à l’honneur"),
    ),
}
_COLONS = {
    "valoriser": ("{place}, une ressource a été nommée : {x}.", "Ce qui marche, a-t-on dit {place} : {x}."),
    "reconnaitre": ("{place}, un rôle a été reconnu : {x}.",),
    "informer": (
        "{place}, une information est à faire circuler : {x}.",
        "À faire savoir, d’après ce qui s’est dit {place} : {x}.",
    ),
    "celebrer": ("{place}, un remerciement a été adressé : {x}.", "Un merci s’est fait entendre {place} : {x}."),
}
