"""A file that comes back, workbook or corrected document: what it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.contracts.draft import Draft
from pipeline.contracts.draft_files import load_draft
from pipeline.errors import ArtifactError, RefusedFileError
from pipeline.folder.kept import delivered
from pipeline.review.exchange.document_import import plan_document
from pipeline.review.exchange.workbook import plan_import
from pipeline.review.session import ImportPlan, Session

_DOCUMENTS = (".docx", ".odt")


def is_document(path: Path) -> bool:
    """Whether a file is a corrected restitution, by its name."""
    return path.suffix.lower() in _DOCUMENTS


def plan_file(session: Session, path: Path, author: str = "") -> ImportPlan:
    """What a file asks for, against the state of today; nothing is recorded.

    `author` : who filled a workbook or corrected a document.

    Raises RefusedFileError: the file is none of these, or holds no act; ArtifactError: the draft that a document was
    written from cannot be read.
    """
    if is_document(path):
        if session.run.read_file("draft.json") is None:
            raise RefusedFileError(
                path.name, "ce dossier n'a pas encore de restitution", "Écrivez-la\u00a0: rosace draft."
            )
        return plan_document(session, path, author or "Le document corrigé", list(_drafts(session)))
    return plan_import(session, path, author or "Le classeur")


def _drafts(session: Session) -> Iterator[Draft]:
    yield load_draft(session.run.load_json("draft"))
    for kept in delivered(session.run):
        try:
            yield load_draft(kept)
        except ArtifactError:
            continue  # another version wrote it
