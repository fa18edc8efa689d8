"""Sentences to be written, and the hand that writes them, each in the way that reads well after the one before."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.contracts.draft import Node, Sentence, WordsNode
from pipeline.language.text.typography import Spaces
from pipeline.restitution.material.model import Material
from pipeline.restitution.nodes import Piece, as_nodes, compose
from pipeline.restitution.prose.phrases import in_order
from pipeline.restitution.quoting.reported_words import with_dashes

_PLACE = re.compile(r", \{(?:place|at|of)\},|\{(?:place|at|of)\}, | \{(?:place|at|of)\}")
_SLOT = re.compile(r"\{(\w+)\}")
_PLACES = ("place", "at", "of")
_OPENS_ON_PLACE = ("place", "at", "w1", "w2")
N_RECENT = 2


@dataclass(frozen=True)
class Frame:
    """A sentence to be written.

    Attributes
    ----------
    templates : the ways of saying it, with slots such as `{x}`.
    sources : ids of items, or names of inputs, that it rests on; the first one decides which way is taken.
    pieces : what fills the slots.
    turn : the rank of its theme, for what is said once a theme: the ways are then taken in turn; None for the others.
    """

    templates: Sequence[str]
    sources: tuple[str, ...]
    pieces: Mapping[str, Piece]
    turn: int | None = None

    @property
    def in_turn(self) -> list[str]:
        """Its ways of saying, from the one whose turn it is on."""
        at = (self.turn or 0) % len(self.templates)
        return [*self.templates[at:], *self.templates[:at]]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes of its pieces, each once."""
        return tuple(dict.fromkeys(node for piece in self.pieces.values() for node in as_nodes(piece)))

    @property
    def words(self) -> tuple[WordsNode, ...]:
        """Those that hold someone's words."""
        return tuple(node for node in self.nodes if isinstance(node, WordsNode))

    @property
    def n_words(self) -> int:
        """Words of its first way of saying, which the others are as long as, about."""
        template = self.templates[0]
        nodes = [node for slot in _SLOT.findall(template) for node in as_nodes(self.pieces[slot])]
        return len(_SLOT.sub("", template).split()) + sum(len(node.text.split()) for node in nodes)


class Hand:
    """Writes sentences in reading order: no two in a row open alike, and no quotation follows another.

    It remembers its paragraph, the sentence before and the head of the paragraph before, and no more: what changes in
    one paragraph stays there, or nearly.
    """

    def __init__(self, material: Material, spaces: Spaces = "fine") -> None:
        self._material = material
        self._spaces = spaces
        self._opening = ""
        self._ends_on_quote = False
        self._recent: deque[str] = deque(maxlen=N_RECENT)
        self._here: set[str] = set()
        self._headed = ""
        self._is_first = True

    def open_paragraph(self) -> None:
        """The next sentence heads a paragraph."""
        self._is_first = True
        self._here.clear()

    def pick(self, variants: Sequence[str], seed: str) -> str:
        """One of several words, not one of the last picked when another can be."""
        order = in_order(variants, seed)
        chosen = next((variant for variant in order if variant not in self._recent), order[0])
        self._recent.append(chosen)
        return chosen

    def write(self, frame: Frame) -> Sentence:
        """The sentence; an empty place goes with its comma."""
        template = self._chosen(frame)
        pieces = dict(frame.pieces)
        for name, piece in pieces.items():
            if f" : {{{name}}}" in template or f" : {{x}} ; {{{name}}}" in template:
                pieces[name] = with_dashes(self._material, piece)
        sentence = Sentence(compose(template, self._spaces, **pieces), tuple(dict.fromkeys(frame.sources)))
        self._opening = _opening(template)
        self._ends_on_quote = sentence.nodes[-1].kind == "quote" or (
            len(sentence.nodes) > 1 and sentence.nodes[-2].kind == "quote" and len(sentence.nodes[-1].text) < 2
        )
        return sentence

    def _chosen(self, frame: Frame) -> str:
        has_place = any(frame.pieces.get(name) for name in _PLACES)
        order = in_order(frame.templates, frame.sources[0]) if frame.turn is None else frame.in_turn
        ways = order if has_place else [_PLACE.sub("", template) for template in order]
        chosen = min(ways, key=lambda way: (self._opens_badly(way, frame), self._n_repeated(way)))
        if self._is_first:
            self._headed, self._is_first = chosen, False
        self._here.add(chosen)
        return chosen

    def _n_repeated(self, way: str) -> int:
        """What of a way was heard: its opening just before, itself in this paragraph or at the head of the last."""
        is_headed_alike = self._is_first and way == self._headed
        return (_opening(way) == self._opening) + (way in self._here) + is_headed_alike

    def _opens_badly(self, template: str, frame: Frame) -> bool:
        """Whether a sentence would open on a quotation in lower case, or on one that follows another."""
        slot = _SLOT.match(template)
        first = next(iter(as_nodes(frame.pieces[slot[1]])), None) if slot is not None else None
        if first is None or first.kind != "quote":
            return False
        return self._ends_on_quote or first.text[:1].islower()


def _opening(template: str) -> str:
    """What a sentence opens on: a place, a piece, or our first two words."""
    slot = _SLOT.match(template)
    if slot is None:
        return " ".join(template.split()[:2])
    return "place" if slot[1] in _OPENS_ON_PLACE else slot[1]
