"""What was voted and answered, question by question: every side with its count, then every answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter

from pipeline.axes import SUD
from pipeline.contracts.draft import Block, Node, Section, Sentence, TextNode, WordsNode
from pipeline.contracts.tables import ABSTAINS, AGAINST, CONDITION, FOR, NEITHER
from pipeline.language.syntax.standing import judge
from pipeline.language.text.folding import fold
from pipeline.language.text.typography import capitalized
from pipeline.restitution.nodes import listed
from pipeline.restitution.plan.build import VOTES
from pipeline.restitution.prose.forms import ACT, QUESTION, THING, form_of
from pipeline.restitution.prose.places import file_heading
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.quotes import may_quote, may_tell, quote_node
from pipeline.restitution.quoting.spans import SPOKEN
from pipeline.restitution.quoting.standing import QUOTE_WORDS_MAX
from pipeline.stances.reading import IN_ANSWER, load_stances
from pipeline.workshop.model import Item
from pipeline.workshop.questions import Question

SIDES = {
    FOR: "pour",
    AGAINST: "contre",
    CONDITION: "à condition",
    ABSTAINS: "abstention",
    NEITHER: "sans parti pris",
}
ON_SCALE = {FOR: "en haut de l’échelle", NEITHER: "au milieu", AGAINST: "en bas", CONDITION: "à condition"}
VOTED = {**SIDES, NEITHER: "sans se prononcer"}
BALLOTS_MAX, DISPUTES_MAX = 3, 2
DISPUTED_MIN = 3
"""People who answered what was proposed, from which their dispute stands in the essential."""
ANSWERS_MIN = 10
"""Answers to a question on a scale from which it stands in the essential."""
ABOUT_MIN, REASONS_READ = 3, 2
DISPUTE_LOST_MAX = 0.6
"""How likely it is at most that what is disputed has its subject elsewhere: who answers it stands beside it."""
_TABLE = ("positions.parquet",)


def votes(telling: Telling, told: Sequence[Sentence]) -> Section | None:
    """What was voted, decided and chosen: points put to the vote and polls, then the ideas that people voted on."""
    asked = [one for one in telling.material.questions if one.is_vote or one.is_poll]
    points = tuple((_answers if one.is_poll else _sides)(telling, one) for one in asked)
    blocks = [*([Block("list", points)] if points else []), *([Block("paragraph", tuple(told))] if told else [])]
    given = [item for item in telling.material.items.values() if told and (item.votes or item.votes_against)]
    is_voted = {bool(item.mark): "aimé" if item.mark else "voté" for item in given}
    is_voted |= {False: "voté"} if any(one.sides or one.is_poll for one in asked) else {}
    kinds = [
        *dict(sorted(is_voted.items())).values(),
        *["décidé"] * any(one.is_vote and not one.sides for one in asked),
    ]
    return Section(VOTES, f"Ce qui a été {' ou '.join(kinds)}", tuple(blocks)) if blocks else None


def ballots(telling: Telling) -> list[Sentence]:
    """What votes for and against decided, for the essential: how many points where there are many, then what they
    turned down, then what they approved, the closest votes first. Where only those against were counted, nothing says
    what was decided."""
    asked = [(_lead(one), one) for one in telling.material.questions if one.is_vote and one.sides.get(FOR)]
    lost = [one for more, one in asked if more < 0]
    won = [one for more, one in sorted(asked, key=lambda pair: pair[0]) if more > 0]
    way = "Le vote approuve notamment {l}." if len(won) > BALLOTS_MAX else "Le vote approuve {l}."
    told = [("Le vote écarte {l}.", lost), (way.replace("Le vote", "Il") if lost else way, won)]
    sentences = [telling.say(way, _TABLE, l=_voted_on(telling, points)) for way, points in told if points]
    if len(asked) <= BALLOTS_MAX:
        return sentences
    names = {"n": "points", "x": "approuves", "y": "ecartes"}
    counts = {key: telling.places.fact(f"scrutins.{name}", "digits") for key, name in names.items()}
    return [
        telling.say("{n} points ont été mis au vote : {x} sont approuvés, {y} écartés.", _TABLE, **counts),
        *sentences,
    ]


def decided(telling: Telling) -> list[Sentence]:
    """What was decided without a count of those for it, and what was chosen in polls, for the essential."""
    asked = telling.material.questions
    points = [one for one in asked if one.is_vote and FOR not in one.sides]
    short = [one for one in points if len(one.about.split()) <= QUOTE_WORDS_MAX]
    told = listed([_decided(telling, one) for one in short[:BALLOTS_MAX]])
    said = [telling.say("Il est noté comme décidé : {l}.", _TABLE, l=told)] if told else []
    return [*said, *[_answers(telling, one) for one in asked if one.is_poll][:POLLS_MAX]]


POLLS_MAX = 2


def _decided(telling: Telling, question: Question) -> list[Node]:
    sides = [[_count(telling, question, side), TextNode(f" {VOTED[side]}")] for side in VOTED if side in question.sides]
    outcome: list[list[Node]] = [[file_heading(question.outcome)]] if question.outcome else []
    return [file_heading(question.about), *telling.in_brackets(listed([*outcome, *sides], ", ", ", "))]


def _lead(question: Question) -> float:
    """By how much, of those who took a side, more are for than against."""
    n_for, n_against = question.sides.get(FOR, 0), question.sides.get(AGAINST, 0)
    return (n_for - n_against) / max(1, n_for + n_against)


def scales(telling: Telling) -> list[Sentence]:
    """Of several questions answered on a scale, the one with the clearest answer, and the most divided, for the
    essential."""
    asked = [one for one in telling.material.questions if one.is_scale and one.has_sides and one.n >= ANSWERS_MIN]
    if len(asked) == 1 and asked[0].ends:
        return [_sides(telling, asked[0])]
    if len(asked) < 2:
        return []
    clear, split = max(asked, key=lambda one: abs(_lead(one))), min(asked, key=lambda one: abs(_lead(one)))
    told = "Les réponses sont les plus nettes à {q}, et les plus partagées à {x}."
    return [telling.say(told, _TABLE, q=_with_sides(telling, clear), x=_with_sides(telling, split))]


def answered(telling: Telling) -> list[Sentence]:
    """The questions whose answers were to be chosen that were answered most alike, for the essential."""
    asked = [one for one in _closed(telling) if not one.is_scale and len(one.answers) > 1]
    many = [(n, one) for one in asked if (n := sum(one.answers.values())) >= ANSWERS_MIN]
    clear = sorted(many, key=lambda pair: -max(pair[1].answers.values()) / pair[0])[:CLEAR_MAX]
    told = [pair for pair in many if pair in clear]
    before = [0, *(n for n, _ in told)]
    return [
        _answers(telling, one, FIRST_ANSWERS if len(one.answers) > FEW_ANSWERS else 0, n == last)
        for last, (n, one) in zip(before, told, strict=False)
    ]


CLEAR_MAX, FIRST_ANSWERS, FEW_ANSWERS = 3, 2, 3
"""Questions whose answers stand in the essential, and how many of their answers, where there are more than a few."""


def disputes(telling: Telling) -> list[Sentence]:
    """What people answered in turn that took both sides, for the essential."""
    asked = [one for one in _debates(telling) if FOR in one.sides and one.n >= DISPUTED_MIN][:DISPUTES_MAX]
    about = listed([_with_sides(telling, one) for one in asked], " et ", ", ")
    return [telling.say("Les avis s’opposent sur {l}.", _TABLE, l=about)] if asked else []


def _debates(telling: Telling) -> list[Question]:
    """What was proposed and answered in turn, can be understood, and is of no words that nobody may read."""
    silent = tuple(fold(item.text) for item in telling.material.items.values() if not may_tell(item))
    asked = [one for one in telling.material.questions if one.said and {AGAINST, CONDITION} & one.sides.keys()]
    asked = [one for one in asked if not fold(one.about).startswith(silent)]
    clear = [one for one in asked if len(one.about.split()) >= ABOUT_MIN and not SPOKEN.search(one.about)]
    told = [one for one in clear if judge(capitalized(one.about)).lost <= DISPUTE_LOST_MAX]
    return [one for one in told if any(_reason(telling, key, side) for side, keys in one.said.items() for key in keys)]


def _voted_on(telling: Telling, points: Sequence[Question]) -> list[Node]:
    return listed([_with_sides(telling, one) for one in points[:BALLOTS_MAX]], " et ", ", ")


def _with_sides(telling: Telling, question: Question) -> list[Node]:
    names = ON_SCALE if question.is_scale else SIDES
    taken = [side for side in (FOR, AGAINST) if side in question.sides]
    told: list[list[Node]] = [[_count(telling, question, side), TextNode(f" {names[side]}")] for side in taken]
    return [file_heading(question.about), *telling.in_brackets(listed(told, ", ", ", "))]


def opinions(telling: Telling) -> Section | None:
    """The questions on which sides were taken: both camps, in people where they are known, then those answered by
    degrees; first what was proposed and answered in turn, each side in the words of one of those who took it."""
    asked = [one for one in telling.material.questions if one.has_sides and not (one.is_vote or one.is_graded)]
    plain = [one for one in asked if not one.said]
    is_same = len(plain) > 1 and len({one.n for one in plain}) == 1 and all(one.has_people for one in plain)
    told = (*(_sides(telling, one, is_same) for one in plain), *(_answers(telling, one) for one in _rated(telling)))
    blocks = [_debate(telling, one) for one in _debates(telling)]
    if is_same:
        total = telling.places.fact(f"{plain[0].key}.total", "people")
        blocks.append(Block("paragraph", (telling.say("À chaque question, {n} ont répondu.", _TABLE, n=total),)))
    blocks += [Block("list", told)] if told else []
    title = "Avis, question par question" if told else "Ce qui fait débat"
    return Section("avis", title, tuple(blocks)) if blocks else None


def _debate(telling: Telling, question: Question) -> Block:
    """Who proposed something or said it, then each side of those who answered, with its count in people and words."""
    proposer = next(iter(_voices(telling, [question.proposed])), "")
    voices = {side: _voices(telling, keys) for side, keys in question.said.items()}
    names = telling.places.speakers([proposer, *(voice for found in voices.values() for voice in found)])
    form, _ = form_of(telling.lexicon, question.about, SUD)
    is_act = form in (ACT, THING, QUESTION) or _PROPOSES.search(fold(question.about)) is not None
    told: list[list[Node]] = []
    for side, takes in (TAKES_ON_ACT if is_act and proposer else TAKES).items():
        if n := question.sides.get(side):
            form = "people" if question.has_people else "contribution_count"
            is_one = n == len(voices.get(side, ())) == 1
            who = names[voices[side][0]] if is_one else [telling.places.fact(f"{question.key}.{side}", form)]
            words = next(filter(None, (_reason(telling, key, side) for key in question.said.get(side, ()))), None)
            is_many = n > 1 or who[0].text.lower() == "les "
            reason: list[Node] = [TextNode(" : "), words] if words else []
            told.append([*who, TextNode(f" {takes[is_many]}"), *reason])
    spoke = [item.item_id for keys in question.said.values() for key in keys for item in _items(telling, key)]
    about, sides = file_heading(question.about), listed(told)
    if not proposer:
        return Block("paragraph", (telling.say("En réponse à {q}, {x}.", spoke, q=about, x=sides),))
    way = f"{{w}} {'propose' if is_act else 'avance'} : {{q}}."
    said = telling.say(way, spoke, w=names[proposer], q=about)
    return Block("paragraph", (said, telling.say("{x}.", spoke, x=sides)))


_PROPOSES = re.compile(r"\b(?:propos|demand|faudrait|il faut|devr|pourr|souhait|voudr)")
TAKES_ON_ACT = {
    FOR: ("l’appuie", "l’appuient"),
    AGAINST: ("s’y oppose", "s’y opposent"),
    CONDITION: ("y met une condition", "y mettent une condition"),
}
TAKES = {
    FOR: ("est d’accord", "sont d’accord"),
    AGAINST: ("n’est pas d’accord", "ne sont pas d’accord"),
    CONDITION: ("nuance", "nuancent"),
}


def _voices(telling: Telling, contributions: Sequence[str]) -> list[str]:
    """Those who said some contributions, each once."""
    items = (item for key in contributions for item in _items(telling, key))
    return list(dict.fromkeys(item.voice for item in items if telling.places.voice_of(item)))


def _items(telling: Telling, contribution: str) -> Sequence[Item]:
    return telling.material.siblings.get(contribution, ())


def _reason(telling: Telling, contribution: str, side: str) -> WordsNode | None:
    """What a contribution says first that may be quoted, and is short, what takes its side before the rest: what it
    answers is told before it."""
    first = _items(telling, contribution)[:REASONS_READ]
    read = load_stances(IN_ANSWER).read([item.text for item in first])
    for is_other, item in sorted(
        ((one.stance != side, item) for one, item in zip(read, first, strict=True)), key=itemgetter(0)
    ):
        for span in (item.whole, item.reach, *(() if is_other else (item.own,))):
            if may_quote(item) and len(item.source_text[slice(*span)].split()) <= QUOTE_WORDS_MAX:
                return quote_node(item, span, shows_cuts=False)
    return None


def closed_answers(telling: Telling) -> Section | None:
    """Every answer to every question, with its count."""
    told = [_answers(telling, one) for one in _closed(telling)]
    blocks = (Block("list", tuple(told)),)
    return Section("avis", "Réponses, question par question", blocks, is_annex=True) if told else None


def _closed(telling: Telling) -> list[Question]:
    """The questions whose answers were to be chosen."""
    return [one for one in telling.material.questions if one.answers and not (one.is_vote or one.is_poll)]


def _rated(telling: Telling) -> list[Question]:
    """Those of which every answer is told in the text."""
    return [one for one in _closed(telling) if not one.has_sides or one.is_graded][:RATED_MAX]


RATED_MAX = 20


def _sides(telling: Telling, question: Question, is_same: bool = False) -> Sentence:
    names = ON_SCALE if question.is_scale else VOTED if question.is_vote else SIDES
    taken = [side for side in names if side in question.sides]
    if question.ends and not question.is_vote:
        return telling.say("{q} : {x}.", _TABLE, q=file_heading(question.about), x=_ends(telling, question))
    named = {side: f"{names[side]}{'s' * (side == ABSTAINS and question.sides[side] > 1)}" for side in taken}
    told: list[list[Node]] = [[_count(telling, question, side), TextNode(f" {named[side]}")] for side in taken]
    about = file_heading(question.about)
    total = [] if is_same else _total(telling, question)
    counted = [*listed(told, ", ", ", "), *total]
    parts = [*([counted] if told else []), *([[file_heading(question.outcome)]] if question.outcome else [])]
    if not parts:
        return telling.say("{q}.", _TABLE, q=about)
    return telling.say("{q} : {x}.", _TABLE, q=about, x=listed(parts, " ; ", " ; "))


def _ends(telling: Telling, question: Question) -> list[Node]:
    """Of answers at the ends of a scale, how many are at each: `40 avis sur 75 donnent 5, 30 donnent 1`."""
    ends = zip(question.ends or (), ("given", "given_too"), strict=False)
    told: list[list[Node]] = [[telling.places.fact(f"{question.key}.reponse.{one}", form)] for one, form in ends]
    if telling.places.facts[f"{question.key}.entre"].n:
        told.append([telling.places.fact(f"{question.key}.entre", "digits"), TextNode(" entre ces extrêmes")])
    return listed(told, ", ", ", ")


def _answers(telling: Telling, question: Question, most: int = 0, is_again: bool = False) -> Sentence:
    """Every answer with its count, or the `most` frequent ones; again, after a question that as many answered."""
    told: list[list[Node]] = [
        [file_heading(answer), *telling.in_brackets([_count(telling, question, f"reponse.{answer}")])]
        for answer in (
            sorted(question.answers, key=lambda one: -question.answers[one])[:most] if most else question.answers
        )
    ]
    is_part = 0 < most < len(question.answers)
    words = {"q": file_heading(question.about), "x": [*[TextNode("surtout ")] * is_part, *listed(told, ", ", ", ")]}
    if question.is_poll or is_again:
        return telling.say("{q} : {x}." if question.is_poll else "À {q} : {x}.", _TABLE, **words)
    n = telling.places.fact(f"{question.key}.total", "reply_count")
    return telling.say("À la question {q}, {n} au choix : {x}.", _TABLE, n=n, **words)


def _count(telling: Telling, question: Question, what: str) -> Node:
    return telling.places.fact(f"{question.key}.{what}", "digits")


def _total(telling: Telling, question: Question) -> list[Node]:
    """Of how many people, where all are known."""
    if len(question.sides) < 2 or not question.has_people:
        return []
    return telling.in_brackets([telling.places.fact(f"{question.key}.total", "people")])
