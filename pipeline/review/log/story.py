"""What a sentence of the history may name of an act: its words, group, links and names, quoted and cut when long."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.axes import compass
from pipeline.contracts.labels import LINK_KIND_NAMES
from pipeline.language.text.typography import NO_BREAK, counted, joined
from pipeline.review.log.decisions import After, Decision, ItemAnchor
from pipeline.review.log.state import ReviewState


def quoted(text: str, limit: int = 70) -> str:
    """A text between French quotation marks, cut when long."""
    words = " ".join(text.split())
    shown = words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + " […]"
    return f"«{NO_BREAK}{shown}{NO_BREAK}»"


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
    def axis(self) -> str:
        """The axis that was chosen."""
        return compass()[self.after.axis].name if self.after.axis else ""

    @property
    def destination(self) -> str:
        """Where words were moved."""
        return "les signaux faibles" if self.after.group_id is None else self._title_of(self.after.group_id)

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
        return f"a relié deux paroles : {one} {LINK_KIND_NAMES[link.kind]} {other}"

    @property
    def names(self) -> str:
        """The names that it is about."""
        return f"{quoted(self.after.text)} partout" if self.after.text else self.items

    def _title_of(self, group_id: str) -> str:
        if group_id in self.state.groups:
            return quoted(self.state.groups[group_id].title)
        if group_id in self.decision.before.titles:
            return quoted(self.decision.before.titles[group_id])
        value = self.decision.before.value
        return quoted(value) if isinstance(value, str) and self.decision.op in ("merge", "split") else "un groupe"


def _items(anchors: tuple[ItemAnchor, ...]) -> str:
    if len(anchors) == 1:
        return quoted(anchors[0].text)
    if len(anchors) == 2:
        return f"{quoted(anchors[0].text, 40)} et {quoted(anchors[1].text, 40)}"
    return counted(len(anchors), "parole", feminine=True)
