"""The titles of several workshops as one set: what each workshop has under each, by its own placings, and what people
said of them.

Titles of people that are one text are one title, and so are those that a person says are one; a title that a machine
proposes stays its workshop's own. The log, undo and redo are those of a run (`pipeline.review.log`). A decision names
parts (`<workshop>/<group>`) and, beside each, the ideas that it held that day: in a run that was made again, they are
found by them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations, product
from uuid import uuid4

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.titles import OF_PEOPLE
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.withdrawal.quotations import ERASED
from pipeline.language.text.folding import fold
from pipeline.programme.workshops import RunRead
from pipeline.review.log.anchors import OVERLAP_MIN
from pipeline.review.log.decisions import REDO, UNDO, After, Before, Decision, Target
from pipeline.review.log.replay import UNDONE, Log, Outcome, read_log
from pipeline.workshop.model import Group, Item

IS_SAME, RENAME, IS_ANSWER = "meme", "rename", "link"
"""Whether two titles are one (`after.value`), how one is worded (`after.title`), and, in logs of 0.2.0, whether the
second answers the first."""
GONE = "Un des groupes n'est plus dans son atelier : cet acte ne décide rien. Refaites-le s'il le faut."
NO_TITLE = (
    "Cet acte de la version 0.2.0 portait sur une idée seule, ou sur le lien de deux idées. D'un atelier à l'autre ne "
    "se rapprochent plus que des titres, et les réponses viennent d'eux : il ne décide plus rien."
)


@dataclass(frozen=True)
class Part:
    """What one workshop has under one title, on one axis.

    Attributes
    ----------
    group : that of the run, or one made of the ideas that were placed here.
    key : of parts that are one title without anyone saying so.
    is_of_people : whether people gave the title, or took the one that was proposed.
    is_placed : whether its ideas were placed here under the title of another workshop.
    """

    part_id: str
    workshop: str
    axis: str
    group: Group
    key: str
    is_of_people: bool
    is_placed: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        """Its ideas, the most central first."""
        return self.group.members


@dataclass(frozen=True)
class Shared:
    """A title, and what each workshop has under it.

    Attributes
    ----------
    parts : in the order of the workshops, then of the axes.
    titled_by : who reworded it here; "" for nobody.
    """

    title_id: str
    text: str
    titled_by: str
    parts: tuple[Part, ...]

    @property
    def workshops(self) -> tuple[str, ...]:
        """Where something is under it, in order."""
        return tuple(dict.fromkeys(part.workshop for part in self.parts))

    @property
    def homes(self) -> tuple[str, ...]:
        """Where it is a title, in order: not where words were only placed under it."""
        return tuple(dict.fromkeys(part.workshop for part in self.parts if not part.is_placed))

    @property
    def is_of_people(self) -> bool:
        """Whether people gave it."""
        return any(part.is_of_people for part in self.parts)

    @property
    def axis(self) -> str:
        """The axis of most of its workshops, the first of the rose of several."""
        return max(COMPASS_CODES, key=lambda code: sum(part.axis == code for part in self.parts))

    def on(self, workshop: str, *axes: str) -> list[Part]:
        """What a workshop has under it, on some axes or on any."""
        return [one for one in self.parts if one.workshop == workshop and (not axes or one.axis in axes)]


def parts_of(runs: Sequence[RunRead], order: Sequence[str]) -> dict[str, Part]:
    """The groups of every workshop, by id, the workshops in order."""
    found: dict[str, Part] = {}
    homes = {workshop.key: (run, workshop) for run in runs for workshop in run.workshops}
    for run, workshop in (homes[key] for key in order):
        for group in (one for axis in COMPASS_CODES for one in workshop.material.groups_of(axis)):
            is_of_people = group.origin in OF_PEOPLE or group.is_trusted
            own = f"{run.key}/{group.group_id.removeprefix(f'{workshop.key}/')}"
            key = title_key(group.title) if is_of_people else own
            found[group.group_id] = Part(group.group_id, workshop.key, group.axis, group, key, is_of_people)
    return found


def title_key(title: str) -> str:
    """What titles that are one text have in common."""
    return fold(" ".join(title.split())).strip(" .!?;:")


@dataclass
class Decided:
    """What stands after the log.

    Attributes
    ----------
    said : pair of parts, in order → (whether they are one title, who said so).
    titles : (parts, title, who gave it), in the order of the log.
    outcomes : decision → what became of it. log : its decisions, and the lines that cannot be read.
    """

    said: dict[tuple[str, str], tuple[bool, str]] = field(default_factory=dict)
    titles: list[tuple[tuple[str, ...], str, str]] = field(default_factory=list)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    log: Log = field(default_factory=lambda: Log((), ()))


def replay(folder: RunFolder, parts: Mapping[str, Part]) -> Decided:
    """The log of a programme, on the titles of today."""
    found = Decided(log=read_log(folder.decisions.lines(), lacking=_flaw))
    undone = found.log.undone()
    holders = {item.item_id: key for key, part in parts.items() for item in part.items}
    for decision in found.log.decisions:
        if decision.is_undo_or_redo:
            found.outcomes[decision.decision_id] = Outcome("rejouee")
        elif decision.decision_id in undone:
            found.outcomes[decision.decision_id] = UNDONE
        else:
            found.outcomes[decision.decision_id] = _apply(found, decision, parts, holders)
    return found


def _flaw(decision: Decision) -> str:
    """What a decision of a programme must say and does not; "" when nothing lacks."""
    target, after = decision.target, decision.after
    lacks = {
        IS_SAME: [] if len(target.groups) == 2 else ["deux groupes"],
        IS_ANSWER: [],
        RENAME: [*([] if target.groups else ["des groupes"]), *([] if after.title else ["title"])],
        UNDO: [] if target.decision_id else ["l'acte à annuler"],
        REDO: [] if target.decision_id else ["l'acte à rétablir"],
    }
    if decision.op not in lacks:
        return f"op : « {decision.op[:40]} »"
    missing = lacks[decision.op]
    return f"il y manque {', '.join(missing)}" if missing else ""


def _apply(found: Decided, decision: Decision, parts: Mapping[str, Part], holders: Mapping[str, str]) -> Outcome:
    if decision.op == IS_ANSWER or any(members == (key,) for key, members in decision.before.members.items()):
        return Outcome("orpheline", NO_TITLE)
    here = [_find(one, decision.before.members.get(one, ()), parts, holders) for one in decision.target.groups]
    known = list(dict.fromkeys(one for one in here if one is not None))
    if decision.op == RENAME:
        if not known:
            return Outcome("orpheline", GONE)
        if ERASED in str(decision.after.title):
            return Outcome("orpheline", "Ce titre venait d'une parole retirée : donnez-en un autre.")
        found.titles.append((tuple(known), str(decision.after.title), decision.author))
        return Outcome("rejouee")
    if len(known) < 2:
        return Outcome("orpheline", GONE)
    pair = (min(known), max(known))
    found.said.pop(pair, None)
    if decision.after.value is not None:
        found.said[pair] = (decision.after.value, decision.author)
    return Outcome("rejouee")


def _find(key: str, members: Sequence[str], parts: Mapping[str, Part], holders: Mapping[str, str]) -> str | None:
    """The part that a decision named: the same id while it holds half of the same ideas, else the one that does."""
    here = Counter(holders[member] for member in members if member in holders)
    if key in parts and (not members or here[key] >= OVERLAP_MIN * min(len(members), len(parts[key].items))):
        return key
    best = min(here.items(), key=lambda row: (-row[1], row[0]), default=None)
    return best[0] if best is not None and best[1] >= OVERLAP_MIN * sum(here.values()) else None


def decision_of(
    author: str, op: str, parts: Iterable[Part], value: bool | None = None, title: str | None = None
) -> Decision:
    """An act on titles, as the log keeps it: no word of anyone is in it but the title that the person gives."""
    named = list(parts)
    return Decision(
        decision_id=uuid4().hex,
        ts=datetime.now(UTC).isoformat(timespec="seconds"),
        author=author,
        op=op,
        target=Target(groups=tuple(part.part_id for part in named)),
        before=Before(members={part.part_id: tuple(item.item_id for item in part.items) for part in named}),
        after=After(value=value, title=title),
    )


def record(folder: RunFolder, decisions: Iterable[Decision]) -> None:
    """Write decisions to the log of a programme.

    Raises
    ------
    ArtifactError : the disk refused them; nothing was done.
    """
    folder.decisions.append([decision.to_line() for decision in decisions])


def undo(folder: RunFolder, author: str) -> Decision | None:
    """Undo the last act that stands; None when there is none."""
    log = read_log(folder.decisions.lines(), lacking=_flaw)
    undone = log.undone()
    acts = [one for one in log.decisions if not one.is_undo_or_redo and one.decision_id not in undone]
    if not acts:
        return None
    now = datetime.now(UTC).isoformat(timespec="seconds")
    target = Target(decision_id=acts[-1].decision_id)
    record(folder, [Decision(decision_id=uuid4().hex, ts=now, author=author, op=UNDO, target=target)])
    return acts[-1]


def as_one_set(parts: Mapping[str, Part], decided: Decided) -> list[Shared]:
    """The titles of all workshops as one set, in the order of their first parts.

    A person's word goes before all: what she told apart is joined by no one else, nor by the way round.
    """
    from scipy.cluster.hierarchy import DisjointSet

    tied = DisjointSet(parts)
    apart = {pair for pair, (is_one, _) in decided.said.items() if not is_one}
    for (one, other), (is_one, _) in decided.said.items():
        if is_one:
            tied.merge(one, other)
    alike: dict[str, list[str]] = {}
    for part_id, part in parts.items():
        alike.setdefault(part.key, []).append(part_id)
    for one, other in (pair for held in alike.values() for pair in combinations(held, 2)):
        if tied.connected(one, other):
            continue
        if not apart.intersection((min(pair), max(pair)) for pair in product(tied.subset(one), tied.subset(other))):
            tied.merge(one, other)
    rank = {part_id: place for place, part_id in enumerate(parts)}
    sets = (sorted(held, key=rank.__getitem__) for held in tied.subsets())
    return [_shared([parts[key] for key in held], decided) for held in sorted(sets, key=lambda held: rank[held[0]])]


def _shared(held: Sequence[Part], decided: Decided) -> Shared:
    """A person's wording given here goes first, then the title that most workshops have, then the shortest."""
    ids = {part.part_id for part in held}
    given = [(title, who) for named, title, who in decided.titles if ids.intersection(named)]
    counts = Counter(part.key for part in held if part.is_of_people)
    best = min(held, key=lambda part: (not part.is_of_people, -counts[part.key], len(part.group.title), part.part_id))
    text, who = given[-1] if given else (best.group.title, "")
    title_id = "titre-" + hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:12]
    return Shared(title_id, text, who, tuple(held))
