"""Two sayings in one sentence, when they are of one kind and nothing false would tie them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.contracts.draft import Node
from pipeline.language.syntax import sentence_forms
from pipeline.language.text.words import content_stems
from pipeline.restitution.prose.answering import hangs_on_its_question
from pipeline.restitution.prose.embed import Woven
from pipeline.restitution.prose.frames import Frame
from pipeline.restitution.prose.phrases import WHOLE, forms, ways
from pipeline.restitution.prose.places import PlaceKey, place_key
from pipeline.restitution.prose.quoted import speaks_of_oneself
from pipeline.restitution.prose.sayings import Saying, enter
from pipeline.restitution.prose.telling import Telling

PAIR_WORDS_MAX = 40
WHOLE_WORDS_MAX = 34
_ON = re.compile(r"\bon (?:y )?(?:a|constate)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Pair:
    """Two sayings, how each enters the sentence, and where each was said; `bare` when that was just named."""

    one: Saying
    two: Saying
    first: Woven
    second: Woven
    where1: list[Node]
    where2: list[Node]
    bare: bool

    @property
    def is_same_place(self) -> bool:
        return [node.text for node in self.where1] == [node.text for node in self.where2]

    @property
    def is_too_long(self) -> bool:
        most = WHOLE_WORDS_MAX if self.first.form == WHOLE else PAIR_WORDS_MAX
        return self.first.n_words + self.second.n_words > most

    @property
    def shares_a_word(self) -> bool:
        return bool(set(content_stems(self.one.node.text)) & set(content_stems(self.two.node.text)))

    @property
    def shown_place(self) -> list[Node]:
        return [] if self.bare else self.where1

    @property
    def sources(self) -> list[str]:
        return [self.one.item.item_id, self.two.item.item_id]


def paired(telling: Telling, one: Saying, two: Saying, near: PlaceKey | None, related: bool) -> Frame | None:
    """Two sayings of the same kind in one sentence, or None when they do not go together.

    Two quotations about two matters each have their sentence, and so have two clauses: « et » would tie what nobody
    tied.
    """
    if one.voice.kind != two.voice.kind or any(hangs_on_its_question(s.item, s.node.text) for s in (one, two)):
        return None
    lexicon, places = telling.titles.lexicon, telling.places
    where1, where2 = places.spot(one.item), places.spot(two.item)
    bare = bool(where1) and near == place_key(one.item)
    pair = _Pair(one, two, enter(lexicon, one), enter(lexicon, two), where1, where2, bare)
    if not _go_together(pair, related):
        return None
    return _two_quotes(telling, pair) if pair.first.form == WHOLE else _two_told(telling, pair)


def _go_together(pair: _Pair, related: bool) -> bool:
    form = pair.first.form
    if form != pair.second.form or form == sentence_forms.QUESTION or pair.is_too_long:
        return False
    if not related and (form == WHOLE or (form == sentence_forms.CLAUSE and not pair.shares_a_word)):
        return False
    return pair.is_same_place or not pair.bare


def _two_told(telling: Telling, pair: _Pair) -> Frame | None:
    table = "paired_bare" if pair.bare else "paired_same" if pair.is_same_place else "paired"
    templates = forms(f"{table}.{pair.one.voice.kind}").get(pair.first.form, ())
    if not templates:
        return None
    pieces = {"x": list(pair.first.nodes), "y": list(pair.second.nodes)}
    sayable = not_said_twice(templates, pair.first, pair.second)
    return telling.tell(sayable, pair.sources, place=pair.shown_place, at=pair.where2, **pieces)


def _two_quotes(telling: Telling, pair: _Pair) -> Frame | None:
    """One sentence for two quotations, from two places when there are two."""
    one, two = pair.one, pair.two
    if one.item.contribution_id == two.item.contribution_id:  # one who goes on, or corrects herself, is not two
        return None
    asks_or_differs = any(saying.node.text.endswith("?") for saying in (one, two))
    if asks_or_differs or speaks_of_oneself(one.node) != speaks_of_oneself(two.node):
        return None
    verb = "entend" if one.item.channel == "transcript" else "lit"
    templates = ways(f"two.{'bare' if not pair.shown_place else 'same' if pair.is_same_place else 'places'}")
    places = {"w1": pair.shown_place, "w2": pair.where2}
    return telling.tell(templates, pair.sources, v1=f"on {verb}", i1=f"{verb}-on", q1=one.node, q2=two.node, **places)


def not_said_twice(templates: Sequence[str], *entered: Woven) -> Sequence[str]:
    """The templates that do not say « on » before words that do: « on a relevé qu’on… » reads badly."""
    if not any("".join(node.text for node in words.nodes).startswith("qu’on ") for words in entered):
        return templates
    return [template for template in templates if _ON.search(template) is None] or templates
