"""What hangs on a unit: what objects to it, what supports it, what would answer it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.contracts.plan import Unit
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.model import Group, Item, Material

ANSWERS_MAX = 2
SIDES = {"contre": "objection", "nuance": "condition", "pour": "support"}


@dataclass(frozen=True)
class Held:
    """Ideas that speak of a unit, by what they do: `objection`, `condition`, `support`."""

    objection: tuple[Item, ...] = ()
    condition: tuple[Item, ...] = ()
    support: tuple[Item, ...] = ()

    @property
    def is_disputed(self) -> bool:
        """Whether somebody objects, or sets a condition."""
        return bool(self.objection or self.condition)


def _is_unheard(item: Item) -> bool:
    """Whether an idea was written where nobody answers anybody: what it is against was proposed by no one there."""
    return item.channel == "enquete"


class Links:
    """Reads links and stances, once.

    Parameters
    ----------
    units : by group.
    """

    def __init__(self, material: Material, kinship: Kinship) -> None:
        self._material = material
        self._kinship = kinship
        self._toward: dict[tuple[str, str], list[Item]] = {}
        self._told: dict[str, Held] = {}
        self.spoken_of: dict[str, str] = {}
        for link in material.stands:
            one, two = material.items[link.from_item], material.items[link.to_item]
            if one.contribution_id != two.contribution_id and (link.is_confirmed or not _is_unheard(one)):
                self._toward.setdefault((two.group or two.item_id, link.kind), []).append(one)
                if link.kind == "objects":
                    self.spoken_of.setdefault(one.item_id, two.group or two.item_id)

    def held(self, group: Group) -> Held:
        """What is said of a group: by linked ideas, then by those of its members that take a side."""
        linked = {kind: self._toward.get((group.group_id, kind), []) for kind in ("objects", "supports")}
        found: dict[str, list[Item]] = {"objection": linked["objects"], "condition": [], "support": linked["supports"]}
        for item in group.members:
            side = None if _is_unheard(item) else SIDES.get(item.stance)
            if side is not None and item.item_id not in self.spoken_of and not self._kinship.names_another(item, group):
                found[side] = [*found[side], item]
        if group.axis != "sud" and not (found["objection"] and found["support"]) and not any(linked.values()):
            return Held()  # a side of what nobody proposes is no side
        return Held(**{side: tuple(dict.fromkeys(items)) for side, items in found.items()})

    def told(self, group: Group) -> Held:
        """What is held of a group, by those who name it."""
        if group.group_id not in self._told:
            sides = vars(self.held(group)).items()
            named = {side: tuple(i for i in items if self._kinship.speaks_of(i, group)) for side, items in sides}
            self._told[group.group_id] = Held(**named)
        return self._told[group.group_id]

    def answers(self, group: Group, units: dict[str, Unit]) -> dict[str, list[Unit]]:
        """What would answer an obstacle, by axis (`sud`, `nord`), the surest first; weak links are left aside."""
        found: dict[str, list[Unit]] = {"sud": [], "nord": []}
        for key in self._material.answers.get(group.group_id, ()):
            answer = self._material.groups.get(key)
            unit = units.get(key)
            if answer is None or unit is None or not unit.members or not unit.is_titled or unit.is_subject:
                continue
            if len(found[answer.axis]) < ANSWERS_MAX and self._kinship.is_linked(group, answer):
                found[answer.axis].append(unit)
        return found

    def n_hanging(self, group: Group) -> int:
        """How many links and sides hang on a group."""
        held = self.held(group)
        n_answers = len(self._material.answers.get(group.group_id, ())) + len(
            self._material.answered.get(group.group_id, ())
        )
        return len(held.objection) + len(held.condition) + min(n_answers, ANSWERS_MAX)
