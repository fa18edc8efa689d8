"""The page that a language model writes from what was said, title by title, each sentence under lock for what it cites.

It is shown the titles, the ideas in the order of their files with what stands around them, and what was counted, and
asked once for the whole page, then once to read it again, as whoever signs it would: to correct, move, withdraw and add
sentences. Its answers are untrusted text, and so is what people said: they may bring a name, a number, a promise, an
instruction, or nothing at all. A sentence that does not hold is left out alone; where nothing holds, what stands there
is ours.

The page that was answered stands through what people do next: its sentences are judged again on what is known now, and
follow ideas that a person moved. Only ideas or titles that it was not shown make it asked for again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from typing import Any, NamedTuple

from pipeline.assistant.asking import WAITING, Assistant, Failure, Question
from pipeline.assistant.by_hand import PAGE, TAKEN_OUT, judged
from pipeline.contracts.draft import Draft
from pipeline.language.text.typography import counted
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.rewriting.claims import (
    ESSENTIAL,
    UNKNOWN,
    WITHDRAWN,
    Claim,
    claims_in,
    claims_of,
    judge_all,
    kept,
    refused,
)
from pipeline.restitution.rewriting.placing import Writing, said_so, with_essential
from pipeline.restitution.rewriting.request import (
    READING,
    WHOLE,
    Again,
    Asked,
    Mended,
    Told,
    found_again,
    number_of,
    page_of,
    what_is_shown,
)

OTHER = "remplace une phrase sans citer une seule de ses paroles"


@dataclass(frozen=True)
class Outcome:
    """One sentence of a model, or what else it gave, for the page on method.

    Attributes
    ----------
    about : what it was asked of, for people.
    theirs : what it gave, "" when it gave nothing.
    reason : why it was not taken, in French; "" when it was.
    """

    task: str
    about: str
    theirs: str
    reason: str


class Rewritten(NamedTuple):
    """A draft, every outcome, what tells its page from another, "" for none, and idea → the title that tells it."""

    draft: Draft
    outcomes: tuple[Outcome, ...] = ()
    page: str = ""
    under: Mapping[str, str] | None = None


def rewrite_draft(draft: Draft, telling: Telling, assistant: Assistant, words_max: int) -> Rewritten:
    """The draft with what a model wrote (sentences marked `rewritten`) where it holds. A server that fails raises
    nothing.

    `words_max` : of L'essentiel.
    """
    if not assistant.config.taches.page:
        return Rewritten(draft)
    record, answer = page_of(draft, telling, assistant)
    if isinstance(answer, Failure):
        failed = [Outcome(PAGE, WHOLE, "", answer.reason)] * (answer.reason != WAITING)
        return Rewritten(draft, tuple(failed))
    asked = found_again(record, draft, telling)
    claims = claims_of(answer)
    judge_all(claims, claims, asked, telling)
    known = judged(assistant.kept)
    _judge(claims, known)
    page = sha256(f"{answer} {_mend(claims, record, asked, telling, assistant)}".encode()).hexdigest()
    _judge(claims, known)
    outcomes = [Outcome(PAGE, asked.name_of(one.under), one.text, one.reason) for one in claims]
    draft = replace(draft, refused=tuple(refused(claims, asked)))
    if not kept(claims):
        return Rewritten(draft, tuple(outcomes or [Outcome(PAGE, WHOLE, "", "réponse vide")]))
    writing = Writing(telling, asked, claims)
    written = writing.draft(draft)
    if ESSENTIAL not in telling.material.parts:
        written = with_essential(written, [told for told, one in kept(claims) if one.under == ESSENTIAL], words_max)
    under = {item_id: next(iter(titles)) for item_id, titles in sorted(writing.titles.items()) if len(titles) == 1}
    return Rewritten(said_so(written, telling), tuple(outcomes), page, under)


def summary(written: Rewritten) -> str:
    """One sentence in French for the person who ran it, counted as the page counts them."""
    n_told = len({one.text for section in written.draft.sections for one in section.sentences if one.rewritten})
    told = f"Assistant : {counted(n_told, 'phrase', feminine=True)} dans le texte"
    left = [one.reason for one in written.draft.refused or written.outcomes if one.reason]
    found = Counter(reason.partition(" : ")[0] for reason in left)
    reasons = ", ".join(f"{reason} ({n})" for reason, n in sorted(found.items(), key=lambda r: (-r[1], r[0])))
    return f"{told}, {len(left)} de côté : {reasons}." if reasons else f"{told}."


def _mend(
    claims: list[Claim], record: Mapping[str, Any], asked: Asked, telling: Telling, assistant: Assistant
) -> Mended | None:
    """Have the page read again, whole: what comes back and holds takes its place, or one more; what comes back empty
    goes; the answer."""
    key = record.get("relecture")
    found: Mended | Failure | None = None
    if key is not None:
        found = assistant.recall(key, Mended)
        if found is None:
            assistant.wait(key)
    elif claims and assistant.config.taches.relecture:
        question = _question_again(claims, asked, telling)
        (found,) = assistant.ask([question])
        if not isinstance(found, Failure) or found.reason == WAITING:
            assistant.kept.put(PAGE, {**record, "relecture": assistant.key_of(question)})
    if not isinstance(found, Mended):
        return None
    places = {n: [claim] for n, claim in enumerate(claims)} | {len(claims): []}
    for one in found.phrases:
        named = one.apres if one.n is None else one.n
        at = len(claims) if named is None else named
        if at not in places or (one.n is not None and (at == len(claims) or places[at][0].reason == UNKNOWN)):
            continue
        if one.texte.strip():
            _change(places, at, one, asked, telling)
        elif one.n is not None:
            old = places[at][0]
            old.sentence, old.reason = None, WITHDRAWN
    claims[:] = chain.from_iterable(places.values())
    _renew(claims, found.essentiel, asked, telling)
    return found


def _renew(claims: list[Claim], essential: Sequence[Told], asked: Asked, telling: Telling) -> None:
    """L'essentiel as it was written anew from the whole page, where most of it holds."""
    new = [claim for told in essential for claim in claims_in(told, ESSENTIAL, "")]
    others = [claim for claim in claims if claim.under != ESSENTIAL]
    judge_all(new, [*others, *new], asked, telling)
    if len(kept(new)) > len(new) / 2:
        claims[:] = [*others, *new]


