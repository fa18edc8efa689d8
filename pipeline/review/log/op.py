"""Kind of decision: what it is about, what it must say, what it does, and the words in which the history tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.axes import compass
from pipeline.contracts.labels import LINK_KIND_NAMES, PART_NAMES
from pipeline.language.text.typography import NO_BREAK, counted, joined, shortened
from pipeline.review.log.decisions import After, Decision, ItemAnchor, Target
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import GivenTitle, Group, Item

ASKS_TITLE = {"title": "Donnez d’abord un titre."}
ASKS_PLACE = {"group_id": "Choisissez d’abord où déplacer ces idées."}
PLACINGS = "titres"
"""What is judged beside the four axes, as the table `control` calls it."""
OUT = "hors des titres"
"""Where words that are under no title are, as the page says it."""


def quoted(text: str, limit: int = 70) -> str:
    """A text between French quotation marks, cut when long."""
    return f"«{NO_BREAK}{shortened(' '.join(text.split()), limit)}{NO_BREAK}»"


@dataclass(frozen=True)
class Story:
    """An act, and the state that its groups are named from."""

    state: ReviewState
    decision: Decision

    @property
    def after(self) -> After:
        """What the person wanted."""
        return self.decision.after

    @property
    def title(self) -> str:
        """The title that was given."""
        return quoted(self.after.title or "")

    @property
    def groups(self) -> str:
        """All the groups that it is about, as they were called."""
        called, groups = self.decision.before.titles, self.decision.target.groups
        if not called:  # an older log does not tell
            return f"{counted(len(groups), 'groupe')} : {self.title if self.after.title else self.group}"
        return joined([quoted(called[group]) for group in groups])

    @property
    def new_title(self) -> str:
        """The title that was given, when none of its groups had it."""
        is_new = self.after.title and self.after.title not in self.decision.before.titles.values()
        return f" sous le titre {self.title}" if is_new and self.decision.before.titles else ""

    @property
    def group(self) -> str:
        """The group that it is about, "" when it is about none."""
        groups = self.decision.target.groups
        return self._title_of(groups[0]) if groups else ""

    @property
    def items(self) -> str:
        """The words that it is about."""
        return _items(self.decision.target.items)

    @property
    def what(self) -> str:
        """The words, else the group: what is done to words names them, wherever they stand."""
        return self.items if self.decision.target.items else self.group

    @property
    def part(self) -> str:
        """The part of the text that it is about."""
        return quoted(PART_NAMES[self.decision.target.part or "essentiel"])

    @property
    def axis(self) -> str:
        """The axis that was chosen."""
        return compass()[self.after.axis].name if self.after.axis else ""

    @property
    def destination(self) -> str:
        """Where words were moved."""
        return self._title_of(str(self.after.group_id))

    @property
    def links(self) -> str:
        """The links that it is about."""
        links = self.decision.target.links
        if len(links) > 1:
            return f"{counted(len(links), 'lien')} vers {quoted(links[0].to_item.text, 40)}"
        return " et ".join(f"le lien entre {_items((link.from_item, link.to_item))}" for link in links)

    @property
    def new_link(self) -> str:
        """A link that the person made."""
        link = self.decision.target.links[0]
        one, other = (quoted(anchor.text, 50) for anchor in (link.from_item, link.to_item))
        return f"a relié deux idées : {one} {LINK_KIND_NAMES[link.kind]} {other}"

    @property
    def names(self) -> str:
        """The names that it is about."""
        once = {anchor.text.casefold(): anchor for anchor in self.decision.target.items}
        found = counted(len(once), "nom") if len(once) > 2 else _items(tuple(once.values()))
        return f"{quoted(self.after.text)} partout" if self.after.text else found

    def _title_of(self, group_id: str) -> str:
        if group := self.state.groups.get(group_id):
            return quoted(group.title)
        if given := self.state.titled.get(group_id):
            return quoted(given.text)
        before = self.decision.before
        if group_id in before.titles:
            return quoted(before.titles[group_id])
        is_told = isinstance(before.value, str) and self.decision.op in ("merge", "split")
        return quoted(before.value) if is_told else "un groupe"


def _items(anchors: tuple[ItemAnchor, ...]) -> str:
    if len(anchors) in (1, 2):
        return " et ".join(quoted(one.text, 70 if len(anchors) == 1 else 40) for one in anchors)
    return counted(len(anchors), "idée", feminine=True)


@dataclass(frozen=True)
class Op:
    """One row of `pipeline.review.log.ops.OPS`.

    Attributes
    ----------
    about : what it is done to, a key of `_TARGETS`.
    tell : the clause of the history, whose subject is the person ("a renommé…").
    apply : what the act does to the state; returns a word for the person, "" when all is well, or raises `ActError`.
    needs : fields of `after` without which a line is no act.
    fields : fields of `after` that a form of the page may fill.
    asks : those of them that the page asks for when they are not given → what it says then.
    is_on_ticked : whether it is done, on the page, to the items that are ticked.
    opens_group : whether it makes a group, whose id is that of the decision.
    was_group, was_item, was_title : what it replaces, kept in `before.value`.
    is_beside : whether it changes nothing of the text.
    is_followed : whether the next run places ideas as it says: it puts words under a title or takes them away, gives a
        title or rewords it.
    """

    name: str
    about: str
    tell: Callable[[Story], str]
    apply: Callable[[ReviewState, Decision], str]
    needs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict)
    is_on_ticked: bool = False
    opens_group: bool = False
    was_group: Callable[[Group], Any] = lambda group: group.title
    was_item: Callable[[ReviewState, Item], Any] = lambda _, __: None
    was_title: Callable[[GivenTitle], Any] | None = None
    is_beside: bool = False
    is_followed: bool = False

    def lacks(self, decision: Decision) -> str:
        """What a decision must say and does not, in French; "" when nothing lacks."""
        missing = [name for name in self.needs if getattr(decision.after, name) is None]
        is_told, wanted = _TARGETS[self.about]
        return ", ".join(missing if is_told(decision.target) else [*missing, wanted])


_TARGETS: dict[str, tuple[Callable[[Target], bool], str]] = {
    "items": (lambda target: bool(target.items), "des idées"),
    "two items": (lambda target: len(target.items) == 2, "deux idées"),
    "groups": (lambda target: bool(target.groups), "un groupe"),
    "items of a group": (lambda target: bool(target.items and target.groups), "des idées et leur groupe"),
    "items or groups": (lambda target: bool(target.items or target.groups), "des idées ou un groupe"),
    "two groups": (lambda target: len(target.groups) > 1, "deux groupes"),
    "group or theme": (lambda target: bool(target.groups or target.theme_id), "un groupe ou un thème"),
    "links": (lambda target: bool(target.links), "un lien"),
    "titles": (lambda _: True, ""),
    "decision": (lambda target: bool(target.decision_id), "l'acte à annuler ou à rétablir"),
    "part": (lambda target: bool(target.part), "une partie du texte"),
}
