"""Withdrawn contributions known again without their words: their id, salted prints of their words and of parts of them.

An id is lost when a file is renamed; the print of words and channel is not. Several people may have written the same
words: the ids of those who did not withdraw theirs are kept too, and what cannot be told apart is said.

Whatever the file, what says nearly the same words is known by the shingles (`SHINGLE` words in a row) that nobody else
said on the day of the withdrawal: `COMMON_MIN` of them at least, and `SHARE_MIN` of those of both texts; of one of them
when `LONG` are common, since a turn may come back joined to others or cut in pieces. Shorter words, which two people
may well write, are known only beside the same neighbours, word for word.
"""

from __future__ import annotations

import hashlib
import json
import secrets
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
_PLACES_TOLD = 3
_DAMAGED = (
    "{0} est abîmé. Ne l'effacez pas\u00a0: il dit quelles contributions ont été retirées, et elles reviendraient. "
    "Remettez-le d'une sauvegarde, ou retirez-les d'abord de vos fichiers."
)


@dataclass(frozen=True)
class Withdrawn:
    """One of them.

    `rank` counts among the contributions of the same words and channel, in the order of the corpus; `others` are the
    ids of those that were kept. `shingles` are those of its words that it alone said, `around` the prints of its own
    words, and of those before and after it in its file.
    """

    contribution_id: str
    print_: str
    rank: int
    others: tuple[str, ...]
    shingles: frozenset[str] = frozenset()
    around: tuple[str, ...] = ()

    def is_near(self, theirs: frozenset[str]) -> bool:
        """Whether a text of these shingles says nearly its words, most of them among others, or a piece of them."""
        common = len(self.shingles & theirs)
        if common < COMMON_MIN:
            return False
        shares = common / len(self.shingles), common / len(theirs)
        return (max(shares) if common >= LONG else min(shares)) >= SHARE_MIN

    def is_between_same(self, around: tuple[str, ...]) -> bool:
        """Whether a text says its words beside the same ones: before or after, or alone in its file as it was."""
        if not self.around or around[0] != self.around[0]:
            return False
        same = [one for one, other in zip(around[1:], self.around[1:], strict=True) if one == other]
        return len(same) == 2 or any(same)


_KEYS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "id": ("contribution_id", str), "empreinte": ("print_", str), "rang": ("rank", int), "autres": ("others", tuple),
    "fragments": ("shingles", frozenset), "entourage": ("around", tuple),
}  # fmt: skip
"""How each is named in the run folder, and read; an earlier version had no shingles."""


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
        row = contributions[contributions["contribution_id"] == contribution_id].iloc[0]
        alike = contributions[contributions["channel"] == row["channel"]]
        said = words(row["text"])
        ids = [one for one, text in zip(alike["contribution_id"], alike["text"], strict=True) if words(text) == said]
        others = tuple(one for one in ids if one != contribution_id)
        rest = contributions.loc[contributions["contribution_id"] != contribution_id, "text"]
        own = set(_shingles(said)).difference(*(_shingles(words(text)) for text in rest))
        at = contributions["contribution_id"].tolist().index(contribution_id)
        one = Withdrawn(
            contribution_id,
            _print(salt, row["text"], row["channel"]),
            ids.index(contribution_id),
            others,
            frozenset(_hashed(salt, shingle, 5) for shingle in own),
            _around(contributions["source"].tolist(), _all_hashed(salt, contributions["text"].tolist()), at),
        )
        kept = (other for other in self.all if other.contribution_id != contribution_id)
        return Withdrawals(salt, (*kept, one))

    def met_in(self, contributions: pd.DataFrame) -> tuple[frozenset[str], tuple[str, ...]]:
        """Ids of the contributions that are withdrawn ones, and what to tell of those whose id is another now."""
        gone: set[str] = set()
        told: list[str] = []
        prints: dict[str, list[Withdrawn]] = {}
        for one in self.all:
            prints.setdefault(one.print_, []).append(one)
        if prints:
            made = [
                _print(self.salt, text, channel)
                for text, channel in zip(contributions["text"], contributions["channel"], strict=True)
            ]
            alike = contributions[["contribution_id", "source", "locator"]].assign(print_=made)
            for key, rows in alike[alike["print_"].isin(prints)].groupby("print_", sort=True):
                found, said = _told_apart(prints[str(key)], rows)
                gone |= found
                told += said
        return frozenset(gone), tuple(told)

    def come_back(self, contributions: pd.DataFrame) -> frozenset[str]:
        """Ids of the contributions that say nearly the words of a withdrawn one, whatever their file."""
        known = [one for one in self.all if one.around]
        if not known:
            return frozenset()
        kept = {other for one in known for other in one.others}
        parts = frozenset[str]().union(*(one.shingles for one in known))
        ids, sources = contributions["contribution_id"].tolist(), contributions["source"].tolist()
        texts, found = contributions["text"].tolist(), set[str]()
        prints = _all_hashed(self.salt, texts)
        for at, (one, text) in enumerate(zip(ids, texts, strict=True)):
            if one in kept:
                continue
            around = _around(sources, prints, at)
            theirs = frozenset(_hashed(self.salt, shingle, 5) for shingle in _shingles(words(text)) if parts)
            is_near = len(theirs & parts) >= COMMON_MIN and any(other.is_near(theirs) for other in known)
            if is_near or any(other.is_between_same(around) for other in known):
                found.add(one)
        return frozenset(found)


