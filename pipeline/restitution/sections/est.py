"""Est: each obstacle as it was told, what was tried, what would get past it, the question to work on; tensions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.restitution import grammar
from pipeline.restitution.material import Group, Item
from pipeline.restitution.nodes import Node, Sentence
from pipeline.restitution.quotes import quote
from pipeline.restitution.telling import Teller

_TRIED = re.compile(
    r"\bdéjà (?:été )?(?:essayé|tenté|testé|fait|demandé)|\bon a essayé|\bavai(?:t|ent) (?:essayé|tenté)|\bça existait\b",
    re.I,
)
_PASSED = re.compile(
    r"\b(?:depuis|on est passés?|on a (?:mis|pris|fait|acheté|trouvé|monté)|a fini par|a tenu)\b", re.I
)

_QUOTE_LEADS = (
    "{q} : {place}, le constat tient en ces mots.",
    "{place}, une difficulté a été dite ainsi : {q}.",
    "{q}, a-t-il été relevé {place}.",
    "{place}, le même obstacle est revenu : {q}.",
)


def told_obstacle(teller: Teller, group: Group, n_quotes: int) -> list[Sentence]:
    """The sentences of one obstacle, the most telling first."""
    lead = told_lead(teller, group)
    known = [group.title, *_shown(lead)]
    sides = told_tension(teller, group)
    sentences = [lead]
    sentences += sides or teller.testimony(group, n_quotes, known)
    sentences += [*_tried(teller, group), *_crossed(teller, group), *told_answers(teller, group.group_id)]
    question = told_question(teller, group)
    return [*sentences, *([question] if question else [])]


def _shown(sentence: Sentence) -> list[str]:
    return [node.text for node in sentence.nodes if node.kind in ("quote", "report", "title")]


def told_lead(teller: Teller, group: Group) -> Sentence:
    """The obstacle in one sentence, in the participants' words where the title is theirs."""
    sources = [item.item_id for item in group.members]
    place = teller.where(group.group_id)
    own = teller.own_words(group)
    if own is not None and own[1].kind == "quote":
        single = len({(i.workshop, i.table) for i in group.members}) < 2
        variants = _SINGLE_LEADS if single else _SHARED_LEADS
        return _with_place(teller, teller.turn(f"est_quote_{single}", variants), place, sources, q=own[1])
    phrase = grammar.analyse(group.title)
    node = own[1] if own is not None else None
    if phrase.form == grammar.CLAUSE:
        x = _that(node, phrase) if node else teller.title(group, form="que")
        return _with_place(teller, teller.turn("est_clause", _CLAUSE_LEADS), place, sources, x=x)
    if phrase.form == grammar.NOUN:
        x = _the(node, phrase) if node else teller.title(group, form="article")
        return _with_place(teller, teller.turn("est_noun", _NOUN_LEADS), place, sources, x=x)
    if phrase.form == grammar.QUESTION:
        return _with_place(
            teller, "{place}, on s’est demandé : {x}", place, sources, x=node or teller.title(group, form="as_is")
        )
    return _with_place(teller, teller.turn("est_colon", _COLON_LEADS), place, sources, x=node or teller.title(group))


def _that(node: Node, phrase: grammar.Phrase) -> list[Node]:
    from pipeline.language.typography import with_que

    return [Node("text", with_que(phrase.low)[: -len(phrase.low)]), node]


def _the(node: Node, phrase: grammar.Phrase) -> list[Node]:
    return [Node("text", grammar.with_article(phrase)[: -len(phrase.low)]), node]


def _with_place(
    teller: Teller, template: str, place: Sequence[Node], sources: Sequence[str], **pieces: Node | Sequence[Node]
) -> Sentence:
    if not place:
        template = template.replace("{place}, ", "").replace(", {place},", "").replace(" {place}", "")
    return teller.say(template, sources, place=place, **pieces)


_SINGLE_LEADS = (
    "{place}, une difficulté a été dite ainsi : {q}.",
    "Autre obstacle, nommé {place} : {q}.",
    "{q} : le constat a été posé {place}.",
    "{place}, un frein est décrit en peu de mots : {q}.",
)
_SHARED_LEADS = (
    "Un même constat est revenu {place} : {q}.",
    "{q} : {place}, on l’a dit ou écrit.",
    "{place}, une même difficulté s’est fait entendre : {q}.",
    "L’obstacle est partagé {place} : {q}.",
)
_CLAUSE_LEADS = (
    "Il a été souligné {place} {x}.",
    "{place}, on a relevé {x}.",
    "Les échanges ont fait ressortir {place} {x}.",
    "{place}, le constat a été fait {x}.",
    "On a rappelé {place} {x}.",
)
_NOUN_LEADS = (
    "{place}, les échanges ont mis en avant {x}.",
    "On a pointé {place} {x}.",
    "{place}, on est revenu sur {x}.",
    "On a décrit {place} {x}.",
)
_COLON_LEADS = (
    "{place}, une difficulté a été relevée : {x}.",
    "Un frein a été nommé {place} : {x}.",
    "{place}, le constat est le suivant : {x}.",
    "Autre obstacle rencontré {place} : {x}.",
)


