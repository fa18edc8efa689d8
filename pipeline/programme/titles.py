"""The titles of several workshops as one set: what each workshop has under each, by its own placings, and what people
said of them.

Titles of people that are one text are one title, and so are those that `programme.toml` says are one; a title that a
machine proposes stays its workshop's own. Logs of 0.2.0 (`decisions.jsonl`) are replayed: they name parts
(`<workshop>/<group>`) and, beside each, the ideas that it held that day, by which they are found in a run that was made
again."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.titles import OF_PEOPLE
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.withdrawal.quotations import ERASED
from pipeline.language.text.typography import counted
from pipeline.place.titles import title_key
from pipeline.programme.workshops import About, RunRead, read_programme, read_runs
from pipeline.review.log.anchors import heir_of
from pipeline.review.log.decisions import Decision
from pipeline.review.log.replay import read_log
from pipeline.workshop.model import Group, Item

IS_SAME, RENAME = "meme", "rename"
"""Acts of a log: whether two titles are one (`after.value`), how one is worded (`after.title`)."""
LOST = "un acte d'une version d'avant ne décide plus rien", "actes d'une version d'avant ne décident plus rien"
NO_TITLE = "programme.toml nomme « {0} », qui n'est le titre d'aucun atelier. Recopiez le titre tel qu'il y est écrit."


@dataclass(frozen=True)
class Part:
    """What one workshop has under one title, on one axis.

    Attributes
    ----------
    group : that of the run.
    key : of parts that are one title without anyone saying so.
    is_of_people : whether people gave the title, or took the one that was proposed.
    """

    part_id: str
    workshop: str
    axis: str
    group: Group
    key: str
    is_of_people: bool

    @property
    def items(self) -> tuple[Item, ...]:
        """Its ideas, the most central first."""
        return self.group.members


@dataclass(frozen=True)
class Shared:
    """A title, and what each workshop has under it.

    `parts` : in the order of the workshops, then of the axes.
    """

    title_id: str
    text: str
    parts: tuple[Part, ...]

    @property
    def workshops(self) -> tuple[str, ...]:
        """Those that have it, in order."""
        return tuple(dict.fromkeys(part.workshop for part in self.parts))

    @property
    def is_of_people(self) -> bool:
        """Whether people gave it."""
        return any(part.is_of_people for part in self.parts)

    @property
    def width(self) -> tuple[int, int, str]:
        """Key by which the widest come first: by workshops that have it, then by ideas."""
        return -len(self.workshops), -sum(len(part.items) for part in self.parts), self.title_id


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


@dataclass
class Decided:
    """What people said of titles.

    Attributes
    ----------
    said : pair of parts, in order → whether they are one title.
    titles : (parts, title), the last word last.
    told : sentences for people.
    """

    said: dict[tuple[str, str], bool] = field(default_factory=dict)
    titles: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    told: tuple[str, ...] = ()


def decided_of(folder: RunFolder, about: About, parts: Mapping[str, Part]) -> Decided:
    """Read what people said of titles: the log of an earlier version, then `programme.toml`."""
    found = Decided()
    log = read_log(folder.decisions.lines(), lacking=lambda _: "")
    undone = log.undone()
    holders = {item.item_id: key for key, part in parts.items() for item in part.items}
    acts = (one for one in log.decisions if not one.is_undo_or_redo and one.decision_id not in undone)
    lost = sum(not _apply(found, one, parts, holders) for one in acts) + len(log.bad_lines)
    by_text: dict[str, list[str]] = {}
    for part in parts.values():
        if part.is_of_people:
            by_text.setdefault(title_key(part.group.title), []).append(part.part_id)
    for titles in about.memes_titres:
        held = [by_text.get(title_key(title), []) for title in titles]
        unknown = {title for title, own in zip(titles[1:], held[1:], strict=True) if not own}
        found.told += tuple(NO_TITLE.format(title) for title in sorted(unknown))
        ids = [part for own in held for part in own]
        found.said |= {(min(pair), max(pair)): True for pair in pairwise(ids)}
        found.titles.append((tuple(ids), titles[0]))
    if lost:
        found.told += (f"{counted(lost, *LOST).capitalize()} : dites-le dans programme.toml (memes_titres).",)
    return found


def _apply(found: Decided, decision: Decision, parts: Mapping[str, Part], holders: Mapping[str, str]) -> bool:
    """Replay an act of a log; whether it decides something."""
    before, after = decision.before.members, decision.after
    if any(members == (key,) for key, members in before.items()):  # of an idea alone
        return False
    held = {key: part.items for key, part in parts.items()}
    here = [heir_of(one, before.get(one, ()), held, holders) for one in decision.target.groups]
    known = tuple(dict.fromkeys(one for one in here if one is not None))
    if decision.op == RENAME and known and after.title and ERASED not in after.title:
        found.titles.append((known, after.title))
        return True
    if decision.op != IS_SAME or len(known) != 2:
        return False
    pair = (min(known), max(known))
    found.said.pop(pair, None)
    if after.value is not None:
        found.said[pair] = after.value
    return True


def as_one_set(parts: Mapping[str, Part], decided: Decided) -> list[Shared]:
    """The titles of all workshops as one set, in the order of their first parts.

    A person's word goes before all: what she told apart is joined by no one else, nor by the way round.
    """
    from scipy.cluster.hierarchy import DisjointSet

    tied = DisjointSet(parts)
    apart = {pair for pair, is_one in decided.said.items() if not is_one}
    for (one, other), is_one in decided.said.items():
        if is_one:
            tied.merge(one, other)
    alike: dict[str, list[str]] = {}
    for part_id, part in parts.items():
        alike.setdefault(part.key, []).append(part_id)
    for one, other in (pair for held in alike.values() for pair in combinations(held, 2)):
        if not apart.intersection((min(pair), max(pair)) for pair in product(tied.subset(one), tied.subset(other))):
            tied.merge(one, other)
    rank = {part_id: place for place, part_id in enumerate(parts)}
    sets = (sorted(held, key=rank.__getitem__) for held in tied.subsets())
    return [_shared([parts[key] for key in held], decided) for held in sorted(sets, key=lambda held: rank[held[0]])]


def _shared(held: Sequence[Part], decided: Decided) -> Shared:
    """A person's wording given here goes first, then the title that most workshops have, then the shortest."""
    ids = {part.part_id for part in held}
    given = [title for named, title in decided.titles if ids.intersection(named)]
    counts = Counter(part.key for part in held if part.is_of_people)
    best = min(held, key=lambda part: (not part.is_of_people, -counts[part.key], len(part.group.title), part.part_id))
    title_id = "titre-" + hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:12]
    return Shared(title_id, given[-1] if given else best.group.title, tuple(held))


def worded(folder: RunFolder) -> tuple[tuple[RunRead, ...], dict[str, str]]:
    """The runs of a programme, and how it words the titles that people gave or took in them, by `title_key`.

    Raises
    ------
    UsageError, ArtifactError : see `read_programme`, `read_runs`.
    """
    programme = read_programme(folder.path)
    runs = read_runs(folder.path, programme.ateliers)
    parts = parts_of(runs, [one.key for run in runs for one in run.workshops])
    titles = as_one_set(parts, decided_of(folder, programme.programme, parts))
    return runs, {part.key: one.text for one in titles for part in one.parts if part.is_of_people}
