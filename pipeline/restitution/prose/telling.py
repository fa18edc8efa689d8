"""What a section is told with: what may be said, where it was said, how it is named, and what was told so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.contracts.draft import Sentence
from pipeline.contracts.facts import Facts
from pipeline.language.syntax.own_words import Lexicon
from pipeline.language.text.typography import Spaces
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.model import Material
from pipeline.restitution.nodes import Piece
from pipeline.restitution.prose.frames import Frame, Hand
from pipeline.restitution.prose.memory import Memory
from pipeline.restitution.prose.places import Places
from pipeline.restitution.prose.titles import Titles


@dataclass(frozen=True)
class Telling:
    """The parts that the sentences of one section are made with; only `memory` and `hand` change as it is written."""

    material: Material
    kinship: Kinship
    places: Places
    titles: Titles
    memory: Memory
    hand: Hand
    spaces: Spaces = "fine"

    def afresh(self, told: Iterable[str] = ()) -> Telling:
        """The same for another section, which has told nothing yet but leaves aside what is told elsewhere."""
        return replace(self, memory=Memory(self.material, told), hand=Hand(self.material, self.spaces))

    def tell(self, templates: str | Sequence[str], sources: Sequence[str], **pieces: Piece) -> Frame:
        """A sentence to be written; the ideas whose words it holds are told from now on."""
        ways = (templates,) if isinstance(templates, str) else templates
        frame = Frame(ways, tuple(sources), pieces)
        for node in frame.words:
            self.memory.take(node)
        return frame

    def say(self, templates: str | Sequence[str], sources: Sequence[str], **pieces: Piece) -> Sentence:
        """The sentence at once."""
        return self.hand.write(self.tell(templates, sources, **pieces))


def start_telling(material: Material, facts: Facts, lexicon: Lexicon, spaces: Spaces = "fine") -> Telling:
    """What the first section is told with."""
    places, titles = Places(material, facts), Titles(lexicon)
    return Telling(material, Kinship(material), places, titles, Memory(material), Hand(material, spaces), spaces)
