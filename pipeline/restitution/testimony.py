"""What people said about a group: short quotations from different tables, and notes told as reported speech."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.restitution import grammar
from pipeline.restitution.material import Group, Item
from pipeline.restitution.nodes import Node, Sentence
from pipeline.restitution.quotes import CUT, candidates, quote, ranked, repeats
from pipeline.restitution.telling import Teller
from pipeline.restitution.unfit import holds_marks, holds_personal_data, points_back
from pipeline.restitution.voices import Voice
from pipeline.restitution.wording import joint_de, joint_que

REPORT_WORDS_MAX = 34
PAIR_WORDS_MAX = 34
NOTE_WORDS_MIN = 3
PlaceKey = tuple[str, str]
_FIRST_PERSON = re.compile(r"\b(?:je|j['’]|moi|mon|ma|mes)(?=\W)", re.IGNORECASE)
"""A note that says « je » has an author whom the sentence would lose."""


def place_key(item: Item) -> PlaceKey:
    """What tells two places apart: the survey is one, a table another."""
    return item.workshop, "enquete" if item.channel == "enquete" else item.table


def testimony(
    teller: Teller, group: Group, voice: Voice, n: int, known: Sequence[str], near: PlaceKey | None = None
) -> list[Sentence]:
    """Sentences that carry up to `n` more quotations of a group's kin, then notes where quotations are few.

    Parameters
    ----------
    known : texts already told about the group; what only repeats them is left out.
    near : the place that was just named, which the next sentence need not name again.
    """
    family = teller.kin(group)
    chosen: list[tuple[Item, Node]] = []
    seen = list(known)
    for item, node in ranked(family, teller.told | teller.kept, known, teller.subject(group)):
        if len(chosen) == n:
            break
        if not repeats(node.text, seen):
            chosen.append((item, node))
            seen.append(node.text)
    sentences: list[Sentence] = []
    while chosen:
        if len(chosen) > 1 and sum(len(node.text.split()) for _, node in chosen[:2]) <= PAIR_WORDS_MAX:
            both_near = near == place_key(chosen[0][0]) == place_key(chosen[1][0])
            sentences.append(two_quotes(teller, chosen[0], chosen[1], both_near))
            near, chosen = place_key(chosen[1][0]), chosen[2:]
        else:
            bare = near == place_key(chosen[0][0])
            sentences.append(attributed(teller, *chosen[0], f"{voice.name}_again", voice.again, bare))
            near, chosen = place_key(chosen[0][0]), chosen[1:]
    if n and len(sentences) < n:
        sentences.extend(_notes(teller, family, 1, seen, near))
    return sentences


def attributed(teller: Teller, item: Item, node: Node, key: str, verbs: Sequence[str], bare: bool = False) -> Sentence:
    """A sentence around one quotation: who says it, how, and where unless that was just named (`bare`)."""
    is_question = node.text.endswith("?")
    if teller.lexicon.phrase(node.text).form == grammar.NOUN and len(node.text.split()) <= NAME_WORDS_MAX:
        verbs, key = NAMING.get(item.axis, NAMING["nord"]), f"naming_{item.axis}"
    verb = teller.turn("asks", ASKING) if is_question else teller.turn(f"{key}_verb", verbs)
    at = [] if bare else teller.spot(item)
    template = teller.turn("attributed" if at else "attributed_bare", _AT if at else _BARE, node)
    who = _who(teller, item, bare)
    return teller.say(template, [item.item_id], x=node, at=at, v=verb, who=who)


def _who(teller: Teller, item: Item, bare: bool) -> list[Node]:
    """`un post-it de la table 4`, `quelqu’un à la table 4`, `une réponse à l’enquête`, `une voix`… in turn."""
    if item.channel == "enquete":
        words = ("une réponse à l’enquête", "une personne interrogée") if not bare else ("quelqu’un", "une réponse")
        return [Node("text", teller.turn(f"who_survey_{bare}", words))]
    of = [] if bare else teller.place_of(item, "de")
    thing = {"transcript": "une voix", "postit": "un post-it"}.get(item.channel, "une contribution")
    if item.channel == "postit" and not item.is_postit:
        thing = "une contribution"
    is_person = teller.turn("who", ("no", "yes")) == "yes"
    if is_person or (item.channel == "transcript" and not of):
        return [Node("text", "quelqu’un "), *teller.place_of(item)] if of else [Node("text", "quelqu’un")]
    return [Node("text", f"{thing} "), *of] if of else [Node("text", thing)]


def two_quotes(teller: Teller, one: tuple[Item, Node], two: tuple[Item, Node], bare: bool) -> Sentence:
    """One sentence for two quotations, from two places when there are two."""
    (item1, node1), (item2, node2) = one, two
    where1, where2 = ([], []) if bare else (teller.spot(item1), teller.spot(item2))
    verb = "entend" if item1.channel == "transcript" else "lit"
    variants: Sequence[str]
    if not where1 or not where2:
        key, variants = "two_bare", _TWO_BARE
    elif [n.text for n in where1] == [n.text for n in where2]:
        key, variants = "two_same", _TWO_SAME
    else:
        key, variants = "two", _TWO
    return teller.say(
        teller.turn(key, variants, node1),
        [item1.item_id, item2.item_id],
        q1=node1,
        q2=node2,
        w1=where1,
        w2=where2,
        v1=f"on {verb}",
        i1=f"{verb}-on",
    )


def _notes(
    teller: Teller, family: Sequence[Item], n: int, known: Sequence[str], near: PlaceKey | None
) -> list[Sentence]:
    sentences: list[Sentence] = []
    seen = list(known)
    for item in family:
        if len(sentences) == n:
            break
        if item.item_id in teller.told | teller.kept | teller.tied_to_told or repeats(item.text, seen):
            continue
        told = told_note(teller, item, near == place_key(item))
        if told is not None:
            near = place_key(item)
            sentences.append(told)
            seen.append(item.text)
    return sentences


def told_note(teller: Teller, item: Item, bare: bool = False) -> Sentence | None:
    """A note as reported speech, by its form; None when it is no note, or cannot be told in a sentence."""
    node = note_node(teller, item)
    if node is None:
        return None
    phrase = teller.lexicon.phrase(node.text)
    joint = {
        grammar.CLAUSE: joint_que(phrase.low),
        grammar.INFINITIVE: joint_de(phrase.low),
        grammar.NOUN: grammar.article(phrase),
    }.get(phrase.form, "")
    at = [] if bare else teller.place_of(item)
    template = teller.turn(f"note_{phrase.form}", _NOTES[phrase.form])
    return teller.say(template, [item.item_id], at=at, x=[Node("text", joint), node])


def note_node(teller: Teller, item: Item) -> Node | None:
    """The first sentence of a note, when short enough and without personal data, as a report node."""
    if item.provenance != "note" or not item.is_quotable:
        return None
    hides = holds_marks if item.axis == "nord" else holds_personal_data
    spans = [s for s in candidates(item, REPORT_WORDS_MAX) if not hides(item.source_text[s[0] : s[1]])]
    if not spans:
        return None
    node = teller.report(item, min(spans, key=lambda span: (span[0], span[0] - span[1])))
    is_short = len(node.text.split()) < NOTE_WORDS_MIN
    unfit = node.text.startswith(CUT) or points_back(node.text) or _FIRST_PERSON.search(node.text) is not None
    return None if is_short or unfit else node


def first_quote(
    teller: Teller, items: Sequence[Item], subject: frozenset[str] = frozenset()
) -> tuple[Item, Node] | None:
    """The first of these items that can be quoted and was not told."""
    for item in items:
        node = quote(item, subject=subject)
        if node is not None and item.item_id not in teller.told:
            return item, node
    return None


def tension(teller: Teller, group: Group) -> list[Sentence]:
    """A disagreement with both its sides, never added up; [] when one side is silent or cannot be quoted."""
    sides = {
        stance: [item for item in group.members if item.stance == stance and item.status == "sur"]
        for stance in ("pour", "contre")
    }
    pro, con = (first_quote(teller, sides[stance], teller.subject(group)) for stance in ("pour", "contre"))
    if pro is None or con is None or repeats(pro[1].text, [con[1].text]):
        return []
    return [teller.say(teller.turn("tension", _TENSION), [pro[0].item_id, con[0].item_id], p=pro[1], c=con[1])]


_TENSION = (
    "Les avis ne se rejoignent pas : d’un côté, {p} ; de l’autre, {c}.",
    "Le point fait débat : {p}, avancent les uns ; {c}, répondent les autres.",
    "On n’est pas d’accord là-dessus : {p}, entend-on d’une part, et d’autre part {c}.",
)
NAME_WORDS_MAX = 6
NAMING = {"nord": ("cite", "mentionne"), "est": ("pointe", "cite"), "sud": ("propose", "demande"), "ouest": ("évoque",)}
"""A thing named and no more: it is cited, neither observed nor told."""
ASKING = ("demande", "interroge", "se demande")
_AT = (
    "{x}, {v} {who}.",
    "{at}, quelqu’un {v} : {x}.",
    "{x}, {v} {who}.",
    "{who} {v} : {x}.",
)
_BARE = ("{x}, {v} {who}.", "{who} {v} : {x}.")
_TWO = (
    "{v1} {w1} {q1} et, {w2}, {q2}.",
    "{q1}, {i1} {w1} ; {q2}, ajoute-t-on {w2}.",
    "{w1}, {v1} {q1} ; {w2}, {q2}.",
)
_TWO_SAME = ("{v1} {w1} {q1}, mais aussi {q2}.", "{q1}, {i1} {w1}, et encore {q2}.")
_TWO_BARE = ("{v1} {q1}, mais aussi {q2}.", "{q1}, {i1}, et encore {q2}.")
_NOTES = {
    grammar.CLAUSE: ("Il a été noté {at} {x}.", "{at}, on a rapporté {x}.", "Il a été rappelé {at} {x}."),
    grammar.NOUN: ("{at}, on a aussi évoqué {x}.", "On a mentionné {at} {x}.", "Il a été question {at} de ceci : {x}."),
    grammar.INFINITIVE: ("{at}, il a été proposé {x}.", "L’idée a été avancée {at} {x}."),
    grammar.QUESTION: ("{at}, la question a été posée : {x}", "On s’est demandé {at} : {x}"),
    grammar.WISH: ("{at}, il a été souhaité {x}.",),
    grammar.FRAGMENT: (
        "{at}, on a noté ceci : {x}.",
        "Les notes ajoutent {at} : {x}.",
        "{at}, il a été relevé ceci : {x}.",
    ),
}
