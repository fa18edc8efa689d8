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
from typing import NamedTuple

from pipeline.assistant.asking import WAITING, Assistant, Failure
from pipeline.assistant.by_hand import REMADE, judged
from pipeline.contracts.draft import Draft
from pipeline.language.text.typography import counted
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.rewriting.claims import ESSENTIAL, claims_of, kept, refused
from pipeline.restitution.rewriting.placing import Writing, said_so, with_essential
from pipeline.restitution.rewriting.request import WHOLE, found_again, page_of
from pipeline.restitution.rewriting.rereading import Rereading

NO_HOME = "n’est d’aucun titre ni d’aucun axe"


@dataclass(frozen=True)
class Outcome:
    """One sentence of a model, for the page on method.

    Attributes
    ----------
    about : where it goes, for people.
    theirs : what it gave, "" when it gave nothing.
    reason : why it was not taken, in French; "" when it was.
    """

    about: str
    theirs: str
    reason: str


class Rewritten(NamedTuple):
    """A draft, every outcome, what tells its page from another, "" for none, and idea → the title that tells it."""

    draft: Draft
    outcomes: tuple[Outcome, ...] = ()
    page: str = ""
    under: Mapping[str, str] | None = None


def rewrite_draft(draft: Draft, telling: Telling, assistant: Assistant) -> Rewritten:
    """The draft with what a model wrote (sentences marked `rewritten`) where it holds, as long as it is: what was
    accepted is never left out for its length. A server that fails raises nothing."""
    if not assistant.config.taches.page:
        return Rewritten(draft)
    record, answer = page_of(draft, telling, assistant)
    if isinstance(answer, Failure):
        failed = [Outcome(WHOLE, "", answer.reason)] * (answer.reason != WAITING)
        return Rewritten(draft, tuple(failed))
    asked = found_again(record, draft, telling)
    again = Rereading(claims_of(answer), asked, telling, judged(assistant.kept))
    page = sha256(f"{answer} {again.take(record, assistant)}".encode()).hexdigest()
    claims = again.settled()
    writing = Writing(telling, asked, claims)
    written = writing.draft(draft) if kept(claims) else draft
    hers = asked.told | ({ESSENTIAL} & telling.material.parts.keys())
    if ESSENTIAL not in hers:
        written = with_essential(written, [told for told, one in kept(claims) if one.under == ESSENTIAL])
    texts = {one.text for section in written.sections for one in section.sentences}
    for told, claim in kept(claims):
        if told.text not in texts and claim.under not in hers:
            claim.sentence, claim.reason = None, NO_HOME
    outcomes = [Outcome(asked.name_of(one.under), one.text, one.reason) for one in claims]
    written = replace(written, refused=(*refused(claims, asked), *writing.moved))
    if not kept(claims):
        return Rewritten(written, tuple(outcomes or [Outcome(WHOLE, "", "réponse vide")]))
    under = {item_id: next(iter(titles)) for item_id, titles in sorted(writing.titles.items()) if len(titles) == 1}
    return Rewritten(said_so(written, telling), tuple(outcomes), page, under)


def summary(written: Rewritten) -> str:
    """One sentence in French for the person who ran it, counted as the page counts them."""
    n_told = len({one.text for section in written.draft.sections for one in section.sentences if one.rewritten})
    told = f"Assistant : {counted(n_told, 'phrase', feminine=True)} dans le texte"
    left = [one.reason for one in written.draft.refused or written.outcomes if one.reason]
    aside = [reason.partition(" : ")[0] for reason in left if reason not in REMADE]
    told += f", {len(aside)} de côté : {_ranked(aside)}" if aside else ""
    changed = [reason for reason in left if reason in REMADE]
    return f"{told} ; {_ranked(changed)}." if changed else f"{told}."


def _ranked(reasons: Sequence[str]) -> str:
    found = sorted(Counter(reasons).items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{reason} ({n})" for reason, n in found)
