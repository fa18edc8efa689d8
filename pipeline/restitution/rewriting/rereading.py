"""The page that is read again: what its second answer changes, and what becomes of every sentence of both.

Nothing goes unsaid, nothing that stood is lost to a sentence that does not hold: a correction that is refused waits,
with its reason, and what it would correct stays until a person decides; so does a sentence that was withdrawn since
another, which is refused, tells its words. What a person found right, or took out, is changed by her alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from pipeline.assistant.asking import WAITING, Assistant, Failure, Question
from pipeline.assistant.by_hand import PAGE, REWRITTEN, TAKEN_OUT, WITHDRAWN
from pipeline.assistant.lock import CONTRARY
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.rewriting.claims import EMPTY, ESSENTIAL, Claim, claims_in, judge_all, kept
from pipeline.restitution.rewriting.request import (
    READ_AGAIN_MORE,
    READING,
    Again,
    Asked,
    Mended,
    Told,
    number_of,
    what_is_shown,
    words_at_most,
)

OTHER = "remplace une phrase sans citer une seule de ses paroles"
NOWHERE = "corrige une phrase qui n’est pas dans la page"
WITH_OTHER = "va avec une phrase qui ne tient pas"
OF_YOURS = "récrit une phrase que vous avez jugée vous-même"


class Rereading:
    """The sentences of a page, and what reading it again makes of them.

    Parameters
    ----------
    claims : of the first answer. known : sentences that a person compared with what they cite → whether they are right.
    """

    def __init__(self, claims: list[Claim], asked: Asked, telling: Telling, known: Mapping[str, bool]) -> None:
        self.asked, self.telling, self.known, self.first = asked, telling, known, claims
        self.doubted: list[Claim] = []
        self._judge(claims, claims)
        self._take_out(claims)
        self.places = [[claim] for claim in claims] + [[]]

    def take(self, record: Mapping[str, Any], assistant: Assistant) -> Mended | None:
        """Ask for it, once, and take what is answered; the answer."""
        key = record.get("relecture")
        found: Mended | Failure | None = assistant.recall(key, Mended) if key is not None else None
        if found is None and self.first and assistant.config.taches.relecture:
            question = self._question()
            found = assistant.ask(question)
            if not isinstance(found, Failure) or found.reason == WAITING:
                assistant.kept.put(PAGE, {**record, "relecture": assistant.key_of(question)})
        if not isinstance(found, Mended):
            return None
        self.doubted = [claim for claim in self.first if claim.reason.startswith(CONTRARY)]
        self._lift(self.first)
        emptied = [self._first(one.n) for one in found.phrases if not one.texte.strip()]
        gone = [claim for claim in emptied if claim is not None and not self._is_decided(claim)]
        stood = _withdraw(gone, WITHDRAWN)
        new = [claim for one in found.phrases if one.texte.strip() for claim in self._change(one)]
        _restore(stood, new, [claim for claim in self._page() if claim.under != ESSENTIAL])
        self._renew(found.essentiel)
        return found

    def settled(self) -> list[Claim]:
        """The sentences of both answers: none that a person took out stands, nor any twice, word for word."""
        page = self._page()
        self._take_out(page)
        seen = set[str]()
        for told, claim in sorted(kept(page), key=lambda pair: pair[1].under == ESSENTIAL):
            if told.text in seen:
                claim.sentence, claim.reason = None, EMPTY
            seen.add(told.text)
        return page

    def _page(self) -> list[Claim]:
        return list(chain.from_iterable(self.places))

    def _first(self, n: int | None) -> Claim | None:
        return self.first[n] if n is not None and 0 <= n < len(self.first) else None

    def _is_decided(self, claim: Claim) -> bool:
        return claim.sentence is not None and claim.sentence.text in self.known

    def _is_right(self, claim: Claim) -> bool:
        return claim.sentence is not None and self.known.get(claim.sentence.text, False)

    def _judge(self, claims: Sequence[Claim], page: Sequence[Claim]) -> None:
        """Put claims under lock, then let those in that a person found right."""
        judge_all(claims, page, self.asked, self.telling)
        for claim in claims:
            claim.reason = "" if self._is_right(claim) else claim.reason

    @staticmethod
    def _lift(claims: Iterable[Claim]) -> None:
        """Let stand what seemed, by its words, to say the contrary: whoever read it again was told so, and says it."""
        for claim in claims:
            claim.reason = "" if claim.reason.startswith(CONTRARY) else claim.reason

    def _take_out(self, claims: Iterable[Claim]) -> None:
        for claim in claims:
            if self._is_decided(claim) and not self._is_right(claim):
                claim.reason = TAKEN_OUT

    def _change(self, one: Again) -> list[Claim]:
        """Take one sentence of the second answer: in the place of one of the first, after one, or last."""
        old = self._first(one.n)
        beside = old or self._first(one.apres) or Claim("", "", "", frozenset())
        under = one.sous.lower() or beside.under
        new = list(claims_in(one, under, beside.heading if under == beside.under else ""))
        place = next((some for some in self.places if beside in some), self.places[-1])
        place += new
        self._judge(new, [claim for claim in self._page() if claim is not old])
        self._lift(new if any(old is one for one in self.doubted) else ())
        if one.n is not None and old is None:
            for claim in new:
                claim.reason = claim.reason or NOWHERE
        if old is not None:
            self._replace(old, new)
        return new

    def _replace(self, old: Claim, new: Sequence[Claim]) -> None:
        for claim in new if old.keys - self.asked.counts.keys() else ():
            if old.keys.isdisjoint(claim.keys):
                claim.sentence, claim.reason = None, OTHER
        if self._is_decided(old) and not all(map(self._is_right, new)):
            _wait(new, OF_YOURS)
        elif not all(claim.stands for claim in new) and old.stands:
            _wait([claim for claim in new if not self._is_right(claim)], WITH_OTHER)
        else:
            told = [old.instead, *(claim.text for claim in new if claim.stands)]
            old.reason, old.instead = REWRITTEN, " ".join(filter(None, told))
        if old.stands:
            for claim in new:
                claim.instead = "" if claim.stands else old.text

    def _renew(self, essential: Sequence[Told]) -> None:
        """L'essentiel as it was written anew from the whole page, where most of it holds."""
        if not essential:
            return
        new = [claim for told in essential for claim in claims_in(told, ESSENTIAL, "")]
        page = self._page()
        old, others = ([one for one in page if (one.under == ESSENTIAL) is is_old] for is_old in (True, False))
        self._judge(new, [*others, *new])
        if len(kept(new)) > len(new) / 2:
            stood = _withdraw([claim for claim in old if not self._is_decided(claim)], REWRITTEN)
            _restore(stood, new, [*old, *new])
        else:
            _wait([claim for claim in new if not self._is_right(claim)], WITH_OTHER)
        standing = [claim for claim in old if claim.stands]
        self.places = [others, *self._in_order(new, standing), [claim for claim in old if not claim.stands]]

    @staticmethod
    def _in_order(new: Sequence[Claim], old: list[Claim]) -> list[list[Claim]]:
        """L'essentiel: each sentence that stays where the one stands that would tell its words, else first."""
        left, told = list(old), list[list[Claim]]()
        for claim in new:
            here = [one for one in left if one.keys & claim.keys and not claim.stands]
            left = [one for one in left if one not in here]
            told.append([claim, *here])
        return [left, *told]

    def _question(self) -> Question[Mended]:
        """The whole page, with all that it was written from."""
        asked = self.asked
        counts = {mark: asked.counted.get(mark, one.text) for mark, one in asked.counts.items()}
        about = {
            **words_at_most(self.telling, READ_AGAIN_MORE),
            **what_is_shown(asked.titles, asked.axes, asked.items, counts, {}, self.telling),
            "a_relire": [
                {
                    "n": n,
                    **_told(one),
                    "appuis": " ".join(sorted(one.keys, key=number_of)),
                    **({"raison": one.reason} if one.reason else {}),
                }
                for n, one in enumerate(self.first)
                if not self._is_decided(one)
            ],
            "justes": [_told(one) for one in self.first if self._is_right(one)],
        }
        return Question(READING, about, Mended, tuple(item.item_id for item in asked.items.values()))


def _told(claim: Claim) -> dict[str, str]:
    """A sentence and the part where it is, as a question tells them."""
    return {"sous": claim.under, "texte": claim.text}


def _withdraw(claims: Iterable[Claim], reason: str) -> list[Claim]:
    """Have claims stand no more; those that did."""
    stood = list[Claim]()
    for claim in claims:
        stood += [claim] * claim.stands
        claim.reason = reason
    return stood


def _restore(withdrawn: Iterable[Claim], new: Iterable[Claim], page: Sequence[Claim]) -> None:
    """Have those stand again whose words only a sentence that is refused would tell."""
    left = [claim for claim in new if not claim.stands]
    waiting = frozenset[str]().union(*(claim.keys for claim in left))
    told = frozenset[str]().union(*(claim.keys for claim in page if claim.stands))
    for claim in withdrawn:
        if claim.keys & waiting - told:
            claim.reason = ""
            for one in left:
                one.instead = one.instead or (claim.text if one.keys & claim.keys else "")


def _wait(claims: Iterable[Claim], reason: str) -> None:
    for claim in claims:
        claim.reason = claim.reason or reason
