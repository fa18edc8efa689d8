"""Withdrawn contributions known again without their words: their id, salted prints of their words and of parts of them.

An id is lost when a file is renamed; the print of words is not. Several people may have written the same words: the ids
of those who did not withdraw theirs are kept too.

What says nearly the same words is known by the shingles (`SHINGLE` words in a row) that nobody else said on the day of
the withdrawal: `COMMON_MIN` of them at least, and `SHARE_MIN` of those of both texts; of one of them when `LONG` are
common, since a turn may come back joined to others or cut in pieces.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.errors import ArtifactError
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.withdrawal.quotations import words

SAVED = "retraits"
"""Where they are, in the run folder."""
SHINGLE = 3
SHARE_MIN = 0.6
COMMON_MIN, LONG = 8, 20
"""Common shingles: ten words in a row are no common phrase; a piece of a speech is told by twenty-two."""
_DAMAGED = (
    "{0} est abîmé. Ne l'effacez pas\u00a0: il dit quelles contributions ont été retirées, et elles reviendraient. "
    "Remettez-le d'une sauvegarde, ou retirez-les d'abord de vos fichiers."
)


@dataclass(frozen=True)
class Withdrawn:
    """One of them: `others` are the ids of those of the same words that were kept, `shingles` those that it alone
    said."""

    contribution_id: str
    print_: str
    others: tuple[str, ...]
    shingles: frozenset[str] = frozenset()

    def is_near(self, theirs: frozenset[str]) -> bool:
        """Whether a text of these shingles says nearly its words, most of them among others, or a piece of them."""
        common = len(self.shingles & theirs)
        if common < COMMON_MIN:
            return False
        shares = common / len(self.shingles), common / len(theirs)
        return (max(shares) if common >= LONG else min(shares)) >= SHARE_MIN


_KEYS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "id": ("contribution_id", str), "empreinte": ("print_", str), "autres": ("others", tuple),
    "fragments": ("shingles", frozenset),
}  # fmt: skip
"""How each is named in the run folder, and read; an earlier version had no shingles, and channels in its prints."""


@dataclass(frozen=True)
class Withdrawals:
    """Those of a run, and the salt of their prints."""

    salt: str = ""
    all: tuple[Withdrawn, ...] = ()

    @classmethod
    def of(cls, run: RunFolder) -> Withdrawals:
        """Those of a run; a damaged file is never taken for none, or what was withdrawn would come back."""
        content = run.read_file(f"{SAVED}.json")
        try:
            return cls.read(None if content is None else json.loads(content))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise ArtifactError(_DAMAGED.format(run.path / f"{SAVED}.json")) from error

    @classmethod
    def read(cls, saved: Any) -> Withdrawals:
        """What `saved` gave."""
        if saved is None:
            return cls()
        rows = (
            {name: kind(row[key]) for key, (name, kind) in _KEYS.items() if key in row} for row in saved["retraits"]
        )
        return cls(saved["sel"], tuple(Withdrawn(**row) for row in rows))

    def saved(self) -> dict[str, Any]:
        """As it is written in the run folder."""
        rows = [{key: getattr(one, name) for key, (name, _) in _KEYS.items()} for one in self.all]
        return {"sel": self.salt, "retraits": [row | {"fragments": sorted(row["fragments"])} for row in rows]}

    def with_one(self, contribution_id: str, contributions: pd.DataFrame) -> Withdrawals:
        """These and one more, which is in the table."""
        salt = self.salt or secrets.token_hex(16)
        is_it = contributions["contribution_id"] == contribution_id
        said, rest = words(contributions.loc[is_it, "text"].iloc[0]), contributions[~is_it]
        alike = rest.loc[rest["text"].map(lambda text: words(text) == said), "contribution_id"]
        own = set(_shingles(said)).difference(*(_shingles(words(text)) for text in rest["text"]))
        one = Withdrawn(
            contribution_id,
            _hashed(salt, " ".join(said)),
            tuple(alike),
            frozenset(_hashed(salt, shingle, 5) for shingle in own),
        )
        kept = (other for other in self.all if other.contribution_id != contribution_id)
        return Withdrawals(salt, (*kept, one))

    def met_in(self, contributions: pd.DataFrame) -> tuple[frozenset[str], frozenset[str]]:
        """Ids of the contributions that are withdrawn ones, and of those that say their words again, or nearly.

        Where others had written the same words, as many stay as are no longer known by their id.
        """
        ids = contributions["contribution_id"].tolist()
        gone = {one.contribution_id for one in self.all}
        kept = {other for one in self.all for other in one.others} - gone
        others = {one.print_: kept.intersection(one.others) for one in self.all}
        parts = frozenset[str]().union(*(one.shingles for one in self.all))
        same: defaultdict[str, list[str]] = defaultdict(list)
        back: set[str] = set()
        rows = zip(ids, contributions["text"], contributions["channel"], strict=True) if self.all else ()
        for one, text, channel in rows:
            if one in gone | kept:
                continue
            said = words(text)
            print_, earlier = (_hashed(self.salt, " ".join(said) + end) for end in ("", f"\x1f{channel}"))
            theirs = frozenset(_hashed(self.salt, shingle, 5) for shingle in _shingles(said) if parts)
            if print_ in others or earlier in others:
                same[print_ if print_ in others else earlier].append(one)
            elif len(theirs & parts) >= COMMON_MIN and any(other.is_near(theirs) for other in self.all):
                back.add(one)
        for print_, found in same.items():
            back.update(found[: max(0, len(found) - len(others[print_].difference(ids)))])
        return frozenset(gone.intersection(ids)), frozenset(back)


def _shingles(said: list[str]) -> list[str]:
    return [" ".join(said[at : at + SHINGLE]) for at in range(len(said) - SHINGLE + 1)]


def _hashed(salt: str, said: str, size: int = 16) -> str:
    return hashlib.blake2b(said.encode("utf-8", "replace"), key=bytes.fromhex(salt), digest_size=size).hexdigest()
