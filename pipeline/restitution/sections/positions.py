"""What was voted and answered, question by question: every side with its count, then every answer."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter

from pipeline.contracts.draft import (
    Block,
    NamedNode,
    NamedRef,
    Node,
    Section,
    Sentence,
    Shown,
    TextNode,
    WordsNode,
    WordsRef,
)
from pipeline.contracts.tables import ABSTAINS, AGAINST, CONDITION, FOR, NEITHER
from pipeline.language.lexicon.nouns import is_noun
from pipeline.language.lexicon.verbs import is_infinitive
from pipeline.language.syntax.finite_verbs import has_main_verb
from pipeline.language.syntax.function_words import DETERMINER, of
from pipeline.language.syntax.standing import judge
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import either, read_words
from pipeline.language.text.typography import capitalized
from pipeline.language.vocabulary.degrees import answer_key, degrees_of, in_order, number_of
from pipeline.restitution.material.facts import french_date
from pipeline.restitution.nodes import listed
from pipeline.restitution.plan.build import VOTES
from pipeline.restitution.prose.places import file_heading, file_outcome
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.hanging import is_borne
from pipeline.restitution.quoting.quotes import may_quote, quote_node, report_node
from pipeline.restitution.quoting.spans import SPOKEN, trimmed
from pipeline.restitution.quoting.standing import QUOTE_WORDS_MAX
from pipeline.stances.reading import IN_ANSWER, load_stances
from pipeline.workshop.model import Item, Span, last_heading, may_tell
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
DISPUTED_SHARE = 0.2
"""Share of the smaller of two camps from which what was asked of all stands there as a dispute."""
ANSWERS_MIN = 10
"""Answers to a question from which it may stand in the essential."""
OVERALL = re.compile(
    rf"\b(?:{either(read_words(__name__, 'overall'))}) (?:est |sont )?(?:generale?|globale?|d'ensemble)\b"
    r"|\bglobalement\b|\bdans l'ensemble\b|\ben general\b"
)
"""What a question of the whole asks, in folded words."""
ABOUT_MIN, REASONS_READ = 3, 2
DISPUTE_LOST_MAX = 0.6
"""How likely it is at most that what is disputed has its subject elsewhere: who answers it stands beside it."""
OF_POSITIONS = ("positions.parquet",)


def votes(telling: Telling, told: Sequence[Sentence]) -> Section | None:
    """What was voted and decided: points put to the vote, then the ideas that people voted on."""
    asked = [*chain.from_iterable(telling.material.points.values())]
    blocks = [*_points(telling), *([Block("paragraph", tuple(told))] if told else [])]
    given = [item for item in telling.material.items.values() if told and (item.votes or item.votes_against)]
    is_voted = {bool(item.mark): "aimé" if item.mark else "voté" for item in given}
    is_voted |= {False: "voté"} if any(one.sides for one in asked) else {}
    kinds = [
        *dict(sorted(is_voted.items())).values(),
        *["décidé"] * any(not one.sides for one in asked),
    ]
    return Section(VOTES, f"Ce qui a été {' ou '.join(kinds)}", tuple(blocks)) if blocks else None


def _points(telling: Telling) -> Iterator[Block]:
    """The points that were put to the vote, those of several documents each under its own."""
    for source, points in telling.material.points.items():
        if len(telling.material.points) > 1:
            yield Block("heading", level=1, value=Shown(text=telling.places.dated_document(source)))
        yield Block("list", tuple(_vote(telling, one) for one in points))


def ballots(telling: Telling) -> list[Sentence]:
    """What votes for and against decided, for the essential: how many points where there are many, then what they
    turned down, then what they approved, the closest votes first. Where only those against were counted, nothing says
    what was decided."""
    asked = [one for one in telling.material.questions if one.is_vote and one.sides.get(FOR)]
    lost = [one for one in asked if telling.material.lead(one) < 0]
    won = sorted((one for one in asked if telling.material.lead(one) > 0), key=_share)
    way = "Le vote approuve notamment {l}." if len(won) > BALLOTS_MAX else "Le vote approuve {l}."
    told = [("Le vote écarte {l}.", lost), (way.replace("Le vote", "Il") if lost else way, won)]
    sentences = [telling.say(way, OF_POSITIONS, l=_voted_on(telling, points)) for way, points in told if points]
    if len(asked) <= BALLOTS_MAX or any(one.is_vote and one not in asked for one in telling.material.questions):
        return sentences  # few, or some whose voices nobody counted: a number of points would leave them out
    names = {"n": "points", "x": "approuves", **({"y": "ecartes"} if lost else {})}
    counts = {key: telling.places.fact(f"scrutins.{name}", "digits") for key, name in names.items()}
    return [
        telling.say(
            f"{{n}} points ont été mis au vote : {{x}} sont approuvés{', {y} écartés' if lost else ''}.",
            OF_POSITIONS,
            **counts,
        ),
        *sentences,
    ]


def choices(telling: Telling) -> list[Sentence]:
    """The choices that were put to the vote, for the essential: those that most voted on, each with its voices."""
    points = [one for one in telling.material.questions if one.is_vote and one.answers and not one.has_sides]
    short = [one for one in points if len(" ".join((one.about, *one.answers)).split()) <= QUOTE_WORDS_MAX]
    others = ", entre autres" if len(points) > min(len(short), BALLOTS_MAX) else ""
    told = _voted_on(telling, sorted(short, key=lambda one: -one.n))
    return [telling.say(f"Des choix ont été mis au vote{others} : {{l}}.", OF_POSITIONS, l=told)] if told else []


def decided(telling: Telling) -> list[Sentence]:
    """What was decided without a count of those for it, for the essential."""
    points = [one for one in telling.material.questions if one.is_vote and FOR not in one.sides and not one.answers]
    short = [one for one in points if len(one.about.split()) <= QUOTE_WORDS_MAX]
    told = listed([_decided(telling, one) for one in short[:BALLOTS_MAX]])
    way = "Il est noté comme décidé : {l}." if len(short) == len(points) <= BALLOTS_MAX else _AMONG_OTHERS
    return [telling.say(way, OF_POSITIONS, l=told)] if told else []


_AMONG_OTHERS = "Il est noté comme décidé, entre autres : {l}."


def _decided(telling: Telling, question: Question) -> list[Node]:
    sides = [[_count(telling, question, side), TextNode(f" {VOTED[side]}")] for side in VOTED if side in question.sides]
    outcome: list[list[Node]] = [[file_outcome(question.outcome)]] if question.outcome else []
    told = listed([*_day_of_vote(telling, question), *outcome, *sides], ", ", ", ")
    return [file_heading(question.about), *telling.in_brackets(told)]


def _day_of_vote(telling: Telling, question: Question) -> list[list[Node]]:
    """The day of a point put to the vote, where several documents hold some."""
    day = telling.material.day_of(question.source) if len(telling.material.points) > 1 and question.is_vote else ""
    return [[NamedNode("given", french_date(day), NamedRef("jour"))]] if day else []


def results(telling: Telling) -> list[Sentence]:
    """What closed questions say, for the essential: the answers to the one of the whole; where there is none, those
    answered most alike."""
    closed = [one for one in _closed(telling) if one.answers and not one.is_told_by_sides]
    scales = [scale for scale in _by_scale(closed) if len(degrees_of(_columns(scale).values())) >= DEGREES_MIN]
    asked = [one for one in _closed(telling) if one.n >= ANSWERS_MIN and one.answers and one not in _disputed(telling)]
    rated = [one for scale in scales for one in scale if one in asked and OVERALL.search(fold(one.about))]
    if rated:
        return [_alone(telling, rated[-1], "À {q}, {n} : {x}.")]
    asked = [one for one in asked if len(one.answers) > 1]
    clear = sorted(asked, key=lambda one: -max(one.answers.values()) / one.n)[:CLEAR_MAX]
    return [_alone(telling, one, "À {q}, {n} : {x}.") for one in asked if one in clear]


CLEAR_MAX, DEGREES_MIN = 2, 3
"""Questions of no common scale whose answers stand in the essential; degrees from which answers are high or low."""


def _share(question: Question) -> float:
    """By how much, of those who took a side, more are for than against."""
    n_for, n_against = question.sides.get(FOR, 0), question.sides.get(AGAINST, 0)
    return (n_for - n_against) / max(1, n_for + n_against)


def disputes(telling: Telling) -> list[Sentence]:
    """What people took both sides on, for the essential: what they answered in turn, then what was asked of all."""
    asked = _disputed(telling)
    about = listed([with_counts(telling, one) for one in asked], " et ", ", ")
    return [telling.say("Les avis s’opposent sur {l}.", OF_POSITIONS, l=about)] if asked else []


def _disputed(telling: Telling) -> list[Question]:
    """What opposes people most: the smaller camp is the largest share of both."""
    debates = [one for one in _debates(telling) if FOR in one.sides and one.n >= DISPUTED_MIN]
    asked = [one for one in _divided(telling) if one.n >= DISPUTED_MIN and _minority(one) >= DISPUTED_SHARE]
    return [*debates, *sorted(asked, key=lambda one: -_minority(one))][:DISPUTES_MAX]


def _minority(question: Question) -> float:
    n_for, n_against = question.sides.get(FOR, 0), question.sides.get(AGAINST, 0)
    return min(n_for, n_against) / max(1, n_for + n_against)


def _divided(telling: Telling) -> list[Question]:
    """What was asked of all, or listed for and against, on which there are two camps."""
    asked = [one for one in telling.material.questions if one.has_camps and not (one.is_debate or one.is_scale)]
    return [one for one in asked if len(one.about.split()) >= ABOUT_MIN]


def _debates(telling: Telling) -> list[Question]:
    """What was proposed and answered in turn, can be understood, and is of no words that nobody may read."""
    asked = _opposed(telling)
    put = {one.key: said.text if (said := _put(telling, one)) else one.about for one in asked}
    clear = [one for one in asked if len(put[one.key].split()) >= ABOUT_MIN and not SPOKEN.search(put[one.key])]
    told = [one for one in clear if judge(capitalized(put[one.key])).lost <= DISPUTE_LOST_MAX]
    return [one for one in told if any(_reason(telling, key, side) for side, keys in one.said.items() for key in keys)]


def _opposed(telling: Telling) -> list[Question]:
    """What somebody answered by a no or a condition: no heading that the answers stand under, no words set aside."""
    silent = tuple(fold(item.text) for item in telling.material.items.values() if not may_tell(item))
    asked = [one for one in telling.material.questions if one.is_debate and {AGAINST, CONDITION} & one.sides.keys()]
    asked = [one for one in asked if one.proposed or not _is_heading(telling, one)]
    return [one for one in asked if not fold(one.about).startswith(silent)]


def _is_heading(telling: Telling, question: Question) -> bool:
    """Whether what was answered is only the heading that the answers stand under: nobody says it."""
    items = (item for keys in question.said.values() for key in keys for item in _items(telling, key))
    return any(fold(question.about) == fold(last_heading(item.context)) for item in items)


def _put(telling: Telling, question: Question) -> WordsNode | None:
    """What was proposed, without the words that only say that somebody does; None where it is told as it stands."""
    for item in reversed(_items(telling, question.proposed)):
        is_part = item.text.strip(" .") in question.about and len(item.text) < len(question.about) - 1
        if is_part and PROPOSED.search(question.about.partition(item.text.strip(" ."))[0]):
            return _shown(telling, item, trimmed(item.source_text, item.own))
    return None


PROPOSED = re.compile(r"\b(?:propos|sugg[eé]r|demand|souhait|voudr|aimer)\w+\b", re.IGNORECASE)
HERSELF = re.compile(r"(?:je\b|j['’]|moi\b|nous\b|mon\b|ma\b|mes\b)", re.IGNORECASE)
"""What opens words that cannot be told without « »: who says them speaks of herself."""


def _voted_on(telling: Telling, points: Sequence[Question]) -> list[Node]:
    return listed([with_counts(telling, one) for one in points[:BALLOTS_MAX]], " et ", ", ")


def with_counts(telling: Telling, question: Question) -> list[Node]:
    """A question, with its sides or its answers and their counts, in brackets; of a vote, its day where several tell
    them apart."""
    unit: list[Node] = [TextNode("arguments : ")] if question.is_listed else []
    counts = [*unit, *_counts(telling, question, is_inside=True)]
    told = listed([*_day_of_vote(telling, question), counts], " : ", " : ")
    return [file_heading(question.about), *telling.in_brackets(told)]


def opinions(telling: Telling) -> Section | None:
    """The closed questions, in tables of one scale each; before them what divides, each side with its count and the
    words of one of those who took it: what was proposed and answered in turn, what was asked of all; and what documents
    say of it."""
    camps = {one.key: said for one in _divided(telling) if (said := _camps(telling, one)) is not None}
    told, blocks = _answered(telling, _closed(telling), camps), [_debate(telling, one) for one in _debates(telling)]
    opposed = (*camps.values(), *map(partial(_reported, telling), telling.plan.divided))
    blocks += [Block("list", opposed)] if opposed else []
    title = "Avis, question par question" if told else "Ce qui fait débat"
    return Section("avis", title, (*blocks, *told)) if blocks or told else None


def _reported(telling: Telling, ref: WordsRef) -> Sentence:
    """A passage that says that people did not think alike, with where it stands."""
    label = telling.places.label(telling.material.items[ref.item_id])
    return telling.say("{at} : {q}." if label else "{q}.", (ref.item_id,), at=label, q=telling.words_at(ref))


def _debate(telling: Telling, question: Question) -> Block:
    """Who proposed something or said it, then each side of those who answered, with its count in people and words."""
    proposer = next(iter(_voices(telling, [question.proposed])), "")
    voices = {side: _voices(telling, keys) for side, keys in question.said.items()}
    names = telling.places.speakers([proposer, *(voice for found in voices.values() for voice in found)])
    put = _put(telling, question)
    is_act = put is not None or _is_act(question.about)
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
    about, sides = put or file_heading(question.about), listed(told)
    if not proposer:
        return Block("paragraph", (telling.say("En réponse à {q}, {x}.", spoke, q=about, x=sides),))
    way = f"{{w}} {'propose' if is_act else 'avance'} : {{q}}."
    said = telling.say(way, spoke, w=names[proposer], q=about)
    return Block("paragraph", (said, telling.say("{x}.", spoke, x=sides)))


def _camps(telling: Telling, question: Question) -> Sentence | None:
    """What divides, then each side with its count and the words of one who takes it; None where nobody has any."""
    are_people = question.has_people and not telling.material.row_counted
    count = "argument_count" if question.is_listed else "people" if are_people else "reply_count"
    told: dict[str, tuple[list[Node], WordsNode | None]] = {}
    for side in filter(question.sides.get, SIDES):
        told[side] = [telling.places.fact(f"{question.key}.{side}", count)], _best_reason(telling, question, side)
    if not any(words for _, words in told.values()):
        return None
    sides: list[list[Node]] = []
    for side, (n, words) in told.items():
        said: list[Node] = [TextNode(" – "), words] if words else []
        sides.append([TextNode(f"{SIDES[side]}, "), *n, *said])
    return telling.say(
        "Les avis s’opposent sur {q} : {x}.", OF_POSITIONS, q=file_heading(question.about), x=listed(sides)
    )


def side_in(question: Question, side: str) -> list[Node]:
    """A side as the answers of a column tell it: `contre`, `notes basses (1 ou 2)`, `réponses “Déçu”`."""
    if question.is_told_by_sides and not question.is_scale:
        return [TextNode(SIDES[side])]
    values = list(map(file_heading, question.values(side)))
    is_range = question.is_scale and len(values) > VALUES_MAX
    told = listed([[values[0]], [values[-1]]], " à ") if is_range else listed([[one] for one in values], " ou ", ", ")
    if not question.is_scale:
        return [TextNode("réponse " if len(values) == 1 else "réponses "), *told]
    return [TextNode(f"notes {_ENDS[side]} ("), *told, TextNode(")")]


_ENDS, VALUES_MAX = {FOR: "hautes", AGAINST: "basses"}, 3
"""What marks are called on a side; those that are told one by one."""


def _best_reason(telling: Telling, question: Question, side: str) -> WordsNode | None:
    """The words of one who takes a side, the likeliest to be signed; none that read as the other side."""
    worth = {key: max((one.worth for one in _items(telling, key)), default=0.0) for key in question.said.get(side, ())}
    keys = sorted(worth, key=lambda key: -worth[key])
    return next(filter(None, (_reason(telling, key, side) for key in keys)), None)


def _words_of(telling: Telling, item: Item, is_other: bool = False) -> WordsNode | None:
    """The words of an idea, short, as they may be quoted, else told where nobody says them of herself; its own alone
    where they say what it says."""
    if not may_tell(item):
        return None
    for span in (item.whole, item.reach, *(() if is_other else (item.own,))):
        text = item.source_text[slice(*span)]
        if is_borne(item, span):
            continue
        if len(text.split()) <= QUOTE_WORDS_MAX and (may_quote(item) or not HERSELF.match(text)):
            return _shown(telling, item, span)
    return None


def _shown(telling: Telling, item: Item, span: Span) -> WordsNode:
    if may_quote(item):
        return quote_node(item, span, shows_cuts=False)
    return telling.words_at(report_node(item, trimmed(item.source_text, span)).ref)


def _is_act(about: str) -> bool:
    """Whether what was put to people is something to do, to have or to answer, rather than something said to be so."""
    if about.rstrip().endswith("?") or _PROPOSES.search(fold(about)):
        return True
    first = next(iter(about.lower().split()), "")
    is_named = DETERMINER.match(about) is not None or is_noun(first) or is_infinitive(first)
    return is_named and first not in of("fragment_openings") and not has_main_verb(about)


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
        if (words := _words_of(telling, item, is_other)) is not None:
            return words
    return None


def closed_answers(telling: Telling) -> Section | None:
    """Every answer to every question, with its count."""
    told = _answered(telling, _closed(telling))
    return Section("avis", "Réponses, question par question", tuple(told), is_annex=True) if told else None


def _closed(telling: Telling) -> list[Question]:
    """The questions that were answered by a side or an answer to be chosen."""
    asked = (one for one in telling.material.questions if not (one.is_vote or one.is_debate or one.is_listed))
    return [one for one in asked if one.told]


def _by_scale(asked: Sequence[Question]) -> list[list[Question]]:
    """Questions side by side with those of the same scale: the same sides, the same answers or most of them."""
    found: list[list[Question]] = []
    for one in asked:
        first, *others = [scale for scale in found if _is_of(one, scale)] or [[]]
        found += [] if first else [first]
        first += [*(other for scale in others for other in scale), one]
        found = [scale for scale in found if scale not in others]
    rank = {one.key: at for at, one in enumerate(asked)}
    return [sorted(scale, key=lambda one: rank[one.key]) for scale in found]


def _is_of(question: Question, scale: Sequence[Question]) -> bool:
    first, own, others = scale[0], _columns([question]), _columns(scale)
    if question.is_scale != first.is_scale or question.is_told_by_sides != first.is_told_by_sides:
        return False
    if question.is_scale or question.is_told_by_sides:
        return question.is_told_by_sides or _top(own) == _top(others)
    is_part = own.keys() <= others.keys() or others.keys() <= own.keys()
    return is_part or (len(own.keys() & others.keys()) > 1 and bool(degrees_of([*(own | others).values()])))


def _top(columns: dict[str, str]) -> int:
    return max(number_of(name) or 0 for name in columns.values())


def _columns(scale: Sequence[Question]) -> dict[str, str]:
    """What a scale counts, in its order: a side, or what writings of an answer share → its name."""
    if scale[0].is_told_by_sides:
        return {side: name for side, name in _names(scale[0]).items() if any(side in one.sides for one in scale)}
    given: dict[str, str] = {}
    for answer in (answer for one in scale for answer in one.answers):
        given.setdefault(answer_key(answer), answer)
    return {answer_key(name): name for name in in_order(given.values())}


def _answered(telling: Telling, asked: Sequence[Question], told: Container[str] = ()) -> list[Block]:
    """Closed questions with all their answers: a table for those of one scale, a sentence for each that is alone, but
    those that are told already."""
    blocks: list[Block] = []
    for first, *others in _by_scale(asked):
        if others:
            blocks.append(_table(telling, [first, *others]))
            continue
        if first.key in told and f"{first.key}.autres" not in telling.places.facts:
            continue
        before = blocks.pop().sentences if blocks and blocks[-1].kind == "list" else ()
        blocks.append(Block("list", (*before, _alone(telling, first, "{q}, {n} : {x}."))))
    return blocks


def _table(telling: Telling, scale: Sequence[Question]) -> Block:
    """Questions of one scale, a row each: how many gave each answer, another one, and answered."""
    facts, columns, are_sides = telling.places.facts, _columns(scale), scale[0].is_told_by_sides
    others = ["autres"] * any(f"{one.key}.autres" in facts for one in scale)
    head: list[Node] = [TextNode(name.capitalize()) if are_sides else file_heading(name) for name in columns.values()]
    head = [TextNode("Question"), *head, *[TextNode("Autre réponse")] * len(others), TextNode("Total")]
    rows = [Sentence(tuple(head), OF_POSITIONS)]
    for one in scale:
        answers = {} if are_sides else {answer_key(answer): f"reponse.{answer}" for answer in one.answers}
        counts = (f"{one.key}.{answers.get(name, name)}" for name in (*columns, *others, "total"))
        cells = (telling.places.fact(name, "digits") if name in facts else NOBODY for name in counts)
        rows.append(Sentence((file_heading(one.about), *cells), OF_POSITIONS))
    return Block("table", tuple(rows), value=Shown("Combien sont de chaque avis" if are_sides else CAPTION))


NOBODY = TextNode("–")
CAPTION = "Combien ont donné chaque réponse"


def _names(question: Question) -> dict[str, str]:
    return ON_SCALE if question.is_scale else VOTED if question.is_vote else SIDES


def _vote(telling: Telling, question: Question) -> Sentence:
    """A vote: its sides, and what was decided, unless more voted than came; where it divides, what two people said."""
    told = [_counts(telling, question)] if question.sides else []
    is_sure = question.outcome and not telling.material.exceeds(question)
    parts = [*told, *([[file_outcome(question.outcome)]] if is_sure else [])]
    way = "{q} : {x}" if parts else "{q}"
    about = capitalized(question.about) if question.about[:1].isalpha() else question.about  # no letter after a mask
    if (line := telling.plan.debated.get(question.key)) is not None:
        refs = [ref for ref in (line.words, line.reply) if ref is not None]
        names = telling.places.speakers(telling.material.items[ref.item_id].voice for ref in refs)
        said = [[*by, TextNode(" : "), telling.words_at(ref)] for by, ref in zip(names.values(), refs, strict=True)]
        parts.append([TextNode("dans la discussion, "), *listed(said, " ; puis, ")])
    return telling.say(f"{way}.", OF_POSITIONS, q=file_heading(about), x=listed(parts, " ; ", " ; "))


def _alone(telling: Telling, question: Question, way: str) -> Sentence:
    """A question with how many answered and all that they did."""
    n = telling.places.fact(f"{question.key}.total", "reply_count")
    if question.is_scale and not question.is_told_by_sides:
        way = way.replace("{n}", "{n}, de la plus basse à la plus haute")
    return telling.say(way, OF_POSITIONS, q=file_heading(question.about), n=n, x=_counts(telling, question))


def _counts(telling: Telling, question: Question, is_inside: bool = False) -> list[Node]:
    """Every side or every answer with its count, then how many answered something else."""
    told = list[list[Node]]()
    for what, n in question.told.items():
        count, answer = _count(telling, question, what), what.removeprefix("reponse.")
        if what in question.sides:
            told.append([count, TextNode(f" {_names(question)[what]}{'s' * (what == ABSTAINS and n > 1)}")])
        else:
            told.append(
                [file_heading(answer), *([TextNode(" "), count] if is_inside else telling.in_brackets([count]))]
            )
    if f"{question.key}.autres" in telling.places.facts:
        told.append([telling.places.fact(f"{question.key}.autres", "others")])
    return listed(told, ", ", ", ")


def _count(telling: Telling, question: Question, what: str) -> Node:
    return telling.places.fact(f"{question.key}.{what}", "digits")