def _change(places: dict[int, list[Claim]], at: int, one: Again, asked: Asked, telling: Telling) -> None:
    """Take one change of a reading, where it holds: in the place of a sentence, after it, or last."""
    old = places[at][0] if places[at] else Claim("", "", "", frozenset())
    under = one.sous.lower() or old.under
    new = list(claims_in(one, under, old.heading if under == old.under else ""))
    then = {**places, at: [*([] if one.n is not None else places[at]), *new]}
    judge_all(new, list(chain.from_iterable(then.values())), asked, telling)
    if one.n is not None and old.keys & asked.items.keys() and old.keys.isdisjoint(one.appuis):
        for claim in new:
            claim.sentence, claim.reason = None, OTHER
    if one.n is None or not old.stands or all(claim.stands for claim in new):
        places[at] = then[at]


def _judge(claims: Sequence[Claim], known: Mapping[str, bool]) -> None:
    """Take what somebody says of sentences: those that are right stand, others do not."""
    for claim in claims:
        if claim.sentence is not None and claim.sentence.text in known:
            claim.reason = "" if known[claim.sentence.text] else TAKEN_OUT


def _question_again(claims: Sequence[Claim], asked: Asked, telling: Telling) -> Question[Mended]:
    """The whole page, with all that it was written from."""
    counts = {mark: one.text for mark, one in asked.counts.items()}
    about = {
        **what_is_shown(asked.titles, asked.groups, asked.items, counts, {}, telling),
        "a_relire": [
            {
                "n": n,
                "sous": one.under,
                "texte": one.text,
                "appuis": " ".join(sorted(one.keys, key=number_of)),
                **({"raison": one.reason} if one.reason else {}),
            }
            for n, one in enumerate(claims)
            if one.reason != TAKEN_OUT
        ],
    }
    return Question(READING, about, Mended, tuple(item.item_id for item in asked.items.values()))
