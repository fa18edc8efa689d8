"""The reporter's voice: how a place, a title or people's words enter a sentence, with words that vary in turn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.contracts.draft import (
    FactNode,
    FactRef,
    Node,
    PlaceNode,
    PlaceRef,
    Sentence,
    TextNode,
    TitleNode,
    TitleRef,
    WordsNode,
)
from pipeline.contracts.facts import Facts
from pipeline.language.syntax import sentence_forms
from pipeline.language.text.typography import Spaces, with_a, with_de, with_que
from pipeline.language.text.words import content_stems
from pipeline.restitution.material.facts import n_places
from pipeline.restitution.material.finding import find_words
from pipeline.restitution.material.kinship import MEMBERS_MAX, Kinship, is_shared, is_sure
from pipeline.restitution.material.model import Group, Item, Material
from pipeline.restitution.material.quantifiers import said, table_name
from pipeline.restitution.nodes import Piece, compose
from pipeline.restitution.quoting.joints import plain_quotes
from pipeline.restitution.quoting.quotes import may_quote, quote, quote_node
from pipeline.restitution.quoting.reported_words import report_node, with_dashes
from pipeline.restitution.quoting.unfit import points_back, speaks

_PLACE = re.compile(r", \{(?:place|at|of)\},|\{(?:place|at|of)\}, | \{(?:place|at|of)\}")
_OPENS = ("{place},", "{w1},")
SURVEY_COUNT_MIN = 3
CUT_MAX = 6
TAIL_WORDS = 5
_AS_WRITTEN = re.compile(f"{sentence_forms.SPEAKER.pattern}|=", sentence_forms.SPEAKER.flags)
_LACKS = re.compile(r"(?:pas (?:de |d['’]|une? )|plus une? |rien (?:à|pour) |aucune? )", re.IGNORECASE)


@dataclass
class Teller:
    """What sentences are made with.

    Attributes
    ----------
    spaces : how our words are typeset.
    told, kept : items already told, and items kept for a later sentence.
    turns, last : where each rotation of variants stands, and what it gave last.
    heard : the words told so far.
    used : how often each variant was used in the section being written.
    shared : what finds the kin of groups, when another teller of the same material has it.
    """

    material: Material
    facts: Facts
    lexicon: sentence_forms.Lexicon
    spaces: Spaces = "fine"
    told: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    turns: Counter[str] = field(default_factory=Counter)
    last: dict[str, str] = field(default_factory=dict)
    used: Counter[str] = field(default_factory=Counter)
    heard: list[str] = field(default_factory=list)
    ends_on_quote: bool = False
    opens_on_place: bool = False
    shared: Kinship | None = None

    def open_section(self) -> None:
        """Begin a section: its variants are counted from none."""
        self.used.clear()

    def turn(self, key: str, variants: Sequence[str], words: Node | None = None) -> str:
        """The next variant of `key`, the least used in the section first: no chance, and never twice in a row.

        Parameters
        ----------
        words : what the sentence takes in; a quotation that begins in lower case does not open it, nor one that
            would follow another.
        """
        opens_badly = words is not None and words.kind == "quote" and words.text[:1].islower()
        if opens_badly or (words is not None and self.ends_on_quote):
            variants = [v for v in variants if not v.startswith(("{x}", "{q1}"))] or variants
        at = self.turns[key]
        self.turns[key] += 1
        order = [variants[(at + step) % len(variants)] for step in range(len(variants))]
        chosen = min(order, key=lambda v: (v == self.last.get(key), self._opens_alike(v), self.used[v], order.index(v)))
        if "{x}" in chosen or "{q1}" in chosen:
            self.opens_on_place = chosen.startswith(_OPENS)
        self.last[key] = chosen
        self.used[chosen] += 1
        return chosen

    def _opens_alike(self, variant: str) -> bool:
        """Whether a sentence would open on a place like the one before it."""
        return self.opens_on_place and variant.startswith(_OPENS)

    def say(self, template: str, sources: Sequence[str], **pieces: Piece) -> Sentence:
        """One sentence; an empty place goes with its comma; the items that it quotes are marked as told."""
        if not any(pieces.get(name) for name in ("place", "at", "of")):
            template = _PLACE.sub("", template)
        for name, piece in pieces.items():
            if f" : {{{name}}}" in template or f" : {{x}} ; {{{name}}}" in template:
                pieces[name] = with_dashes(self.material, piece)
        sentence = Sentence(compose(template, self.spaces, **pieces), tuple(dict.fromkeys(sources)))
        for node in sentence.words:
            self.take(node)
        self.ends_on_quote = sentence.nodes[-1].kind == "quote" or (
            len(sentence.nodes) > 1 and sentence.nodes[-2].kind == "quote" and len(sentence.nodes[-1].text) < 2
        )
        return sentence

    def take(self, node: WordsNode) -> None:
        """Mark the ideas that a quotation or a report holds as told, and keep its words."""
        self.heard.append(node.text)
        self.told.update((node.ref.item_id, *self._shown_with(node)))

    def _shown_with(self, node: WordsNode) -> list[str]:
        """The other ideas of the same contribution that a quotation holds, and what hangs on to it in its sentence."""
        siblings = self.material.siblings.get(node.ref.contribution_id, ())
        low, high = node.ref.parts[0][0], node.ref.parts[-1][1]
        return [
            item.item_id
            for item in siblings
            if (low <= item.start and item.end <= high + 1)
            or (item.reach[0] <= low and high <= item.reach[1] and len(item.text.split()) < TAIL_WORDS)
        ]

    # figures and places --------------------------------------------------------------------------------------
    def fact(self, name: str, form: str, joint: str = "") -> Node:
        """A node for a fact in one of its forms; `joint` is `a` or `de`, contracted with it."""
        words = said(self.facts[name], form)
        text = with_a(words) if joint == "a" else with_de(words) if joint == "de" else words
        return FactNode(text, FactRef(name, form, joint))

    def where(self, name: str, joint: str = "a") -> list[Node]:
        """Where a group or an item was said: workshops, tables, the survey; [] when there is one place only.

        Parameters
        ----------
        joint : `a` (`à la table 4`, `dans l’enquête`) or `de` (`de la table 4`, `de l’enquête`).
        """
        parts: list[list[Node]] = []
        tables, workshops = self.facts.get(f"{name}.tables"), self.facts[f"{name}.ateliers"]
        if workshops.part[1] > 1 and workshops.n > 1:
            form = self.fact(f"{name}.ateliers", "workshops", "de" if joint == "de" else "")
            parts.append([form] if joint == "de" else [TextNode("dans "), form])
        elif tables is not None and tables.part[1] > 1:
            parts.append([self.fact(f"{name}.tables", self.turn("tables", ("tables", "tables_bis")), joint)])
        if f"{name}.enquete" in self.facts:
            parts.append(self._survey(name, joint, alone=not parts))
        return [*parts[0], TextNode(" et "), *parts[1]] if len(parts) == 2 else parts[0] if parts else []

    def _survey(self, name: str, joint: str, alone: bool) -> list[Node]:
        """The survey, and how many answers when that is worth a number."""
        n = self.facts[f"{name}.enquete"].n
        if alone and not self.has_more_than_a_survey:
            if n < SURVEY_COUNT_MIN:
                return []
            return [TextNode("dans " if joint == "a" else "de "), self.fact(f"{name}.enquete", "answers")]
        nodes: list[Node] = [TextNode("dans l’enquête" if joint == "a" else "de l’enquête")]
        if n >= SURVEY_COUNT_MIN:
            nodes += [TextNode(" ("), self.fact(f"{name}.enquete", "answers"), TextNode(")")]
        return nodes

    @cached_property
    def has_more_than_a_survey(self) -> bool:
        """Whether people also spoke otherwise than in a survey, whose name then says something."""
        return any(item.channel != "enquete" for item in self.material.items.values())

    def spot(self, item: Item, joint: str = "a") -> list[Node]:
        """Where one item was said: its table, the survey, or [] when that says nothing."""
        if item.channel == "enquete":
            words = "dans l’enquête" if joint == "a" else "de l’enquête"
            return [TextNode(words)] if self.has_more_than_a_survey else []
        return self.place_of(item, joint)

    def place_of(self, item: Item, joint: str = "a") -> list[Node]:
        """The table of an item, contracted; [] when the workshop had one table or none is known."""
        if not item.table or self.facts["tables"].n < 2:
            return []
        words = table_name(item.table)
        joined = with_a(words) if joint == "a" else with_de(words) if joint == "de" else words.removeprefix("la ")
        nodes: list[Node] = [PlaceNode(joined, PlaceRef(item.table))]
        if len(self.material.workshops) > 1:
            name = PlaceNode(self.workshop_name(item.workshop), PlaceRef(workshop=item.workshop))
            before, after = (" (", ")") if joint else (", ", "")  # no brackets inside brackets
            nodes += [TextNode(before), name, *([TextNode(after)] if after else [])]
        return nodes

    def in_brackets(self, item: Item) -> list[Node]:
        """Where an item was said, as it stands between brackets; [] when that says nothing."""
        if item.channel == "enquete":
            return [TextNode("enquête")] if self.has_more_than_a_survey else []
        return self.place_of(item, "")

    def workshop_name(self, workshop: str) -> str:
        """The title of a workshop."""
        return next((str(row["titre"]) for row in self.material.workshops if row["workshop"] == workshop), workshop)

    def has_one_place(self, group: Group) -> bool:
        """Whether everything in a group was said in one place, which its first sentence names."""
        return n_places(group.members) < 2

    def subject(self, group: Group) -> frozenset[str]:
        """The stems of what a group speaks of."""
        return frozenset(content_stems(" ".join((group.title, *group.keywords[:4]))))

    def title(self, group: Group, form: str = "low", strong: bool = False) -> TitleNode:
        """The title of a group as it enters a sentence: `low`, `article`, `de`, `que`, or `as_is`."""
        phrase = self.lexicon.phrase(group.title)
        forms = {
            "low": lambda: phrase.low,
            "article": lambda: sentence_forms.with_article(phrase),
            "de": lambda: sentence_forms.of_phrase(phrase),
            "que": lambda: phrase.low if phrase.form == sentence_forms.WISH else with_que(phrase.low),
            "as_is": lambda: phrase.text,
        }
        return TitleNode(plain_quotes(forms[form]()), TitleRef(group.group_id), strong)

    def kin(self, group: Group) -> tuple[Item, ...]:
        """The members that surely speak of what the title names, central first."""
        return self.kinship(group)

    @cached_property
    def kinship(self) -> Kinship:
        """What finds them."""
        return self.shared or Kinship(self.material)

    @property
    def tied_to_told(self) -> set[str]:
        """Ideas that are the same, on another channel, as one that was told."""
        items = self.material.items
        return {items[k].tied_to for k in self.told if k in items} | {k for k, to in self._ties if to in self.told}

    @cached_property
    def _ties(self) -> tuple[tuple[str, str], ...]:
        return tuple((item.item_id, item.tied_to) for item in self.material.items.values() if item.tied_to)

    def alone(self, axis: str) -> list[Item]:
        """The sure ideas of an axis that no group tells: weak signals, and members that are no kin of their title."""
        found = [item for item in self.material.signals if item.axis == axis]
        for group in self.material.groups_of(axis):
            family = {item.item_id for item in self.kin(group)}
            found += [item for item in group.members[:MEMBERS_MAX] if item.item_id not in family and not item.tied_to]
        said = self.told | self.kept
        return [item for item in found if item.item_id not in said and is_sure(item)]

    def has_good_title(self, group: Group) -> bool:
        """Whether a title says something by itself: two words of subject, and nothing that points elsewhere."""
        if (
            group.title.startswith("[…]")
            or len(set(content_stems(group.title))) < 2
            or points_back(group.title)
            or speaks(group.title)
        ):
            return False
        own = [item for item in group.members if find_words(item.text, group.title) is not None]
        return not own or any(item.reach[0] + CUT_MAX >= item.start for item in own)  # else the end of a sentence

    def is_shared(self, group: Group) -> bool:
        """Whether several places say the same, so that their number may be told; who answers need not repeat."""
        return not self.has_one_place(group) and self.is_counted(group)

    def is_counted(self, group: Group) -> bool:
        """Whether all that is counted of a group says what its title says, be it in one place."""
        if not is_shared(group, self.kin(group)):
            return False
        if group.axis == "ouest":
            return True
        same = self.kinship.names if group.axis == "nord" else self.kinship.says_the_same
        return all(same(item, group) for item in self.kin(group))

    def own_words(self, group: Group) -> tuple[Item, WordsNode] | None:
        """The member whose words the title repeats, as a quotation or a report; None for a title of ours."""
        found: list[tuple[Item, WordsNode]] = []
        wanted, is_cut = re.subn(r"\s*(?:\[…\]|…)\s*$", "", group.title)
        for item in group.members:
            at = find_words(item.text, wanted)
            if at is None or not item.is_quotable or len(group.title.split()) < 2:
                continue
            offset = 0 if item.is_corrected else item.start
            span = (offset + at[0], offset + at[1])
            if any(start < span[1] and end > span[0] for start, end in item.masks):
                continue
            if may_quote(item):
                whole = quote(item, subject=self.subject(group)) if is_cut else None
                return item, whole or quote_node(item, span)
            if item.provenance == "note":
                found.append((item, self.report(item, span)))
        return found[0] if found else None

    def report(self, item: Item, span: tuple[int, int], lower: bool = True) -> WordsNode:
        """Words told without « »; `lower` for inside a sentence."""
        node = report_node(item, span)
        return replace(node, text=self.lexicon.lowered(node.text)) if lower else node

    def named(self, group: Group) -> Node:
        """A group named inside another sentence: its title, quoted where it says « je » or « nous », or has a sign."""
        own = self.own_words(group) if _AS_WRITTEN.search(group.title) else None
        if own is not None and own[1].kind == "quote":
            return own[1]
        node = self.title(group)
        return replace(node, text=f"il n’y a {node.text}") if _LACKS.match(node.text) else node

    def named_list(self, groups: Sequence[Group]) -> list[Node]:
        """Several groups named one after the other, between semicolons."""
        nodes: list[Node] = []
        for index, group in enumerate(groups):
            nodes += [TextNode("" if index == 0 else " ; "), self.named(group)]
        return nodes
