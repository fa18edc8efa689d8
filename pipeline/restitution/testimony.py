"""What people said about a group: short quotations from different tables, and notes told as reported speech."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.restitution import grammar
from pipeline.restitution.material import Group, Item
from pipeline.restitution.nodes import Node, Sentence
from pipeline.restitution.quotes import CUT, candidates, holds_personal_data, quote, ranked, repeats
from pipeline.restitution.telling import Teller, joint_de, joint_que

REPORT_WORDS_MAX = 34
PAIR_WORDS_MAX = 34


def testimony(teller: Teller, group: Group, n: int, known: Sequence[str]) -> list[Sentence]:
    """Sentences that carry up to `n` quotations of a group, then notes where quotations are few.

    Parameters
    ----------
    known : texts already told about the group; what only repeats them is left out.
    """
    chosen: list[tuple[Item, Node]] = []
    seen = list(known)
    for item, node in ranked(group.members, teller.told | teller.kept, known, teller.subject(group)):
        if len(chosen) == n:
            break
        if not repeats(node.text, seen):
            chosen.append((item, node))
            seen.append(node.text)
    bare = teller.has_one_place(group)
    sentences: list[Sentence] = []
    while chosen:
        if len(chosen) > 1 and sum(len(node.text.split()) for _, node in chosen[:2]) <= PAIR_WORDS_MAX:
            sentences.append(two_quotes(teller, chosen[0], chosen[1], bare))
            chosen = chosen[2:]
        else:
            sentences.append(one_quote(teller, *chosen[0], bare))
            chosen = chosen[1:]
    if n and len(sentences) < n:
        sentences.extend(_notes(teller, group, 1 if sentences else 2, seen, bare))
    return sentences


def one_quote(teller: Teller, item: Item, node: Node, bare: bool = False) -> Sentence:
    """A sentence around one quotation, by the channel it came on; `bare` when its place was just named."""
    at = [] if bare else teller.place_of(item)
    of = [] if bare else teller.place_of(item, "de")
    variants: Sequence[str]
    if node.text.endswith("?"):
        key, variants = ("asks", _ASKS) if of else ("asks_bare", _ASKS_BARE)
    elif item.channel == "enquete":
        key, variants = ("survey_bare", _BARE) if bare else ("survey", _SURVEY)
    elif item.channel == "transcript":
        key, variants = ("voice", _VOICE) if of else ("voice_bare", _VOICE_BARE)
    else:
        key, variants = ("written", _WRITTEN) if of else ("bare", _BARE)
    what = WHAT.get(item.channel, "une contribution")
    return teller.say(teller.turn(key, variants, node), [item.item_id], q=node, at=at, of=of, what=what)


def two_quotes(teller: Teller, one: tuple[Item, Node], two: tuple[Item, Node], bare: bool) -> Sentence:
    """One sentence for two quotations, from two places when there are two."""
    (item1, node1), (item2, node2) = one, two
    where1, where2 = ([], []) if bare else (_short_place(teller, item1), _short_place(teller, item2))
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


def _short_place(teller: Teller, item: Item) -> list[Node]:
    return [Node("text", "dans l’enquête")] if item.channel == "enquete" else teller.place_of(item)


def _notes(teller: Teller, group: Group, n: int, known: Sequence[str], bare: bool) -> list[Sentence]:
    sentences: list[Sentence] = []
    seen = list(known)
    for item in group.members:
        if len(sentences) == n:
            break
        if item.item_id in teller.told | teller.kept or item.status == "a_relire" or repeats(item.text, seen):
            continue
        told = told_note(teller, item, bare)
        if told is not None:
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
    spans = [s for s in candidates(item, REPORT_WORDS_MAX) if not holds_personal_data(item.source_text[s[0] : s[1]])]
    if not spans:
        return None
    node = teller.report(item, min(spans, key=lambda span: (span[0], span[0] - span[1])))
    return None if node.text.startswith(CUT) else node


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
WHAT = {"postit": "un post-it", "transcript": "une voix", "enquete": "une réponse à l’enquête"}
_ASKS = ("{q}, demande {what} {of}.", "{at}, quelqu’un interroge : {q}.")
_ASKS_BARE = ("{q}, demande {what}.", "Quelqu’un interroge : {q}.")
_SURVEY = (
    "{q}, répond une personne à l’enquête.",
    "Une réponse à l’enquête le dit ainsi : {q}.",
    "{q}, lit-on dans l’enquête.",
    "Dans l’enquête, quelqu’un précise : {q}.",
)
_VOICE = ("{q}, a dit une voix {of}.", "{at}, quelqu’un l’a dit ainsi : {q}.", "{q}, entend-on {at}.")
_VOICE_BARE = ("{q}, a dit une voix.", "Quelqu’un l’a dit ainsi : {q}.", "{q}, entend-on aussi.")
_WRITTEN = (
    "{q}, lit-on sur {what} {of}.",
    "{at}, quelqu’un a écrit : {q}.",
    "{q}, précise {what} {of}.",
    "{what} {of} le dit à sa manière : {q}.",
)
_BARE = (
    "{q}, peut-on lire.",
    "Quelqu’un le précise : {q}.",
    "{q}, lit-on encore.",
    "Une personne l’écrit ainsi : {q}.",
)
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
        "Une note ajoute {at} : {x}.",
        "{at}, il a été relevé ceci : {x}.",
    ),
}
