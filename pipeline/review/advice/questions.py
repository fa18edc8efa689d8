"""What a model is asked before people decide, and the lock on each answer.

It never has the last word: an axis must be one that our own model holds likely, a pair must be one that the grouping
hesitates on and be judged alike in both orders, a title must be true of what is said, an answer must meet a need.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pipeline.assistant.asking import Answer, Failure, Ids, Question, Short
from pipeline.axes import compass
from pipeline.language.claims.support import Size, Support, Vectors, refusal
from pipeline.language.text.folding import fold
from pipeline.language.text.words import content_stems, content_words
from pipeline.language.vocabulary.concepts import concepts_in
from pipeline.language.vocabulary.needs import needs_met, needs_told
from pipeline.review.log.state import Item, ReviewState

AXIS_MIN = 0.15
"""Probability that our own model must give to the axis that another one says."""
TITLE, ASKED = Size(2, 12, is_title=True), Size(3, 26, is_question=True)
COVERS_MIN = 0.6
"""Share of the contributions that must hold a word of a title."""
SHOWN_MAX, WORDS_MAX = 14, 50
IMPROBABLE = "axe que notre modèle tient pour improbable"
UNSTEADY = "réponses contraires selon l’ordre"
UNDECIDED = "le modèle ne sait pas"
NOTHING_SHARED = "rien de commun entre les deux paroles"
UNKNOWN = "parole inconnue citée à l’appui"
NARROW = "titre qui ne dit pas la plupart des paroles"
NO_QUESTION = "ce n’est pas une question"


class AxisSaid(Answer):
    """An axis."""

    axe: Literal["nord", "est", "sud", "ouest", "hors_axe"]


class PairSaid(Answer):
    """Whether two ideas go together."""

    reponse: Literal["oui", "non", "ne_sait_pas"]


class Titled(Answer):
    """A title, its question ("" for none), and the ids of what it says."""

    titre: Short
    question: Short
    paroles: Ids


class AnswersSaid(Answer):
    """Ids of what answers an obstacle."""

    reponses: Ids


def words_of(item: Item) -> str:
    """What a model is shown of an idea."""
    return " ".join((item.shown_text or item.text).split()[:WORDS_MAX])


def axis_question(state: ReviewState, item: Item) -> Question[AxisSaid]:
    """On which axis an idea goes."""
    context = state.sources[item.contribution_id].context
    return Question("axe", {"idee": words_of(item), "contexte": context[:200]}, AxisSaid, (item.item_id,))


def axis_flaw(answer: AxisSaid | Failure, chances: dict[str, float]) -> str:
    """Why an axis is not followed; `chances` are those of our own model."""
    if isinstance(answer, Failure):
        return answer.reason
    return "" if chances[answer.axe] >= AXIS_MIN else IMPROBABLE


def pair_questions(one: Item, other: Item) -> list[Question[PairSaid]]:
    """Whether two ideas go together, asked in both orders."""
    texts, ids = [words_of(one), words_of(other)], (one.item_id, other.item_id)
    return [Question("meme_idee", {"paroles": shown}, PairSaid, ids) for shown in (texts, texts[::-1])]


def pair_flaw(answers: Sequence[PairSaid | Failure], one: Item, other: Item) -> str:
    """Why a judgement on a pair is not followed."""
    for answer in answers:
        if isinstance(answer, Failure):
            return answer.reason
    said = {answer.reponse for answer in answers if not isinstance(answer, Failure)}
    if len(said) > 1:
        return UNSTEADY
    if "ne_sait_pas" in said:
        return UNDECIDED
    return NOTHING_SHARED if "oui" in said and not _share(one.text, other.text) else ""


def _share(one: str, other: str) -> bool:
    """Whether two texts have a word or a concept in common."""
    words = content_words(one), content_words(other)
    both = concepts_in(words[0]) & concepts_in(words[1])
    return bool(both) or not set(content_stems(one)).isdisjoint(content_stems(other))


def texts_of(items: Sequence[Item]) -> dict[str, str]:
    """One text a contribution, by the id of the first idea of each; what is not to be quoted stays here."""
    found: dict[str, str] = {}
    owner: dict[str, str] = {}
    for item in items:
        if item.is_hidden or not item.is_quotable:
            continue
        first = owner.setdefault(item.contribution_id, item.item_id)
        if first in found or len(found) < SHOWN_MAX:
            found[first] = f"{found[first]} {words_of(item)}" if first in found else words_of(item)
    return found


def title_question(axis: str, texts: dict[str, str]) -> Question[Titled]:
    """The title of a group."""
    shown = [{"id": f"m{n}", "texte": text} for n, text in enumerate(texts.values(), 1)]
    about = {"axe": compass()[axis].name, "devise": compass()[axis].motto, "paroles": shown}
    return Question("titre", about, Titled, tuple(texts))


def title_flaw(answer: Titled | Failure, texts: Sequence[str], longest: int, vectors: Vectors | None) -> str:
    """Why a title is not followed."""
    if isinstance(answer, Failure):
        return answer.reason
    if not answer.paroles or not set(answer.paroles) <= {f"m{n}" for n in range(1, len(texts) + 1)}:
        return UNKNOWN
    if len(answer.titre) > longest:
        return "longueur"
    reason = refusal(answer.titre, Support(tuple(texts)), TITLE, vectors)
    return reason or ("" if coverage(answer.titre, texts) >= COVERS_MIN else NARROW)


def coverage(title: str, texts: Sequence[str]) -> float:
    """Share of the texts that hold a word of a title, in one of its forms."""
    stems = content_stems(title)
    n = sum(any(Support((text,)).holds(stem) for stem in stems) for text in texts)
    return round(n / max(1, len(texts)), 4)


def question_flaw(question: str, texts: Sequence[str]) -> str:
    """Why the question of an obstacle is not followed."""
    if not fold(question).startswith("comment ") or not question.endswith("?"):
        return NO_QUESTION
    return refusal(question, Support(tuple(texts)), ASKED)


def answers_question(obstacle: str, texts: Sequence[str], candidates: dict[str, str]) -> Question[AnswersSaid]:
    """Which of several proposals answer an obstacle."""
    shown = [{"id": f"r{n}", "texte": text} for n, text in enumerate(candidates.values(), 1)]
    about = {"obstacle": obstacle, "paroles": list(texts), "propositions": shown}
    return Question("reponse", about, AnswersSaid, tuple(candidates))


def meets(obstacle: str, answer: str) -> int:
    """How much an answer brings of what an obstacle calls for, by words alone: 0 when nothing."""
    if not needs_told(fold(obstacle)) & needs_met(fold(answer)):
        return 0
    both = concepts_in(content_words(obstacle)) & concepts_in(content_words(answer))
    shared = set(content_stems(obstacle)) & set(content_stems(answer))
    return len(both) + len(shared)
