"""Withdrawals under way: what each erases, and how far it is, on disk before anything is changed.

The journal holds the words that are to be found everywhere else; it is the last file to go. Whoever opens the run next
carries on from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter

from pipeline.errors import ArtifactError
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.files import remove, sync_names
from pipeline.ingest.withdrawal.quotations import OwnWords

PENDING = "retrait_en_cours.json"
_DAMAGED = (
    "{0} est abîmé\u00a0: un retrait interrompu ne peut pas être fini. Effacez les résultats (« rosace clean ») et ce "
    "fichier, ôtez la contribution de vos fichiers, puis relancez « rosace synthesize »."
)


@dataclass(frozen=True)
class Withdrawal:
    """What is erased, and where it came from.

    `source` and `locator` say where the words still stand: in the file that was handed over. `others` are the texts of
    the contributions that stay: what they say too is not its own. `titles` quote it, a machine's or a person's: an
    export of groups may hold nothing else of it.
    `is_erased` once no table nor decision holds it.
    """

    contribution_id: str
    source: str
    locator: str
    channel: str
    text: str
    item_ids: tuple[str, ...]
    titles: tuple[str, ...] = ()
    others: tuple[str, ...] = field(default=(), repr=False)
    is_erased: bool = False

    def own(self, least: int) -> OwnWords:
        """Runs of so many words that it alone said."""
        return OwnWords(self.text, self.others, least)


@dataclass(frozen=True)
class Pending:
    """The withdrawals of a run that are not finished; `removed` are the files that were found to quote them."""

    withdrawals: tuple[Withdrawal, ...] = ()
    removed: tuple[Path, ...] = ()

    @classmethod
    def of(cls, run: RunFolder) -> Pending:
        """Those of a run. Raises ArtifactError: the journal is damaged."""
        content = run.read_file(PENDING)
        if content is None:
            return cls()
        try:
            said = json.loads(content)
            withdrawals = tuple(map(TypeAdapter(Withdrawal).validate_python, said["retraits"]))
            removed = tuple(map(Path, said["effaces"]))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise ArtifactError(_DAMAGED.format(run.path / PENDING)) from error
        found = run.earlier_tables(("contributions",))
        if found is None:
            return cls(withdrawals, removed)
        texts = found["contributions"].set_index("contribution_id")["text"]
        others = (tuple(texts.drop(one.contribution_id, errors="ignore")) for one in withdrawals)
        return cls(tuple(replace(one, others=said) for one, said in zip(withdrawals, others, strict=True)), removed)

    def __bool__(self) -> bool:
        return bool(self.withdrawals)

    def find(self, asked: str) -> Withdrawal | None:
        """The one of this contribution, or of one of its ideas."""
        return next((one for one in self.withdrawals if asked == one.contribution_id or asked in one.item_ids), None)

    def with_one(self, withdrawal: Withdrawal) -> Pending:
        """These and one more, or one that is further now."""
        others = (one for one in self.withdrawals if one.contribution_id != withdrawal.contribution_id)
        return replace(self, withdrawals=(*others, withdrawal))

    def with_removed(self, paths: Iterable[Path]) -> Pending:
        """These, and files that are about to be removed."""
        return replace(self, removed=tuple(dict.fromkeys((*self.removed, *paths))))

    def save(self, run: RunFolder) -> None:
        """Write the journal, its name included, and wait until it is on the disk."""
        rows = [vars(one) | {"others": ()} for one in self.withdrawals]
        saved = {"retraits": rows, "effaces": list(map(str, self.removed))}
        run.write_bytes(PENDING, json.dumps(saved, ensure_ascii=False).encode("utf-8", "backslashreplace"))
        sync_names(run.path)

    @staticmethod
    def close(run: RunFolder) -> None:
        """Remove the journal, once all that it asked for is on the disk."""
        sync_names(run.path)
        remove(run.path / PENDING)
        sync_names(run.path)


def is_pending(run: Path) -> bool:
    """Whether a withdrawal of this run was interrupted."""
    return (run / PENDING).is_file()
