"""One kind of decision: what it is about, what it must say, what it does, and how the history tells it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.review.log.decisions import Decision, Target
from pipeline.review.log.state import Group, Item, ReviewState
from pipeline.review.log.story import Story

About = Literal[
    "items",
    "two items",
    "groups",
    "items of a group",
    "items or groups",
    "two groups",
    "group or theme",
    "links",
    "decision",
]


@dataclass(frozen=True)
class Op:
    """One row of `pipeline.review.log.ops.OPS`.

    Attributes
    ----------
    tell : the clause of the history, whose subject is the person ("a renommé…").
    apply : what the act does to the state; returns a word for the person, "" when all is well, or raises `ActError`.
    needs : fields of `after` without which a line is no act.
    fields : fields of `after` that a form of the page may fill.
    asks : those of them that the page asks for when they are not given.
    is_on_ticked : whether it is done, on the page, to the items that are ticked.
    opens_group : whether it makes a group, whose id is that of the decision.
    was_group, was_item : what it replaces, kept in `before.value`.
    is_beside : whether it changes nothing of the text.
    """

    name: str
    about: About
    tell: Callable[[Story], str]
    apply: Callable[[ReviewState, Decision], str]
    needs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    is_on_ticked: bool = False
    opens_group: bool = False
    was_group: Callable[[Group], Any] = lambda group: group.title
    was_item: Callable[[ReviewState, Item], Any] = lambda _, __: None
    is_beside: bool = False

    def lacks(self, decision: Decision) -> str:
        """What a decision must say and does not, in French; "" when nothing lacks."""
        missing = [name for name in self.needs if getattr(decision.after, name) is None]
        is_told, told = _TARGETS[self.about]
        return ", ".join(missing if is_told(decision.target) else [*missing, told])


_TARGETS: dict[About, tuple[Callable[[Target], bool], str]] = {
    "items": (lambda target: bool(target.items), "des paroles"),
    "two items": (lambda target: len(target.items) == 2, "deux paroles"),
    "groups": (lambda target: bool(target.groups), "un groupe"),
    "items of a group": (lambda target: bool(target.items and target.groups), "des paroles et leur groupe"),
    "items or groups": (lambda target: bool(target.items or target.groups), "des paroles ou un groupe"),
    "two groups": (lambda target: len(target.groups) > 1, "deux groupes"),
    "group or theme": (lambda target: bool(target.groups or target.theme_id), "un groupe ou un thème"),
    "links": (lambda target: bool(target.links), "un lien"),
    "decision": (lambda target: bool(target.decision_id), "l'acte à annuler ou à rétablir"),
}
