"""The titles of a run: those of its folder or of `--themes`, of an earlier run, and what is kept of the last one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline.axes import COMPASS_CODES, HORS_AXE
from pipeline.cluster.given import made_titles
from pipeline.contracts.titles import MACHINE, OF_PEOPLE, PARTICIPANTS, PERSON, PROGRAMME, group_of_title
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.corpus_files import list_files
from pipeline.language.text.typography import counted
from pipeline.language.vocabulary.concepts import OTHERS
from pipeline.place.given import read_titles, titles_of_corpus, usable
from pipeline.place.titles import Given, Kept, Line, Title, checked, identified, title_key, title_table, titles_of
from pipeline.programme.titles import worded
from pipeline.programme.workshops import is_programme
from pipeline.review.log.decisions import Decision
from pipeline.review.log.on_titles import SET_AXIS, typed_title_id
from pipeline.review.log.ops import OPS
from pipeline.review.log.replay import read_log
from pipeline.run.jobs import Job
from pipeline.workshop.tables import RestitutionTables

KEPT = ("groups", "memberships", "themes", "placings")
NOT_KEPT = (
    "Les groupes n'ont pas pu être gardés\u00a0: ceux du dossier de résultats viennent d'une autre version, ou une "
    "contribution en a été retirée. Ils ont été refaits ; vos décisions sont rejouées sur les nouveaux."
)
SUBJECTS = (
    "[cluster] themes range les groupes par sujets, comme avant. Pour ranger les idées, donnez des titres\u00a0: "
    "themes.txt, ou --themes."
)
"""What is told of a setting of earlier versions where no title is given."""


def given_titles(job: Job) -> Given:
    """The titles that people gave: of `--themes`, else of the folder; those of the last run when it is not there."""
    asked = job.config.place.themes
    if asked and Path(asked).exists():
        given = titles_of_place(Path(asked))
    elif not asked and job.corpus.is_dir():
        given = titles_of_corpus(list_files(job.corpus, lambda *_: None))
    else:
        given = Given(tuple(title for title in titles_held(job.run) if title.is_of_people))
    typed = {one.title_id: one for one in typed_titles(job.run)}
    # one that was typed on the wall may be in the list since, on another axis
    known = identified(given.titles, [*titles_known(job.run), *typed.values()])
    listed = [
        replace(one, title_id=own.title_id) if own.title_id in typed else one
        for one, own in zip(given.titles, known, strict=True)
    ]
    there = {(title_key(own.text), own.axis) for own in known} | {own.title_id for own in known}
    left = (one for key, one in typed.items() if not {key, (title_key(one.text), one.axis)} & there)
    ordered = (replace(one, order=len(listed) + rank) for rank, one in enumerate(left))
    return replace(given, titles=(*listed, *ordered))


def typed_titles(run: RunFolder) -> list[Title]:
    """The titles that people typed during the review, and did not take back."""
    return [
        Title(new.title, new.axis, new.rubric or "", title_id=typed_title_id(decision.decision_id, rank))
        for decision in _followed(run)
        for rank, new in enumerate(decision.after.titles or ())
    ]


def _standing(run: RunFolder) -> list[Decision]:
    log = read_log(run.decisions.lines())
    undone = log.undone()
    return [one for one in log.decisions if one.decision_id not in undone]


def _followed(run: RunFolder) -> list[Decision]:
    return [one for one in _standing(run) if OPS[one.op].is_followed]


def with_typed(tables: RestitutionTables, run: RunFolder) -> RestitutionTables:
    """The tables with the titles that people typed since ideas were placed, but those that went under another, each on
    the axis that they gave it since."""
    merged = {key for one in _standing(run) if one.op == "merge" for key in one.target.groups[1:]}
    tables = replace(tables, titles=title_table(on_axes_of_acts(titles_of(tables.titles), run)))
    known = merged.union(tables.titles["title_id"])
    typed = [one for one in typed_titles(run) if one.title_id not in known]
    if not typed:
        return tables
    told = title_table(with_acts(typed, run))
    return replace(tables, titles=pd.concat([tables.titles, told], ignore_index=True))


def titles_of_place(path: Path) -> Given:
    """The titles of a file, of the results of an earlier run, or of a programme.

    Raises
    ------
    UsageError : no such file, or no title in it. RefusedFileError : it cannot be read.
    """
    if not path.is_dir():
        return usable(read_titles(path), str(path))
    theirs = [replace(line, origin=PROGRAMME if line.origin == PERSON else line.origin) for line in lines_of(path)]
    return usable(theirs, str(path))


def lines_of(folder: Path) -> list[Line]:
    """The titles of a run, or those that people gave or took in the workshops of a programme, as one set."""
    if not is_programme(folder):
        return titles_of_run(RunFolder.open(folder))
    runs, words = worded(RunFolder(folder))
    found: dict[tuple[str, str], Line] = {}
    for line in (one for run in runs for one in titles_of_run(run.folder)):
        if line.origin in OF_PEOPLE or title_key(line.text) in words:
            text = words.get(title_key(line.text), line.text)
            before = found.get((title_key(text), line.axis), replace(line, examples=(), refused=()))
            found[title_key(text), line.axis] = replace(
                before,
                text=text,
                examples=tuple(dict.fromkeys((*before.examples, *line.examples))),
                refused=tuple(dict.fromkeys((*before.refused, *line.refused))),
                origin=line.origin if line.origin == PARTICIPANTS else PROGRAMME,
                title_id="",
            )
    return list(found.values())


LEAST_OF_COLUMN, MOST_OF_COLUMN = 2, 60
"""Ideas that participants put in one column, below which it is no title; those of an axis above which it is a theme,
whose ideas are grouped like others."""
Columns = Mapping[Title, Sequence[str]]


def wall_columns(items: pd.DataFrame, contributions: pd.DataFrame, tags: pd.DataFrame) -> Columns:
    """The columns that participants made, as titles of any axis, their examples, and the ids of these: all but the
    cards that are surely on no axis; a column has one at least on the rose.

    Parameters
    ----------
    tags : rows as in `items`.
    """
    made = dict(zip(contributions["contribution_id"].tolist(), made_titles(contributions).tolist(), strict=True))
    rows = items[["item_id", "text"]].assign(
        made=[made[one] for one in items["contribution_id"].tolist()], axis=tags["axis"].to_numpy(dtype=object)
    )
    shares = tags[[f"p_{code}" for code in COMPASS_CODES]].to_numpy(dtype=np.float64)
    is_out = rows["axis"].eq(HORS_AXE).to_numpy() & tags["status"].eq("sur").to_numpy()
    rows = rows[~is_out].dropna(subset=["made"]).sort_values("item_id")
    found: dict[Title, Sequence[str]] = {}
    for text, part in rows.groupby("made", sort=True):
        counts = part["axis"].value_counts().reindex(COMPASS_CODES, fill_value=0)
        if len(part) >= LEAST_OF_COLUMN and 0 < counts.max() <= MOST_OF_COLUMN:
            line = Line("", str(text), "", "", tuple(part["text"]), (), PARTICIPANTS)
            here = shares[part.index].mean(axis=0)
            leaning = tuple(np.round(here / here.sum(), 4).tolist())
            found |= {replace(one, leaning=leaning): part["item_id"].tolist() for one in checked([line]).titles}
    return found


def with_columns(given: Sequence[Title], columns: Columns) -> tuple[Title, ...]:
    """Given titles, and the columns that none of them names."""
    known = {title_key(one.text) for one in given}
    left = (one for one in columns if title_key(one.text) not in known)
    return (*given, *(replace(one, order=len(given) + rank) for rank, one in enumerate(left)))


def in_columns(columns: Columns, titles: Sequence[Title]) -> dict[str, str]:
    """Item → the title of the column that participants put it in."""
    ids = {title_key(one.text): one.title_id for one in reversed(titles)}
    return {item: ids[title_key(one.text)] for one, held in columns.items() for item in held}


def with_acts(titles: Sequence[Title], run: RunFolder) -> tuple[Title, ...]:
    """Titles with what the acts of people on the page say of them: its words, its axis, words put under it as its
    examples, words taken away from it as refused.

    `titles` : with their ids.
    """
    own = _groups_of(titles)
    put: dict[str, list[str]] = {}
    taken: dict[str, list[str]] = {}
    called: dict[str, str] = {}
    for decision in _followed(run):
        words = [anchor.text for anchor in decision.target.items]
        now = own.get(decision.after.group_id or "")
        left = [own[group] for group in decision.target.groups if group in own]
        if decision.op == "rename":
            called |= {title.title_id: str(decision.after.title) for title in left}
        if decision.op in ("rename", SET_AXIS):
            continue
        left += [title for title in titles if decision.op == "move" and title.text == decision.before.value]
        if now is not None:
            put.setdefault(now.title_id, []).extend(words)
        for title in left:
            if title is not now:
                taken.setdefault(title.title_id, []).extend(words)
    told = (
        replace(
            title,
            text=called.get(title.title_id, title.text),
            examples=tuple(dict.fromkeys((*title.examples, *put.get(title.title_id, ())))),
            refused=tuple(dict.fromkeys((*title.refused, *taken.get(title.title_id, ())))),
        )
        for title in titles
    )
    return on_axes_of_acts(tuple(told), run)


def on_axes_of_acts(titles: Sequence[Title], run: RunFolder) -> tuple[Title, ...]:
    """Titles with their ids, each on the axis where acts of people on the page put it since it stood as they say."""
    axes = {title.title_id: title.axis or "" for title in titles}
    own = {key: title.title_id for key, title in _groups_of(titles).items()}
    for decision in _followed(run):
        key = own.get(decision.target.groups[0], "") if decision.op == SET_AXIS else ""
        if key and axes[key] == (decision.before.value or ""):
            axes[key] = "" if decision.after.axis == HORS_AXE else str(decision.after.axis)
    return tuple(replace(title, axis=axes[title.title_id] or None) for title in titles)


def placing_acts(run: RunFolder) -> list[str]:
    """The lines of the log that `with_acts` reads, as far as they stand."""
    return [one.to_line() for one in _followed(run)]


def recorded(given: Given) -> list[Any]:
    """Titles as the manifest tells them from others; an id that a run gave is no part of it."""
    return [
        [title.text, title.axis, title.rubric, title.examples, title.refused, title.origin] for title in given.titles
    ]


@dataclass(frozen=True)
class Before:
    """What a run takes from the last one.

    Attributes
    ----------
    titles : that it had, see `titles_known`. proposals : its groups, when they are to stay, as titles that propose.
    kept : where its items were. told : sentences for the person who ran it.
    """

    titles: tuple[Title, ...] = ()
    proposals: tuple[Title, ...] = ()
    kept: Kept | None = None
    told: tuple[str, ...] = ()

    def identified(self, given: Sequence[Title]) -> tuple[Title, ...]:
        """Given titles with their ids, and the proposals that stay, after them."""
        titles = identified(given, self.titles)
        known = {title.title_id for title in titles}
        left = [title for title in self.proposals if title.title_id not in known]
        return (*titles, *(replace(title, order=len(titles) + place) for place, title in enumerate(left)))


def proposed_before(job: Job) -> Before:
    """The titles of the last run, and its other groups when `garder_groupes` asks for them."""
    titles, known = titles_held(job.run), titles_known(job.run)
    if not job.config.cluster.garder_groupes or "cluster" not in job.run.manifest.load()["stages"]:
        return Before(known)
    tables = job.run.earlier_tables(KEPT) if job.run.holds("cluster") else None
    if tables is None:
        return Before(known, told=(NOT_KEPT,))
    names = dict(zip(tables["themes"]["theme_id"], tables["themes"]["title"], strict=True))
    own = _groups_of(titles)
    rows = tables["groups"][["group_id", "axis", "theme_id", "title", "origin"]].itertuples(index=False)
    proposals = [
        Title(text, axis, names.get(theme, ""), origin=MACHINE if origin == PERSON else origin, title_id=group)
        for group, axis, theme, text, origin in rows
        if group not in own
    ]
    proposed = frozenset(title.title_id for title in proposals)
    under = tables["placings"][["item_id"]].merge(tables["memberships"], how="left", on="item_id")
    own_title = under["group_id"].where(under["group_id"].isin(proposed), "")
    kept = under[["item_id", "strength"]].assign(title_id=own_title).set_index("item_id")
    told = counted(
        len(proposals),
        "proposition garde son titre et ses idées",
        "propositions gardent leurs titres et leurs idées",
        feminine=True,
    )
    return Before(
        known,
        tuple(proposals),
        Kept(kept, proposed),
        (f"Groupes gardés\u00a0: {told} ; les idées nouvelles sont rangées dessous.",),
    )


def titles_held(run: RunFolder) -> tuple[Title, ...]:
    """The titles that a run folder holds, given or proposed; () where it has none, or another version wrote them."""
    tables = run.earlier_tables(("titles",)) if run.has_table("titles") else None
    return titles_of(tables["titles"]) if tables else ()


def titles_known(run: RunFolder) -> tuple[Title, ...]:
    """The titles that a run folder holds, in their words, then in those that they had before they were called so: a
    list may say them still."""
    titles = titles_held(run)
    own = _groups_of(titles)
    former = (
        replace(own[group], text=text)
        for decision in _standing(run)
        if decision.op == "rename"
        for group, text in decision.before.titles.items()
        if group in own
    )
    return (*titles, *former)


def _groups_of(titles: Sequence[Title]) -> dict[str, Title]:
    """Group → the title of people that it is of, or was before it had an axis; the title by its own id too."""
    return {
        key: title
        for title in titles
        for axis in COMPASS_CODES
        for key in (title.title_id, group_of_title(title.title_id, None, axis))
        if title.is_of_people
    }


def titles_of_run(run: RunFolder) -> list[Line]:
    """The titles of a run as people left them, to be used again: given ones, then its other groups, but those that were
    rejected; what a person put under a title is an example of it."""
    titles, groups = titles_held(run), run.load_table("reviewed_groups")
    own = _groups_of(titles)
    themes = run.load_table("reviewed_themes")
    names = dict(zip(themes["theme_id"], themes["title"], strict=True))
    rows = {row["group_id"]: row for row in groups.astype(object).to_dict("records")}
    examples = _examples(run)
    where = str(run.path)
    found = []
    for title in titles:
        if title.is_of_people:
            row = rows.get(title.title_id)
            text = title.text if row is None else row["title"]
            seen = [one for group, of in own.items() if of is title for one in examples.get(group, ())]
            told = tuple(dict.fromkeys((*title.examples, *seen)))
            line = Line(where, text, title.axis or "", title.rubric, told, title.refused, title.origin, title.title_id)
            found.append(line)
    for group, row in sorted(rows.items(), key=lambda one: (one[1]["axis"], one[1]["position"], one[0])):
        if group in own or row["state"] == "rejete":
            continue
        rubric = names.get(row["theme_id"], "")
        origin = PERSON if row["is_titled"] else row["origin"]
        rubric = "" if rubric == OTHERS else rubric
        of_people = tuple(dict.fromkeys(examples.get(group, ())))
        found.append(Line(where, row["title"], row["axis"], rubric, of_people, (), origin, group))
    return found


def _examples(run: RunFolder) -> dict[str, list[str]]:
    members = run.load_table("reviewed_memberships").dropna(subset=["group_id", "decided_by"])
    texts = run.load_table("items").set_index("item_id")["text"]
    ordered = members.sort_values("item_id")
    found = ordered["item_id"].map(texts).groupby(ordered["group_id"])
    return {str(group): held.tolist() for group, held in found}


def table_of(lines: Sequence[Line]) -> pd.DataFrame:
    """Titles as a file of titles says them."""
    columns = {
        "titre": [line.text for line in lines],
        "axe": [line.axis for line in lines],
        "rubrique": [line.rubric for line in lines],
        "exemples": ["\n".join(line.examples) for line in lines],
        "pas": ["\n".join(line.refused) for line in lines],
        "origine": [line.origin for line in lines],
        "id": [line.title_id for line in lines],
    }
    return pd.DataFrame(columns, dtype=object)