def told_tension(teller: Teller, group: Group) -> list[Sentence]:
    """A disagreement with both its sides, never added up; [] when one side is silent or cannot be quoted."""
    sides = {
        stance: [item for item in group.members if item.stance == stance and item.item_id not in teller.told]
        for stance in ("pour", "contre")
    }
    found = {stance: _first_quote(teller, items) for stance, items in sides.items()}
    if found["pour"] is None or found["contre"] is None:
        return []
    (pro, pro_node), (con, con_node) = found["pour"], found["contre"]
    template = teller.turn(
        "tension",
        (
            "Les avis ne se rejoignent pas : d’un côté, {p} ; de l’autre, {c}.",
            "Le point fait débat : {p}, avancent les uns ; {c}, répondent les autres.",
        ),
    )
    return [teller.say(template, [pro.item_id, con.item_id], p=pro_node, c=con_node)]


def _first_quote(teller: Teller, items: Sequence[Item]) -> tuple[Item, Node] | None:
    for item in items:
        node = quote(item)
        if node is not None and item.item_id not in teller.told:
            return item, node
    return None


def _tried(teller: Teller, group: Group) -> list[Sentence]:
    found = _first_quote(teller, [item for item in group.members if _TRIED.search(item.text)])
    if found is None:
        return []
    template = teller.turn("tried", ("Une tentative a eu lieu : {q}.", "Cela a déjà été essayé : {q}."))
    return [teller.say(template, [found[0].item_id], q=found[1])]


def _crossed(teller: Teller, group: Group) -> list[Sentence]:
    """What got, or would get, past the obstacle: only members read as `traversee`."""
    crossings = [item for item in group.members if item.facet == "traversee" and item.item_id not in teller.told]
    found = _first_quote(teller, crossings)
    if found is None:
        return [told for item in crossings[:1] if (told := teller.told_note(item)) is not None]
    done = bool(_PASSED.search(found[0].text))
    template = (
        teller.turn("passed", ("Un passage a été trouvé : {q}.", "Ce frein a pourtant été levé quelque part : {q}."))
        if done
        else teller.turn("passing", ("Un passage se dessine : {q}.", "Une prise existe : {q}."))
    )
    return [teller.say(template, [found[0].item_id], q=found[1])]


def told_answers(teller: Teller, obstacle: str, n_max: int = 2) -> list[Sentence]:
    """What was said elsewhere that answers this obstacle: actions (Sud), then resources (Nord)."""
    groups = [
        teller.material.groups[answer]
        for answer in teller.material.answers.get(obstacle, ())
        if answer in teller.material.groups
    ]
    sentences: list[Sentence] = []
    for axis, variants in (("sud", _ANSWERED_SUD), ("nord", _ANSWERED_NORD)):
        chosen = [group for group in groups if group.axis == axis][:n_max]
        if chosen:
            nodes: list[Node] = []
            for index, group in enumerate(chosen):
                nodes += [Node("text", "" if index == 0 else " ; "), as_answer(teller, group)]
            sources = [item.item_id for group in chosen for item in group.members]
            key = f"answer_{axis}_{len(chosen) > 1}"
            sentences.append(teller.say(teller.turn(key, variants[len(chosen) > 1]), sources, x=nodes))
    return sentences


def as_answer(teller: Teller, group: Group) -> Node:
    """A group named inside another sentence: a quotation when the title is participants' words, else the title."""
    own = teller.own_words(group)
    if (
        own is not None
        and own[1].kind == "quote"
        and grammar.analyse(group.title).form not in (grammar.INFINITIVE, grammar.NOUN)
    ):
        return own[1]
    return teller.title(group)


_ANSWERED_SUD = {
    False: (
        "Une piste y répond : {x}.",
        "Pour le lever, une proposition a été faite : {x}.",
        "Une action irait dans ce sens : {x}.",
    ),
    True: ("Des pistes y répondent : {x}.", "Pour le lever, des propositions ont été faites : {x}."),
}
_ANSWERED_NORD = {
    False: ("Une ressource existe déjà : {x}.", "On peut s’appuyer sur ce qui existe : {x}."),
    True: ("Des ressources existent déjà : {x}.", "On peut s’appuyer sur ce qui existe : {x}."),
}


def told_question(teller: Teller, group: Group) -> Sentence | None:
    """The obstacle turned into a question: in someone's words when one was asked, else as the group was titled."""
    asked = [item for item in group.members if item.facet == "problematique" and item.text.rstrip().endswith("?")]
    found = _first_quote(teller, asked)
    if found is not None and found[1].text.rstrip().endswith("?"):
        return teller.say(teller.turn("asked", _ASKED), [found[0].item_id], q=found[1])
    if not group.question:
        return None
    node = Node("title", group.question.strip(), {"group_id": group.group_id, "field": "question"})
    return teller.say("Reste la question à travailler : {x}", [item.item_id for item in group.members], x=node)


_ASKED = ("La question a été posée : {q}.", "D’où cette question : {q}.", "Reste une question : {q}.")