def _told_apart(withdrawn: list[Withdrawn], rows: pd.DataFrame) -> tuple[set[str], list[str]]:
    """Which of the rows of the same words are the withdrawn ones: by their id, else those that nobody kept, by rank."""
    known = {one.contribution_id for one in withdrawn}
    kept = {other for one in withdrawn for other in one.others} - known
    present = rows["contribution_id"].tolist()
    n_gone = min(len(known), max(0, len(present) - len(kept)))
    places = [f"{source}, {locator}" for source, locator in zip(rows["source"], rows["locator"], strict=True)]
    if not n_gone:
        return set(), [] if kept.issuperset(present) else [_ASSUMED.format(_listed(places))]
    ranks, at = {one.rank for one in withdrawn}, {one: rank for rank, one in enumerate(present)}
    likeliest = sorted(at.keys() - kept, key=lambda one: (0 if one in known else 1 + (at[one] not in ranks), at[one]))
    chosen = set(likeliest[:n_gone])
    back = [place for one, place in zip(present, places, strict=True) if one in chosen - known]
    if not back:
        return chosen, []
    is_sure = not kept or sum(one not in known | kept for one in present) == len(back)
    return chosen, [(_BACK if is_sure else _AMBIGUOUS).format(_listed(back), _listed(places))]


_BACK = (
    "Une contribution retirée est revenue sous un autre nom de fichier ({0})\u00a0: elle est retirée à nouveau. "
    "Supprimez-la du fichier."
)
_AMBIGUOUS = (
    "Une contribution retirée est revenue sous un autre nom de fichier, et d'autres personnes ont écrit les mêmes mots "
    "({1}). D'après son rang, c'est {0}\u00a0: elle est retirée. Si ce n'est pas la bonne, retirez aussi la bonne, ou "
    "supprimez-la du fichier."
)
_ASSUMED = (
    "Plusieurs personnes avaient écrit les mots d'une contribution retirée, et il en manque dans les fichiers\u00a0: "
    "celle qui a été retirée est sans doute celle que vous avez supprimée. Reste\u00a0: {0}. Si c'est elle, retirez-la "
    "à nouveau."
)


def told_back(places: list[str]) -> str:
    """What to tell of contributions that came back in other files, by their places."""
    return (
        f"Les mots de contributions retirées sont revenus dans d'autres fichiers ({_listed(places)})\u00a0: ils sont "
        "mis de côté. Supprimez-les de ces fichiers."
    )


def _shingles(said: list[str]) -> list[str]:
    return [" ".join(said[at : at + SHINGLE]) for at in range(len(said) - SHINGLE + 1)]


def _all_hashed(salt: str, texts: list[str]) -> list[str]:
    return [_hashed(salt, " ".join(words(text))) for text in texts]


def _around(sources: list[str], prints: list[str], at: int) -> tuple[str, ...]:
    """The print of a row, of the one before and of the one after in its file; "" where there is none."""
    beside = (
        prints[near] if 0 <= near < len(prints) and sources[near] == sources[at] else "" for near in (at - 1, at + 1)
    )
    return (prints[at], *beside)


def _hashed(salt: str, said: str, size: int = 16) -> str:
    return hashlib.blake2b(said.encode("utf-8", "replace"), key=bytes.fromhex(salt), digest_size=size).hexdigest()


def _listed(places: list[str]) -> str:
    more = len(places) - _PLACES_TOLD
    return "\u202f; ".join(places[:_PLACES_TOLD]) + (f" et {more} autres" if more > 0 else "")


def _print(salt: str, text: str, channel: str) -> str:
    return _hashed(salt, f"{' '.join(words(text))}\x1f{channel}")
