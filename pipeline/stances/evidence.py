"""What is known of a stance before words are read: the positions of files, and the headings that things stand under."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from pipeline.contracts.labels import CONTEXT_JOINT
from pipeline.contracts.tables import DECISION, NEITHER
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import either, read_toml, read_words
from pipeline.language.vocabulary.cues import CON, MIXED, PRO, UNKNOWN

_STANCE_OF = {"pour": PRO, "contre": CON, "nuance": MIXED, "abstention": UNKNOWN, "sans": UNKNOWN}
_EDGES = re.compile(r"^[^\w]*(?:\d{1,2}[.)/ -]+)?[^\w]*|[^\w']*$")


class Known(NamedTuple):
    """A stance that a file tells, and what it is on, in words."""

    stance: str
    about: str


def known_sides(positions: pd.DataFrame) -> Mapping[str, Known]:
    """Contribution → the stance that files give it and what it is on; contributions on two sides at once, or on two
    things, are left to their words."""
    takes_side = positions["contribution_id"].notna() & positions["evidence"].ne(DECISION)
    rows = positions[takes_side & ~_are_answers(positions)]
    found: dict[str, Known | None] = {}
    for contribution, side, about in zip(rows["contribution_id"], rows["side"], rows["about"], strict=True):
        known = Known(_STANCE_OF[str(side)], str(about))
        found[str(contribution)] = known if found.get(str(contribution), known) == known else None
    return {contribution: known for contribution, known in found.items() if known is not None}


def answered_sides(positions: pd.DataFrame) -> pd.DataFrame:
    """The sides that contributions take about another one that they answer: contribution_id, target, about, stance; an
    answer that takes none is left to its words."""
    takes_side = positions["contribution_id"].notna() & positions["side"].ne(NEITHER)
    rows = positions[takes_side & _are_answers(positions)]
    stances = rows["side"].astype(object).map(_STANCE_OF)
    return rows[["contribution_id", "target", "about"]].assign(stance=stances).reset_index(drop=True)


def _are_answers(positions: pd.DataFrame) -> pd.Series:
    return positions["evidence"].eq("fil") & positions["target"].notna()


def side_of_headings(headings: Sequence[str], context: str = "") -> Known:
    """The stance of what stands under headings, outermost first: that of the innermost that takes a side, "" for none;
    and the heading above it, where what it lists is said of that one (« Pour », « Inconvénients »), "" for the thing
    listed itself (« À éviter »)."""
    path = [*headings, *context.split(CONTEXT_JOINT)]
    for at in reversed(range(len(path))):
        told = _told_by(path[at])
        if stance := str(told.get("stance", "")):
            above = (
                one for one in reversed(path[:at]) if one not in ("", path[at]) and not _told_by(one).get("stance")
            )
            return Known(stance, next(above, path[at]) if told.get("argues") else "")
    return Known("", "")


def axes_of_headings(context: str) -> Sequence[str]:
    """The axes of what stands under headings, by the innermost that tells: « Choses à garder »; () for none."""
    found = (_told_by(one).get("axes", ()) for one in reversed(context.split(CONTEXT_JOINT)))
    return next(filter(None, found), ())


@lru_cache(maxsize=4_096)
def _told_by(heading: str) -> Mapping[str, Any]:
    """What a heading says of what it lists: `stance`, `axes`."""
    bare = _EDGES.sub("", " ".join(fold(heading).replace("’", "'").split()))
    if not bare or heading.rstrip().endswith("?"):
        return {}
    said = _LISTED.sub("", bare)
    for told in read_toml(__name__, "headings").values():
        is_said = bare in told.get("whole", ()) or any(map(bare.startswith, told.get("opens", ())))
        if is_said or any(re.match(rf"{words}e?s?(?: et \w+)?$", said) for words in told.get("listed", ())):
            return dict(told)
    return {}


_THINGS = either(map(fold, read_words(__name__, "listed_things")))
_LISTED = re.compile(rf"^(?:(?:les?|la|nos|des|ce|quelques|autres) )?(?:(?:{_THINGS}) )?")
"""What names the things that a heading lists, before what it says of them."""
