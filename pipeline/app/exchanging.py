"""Files that go out and come back: the workbook, what a file asks for, shown before it is done."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path, PurePath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.app.desk import Desk, Pending
from pipeline.app.workspace import Message, at_of, author_of
from pipeline.errors import RosaceError
from pipeline.folder.kept import Export
from pipeline.review.exchange.files import plan_file
from pipeline.review.exchange.workbook import write_workbook
from pipeline.review.session import open_session, record_plan

_UNREADABLE = (
    "Choisissez d’abord un fichier : le classeur rempli (.xlsx, .ods) ou la restitution corrigée (.docx, .odt)."
)
_CHANGED = (
    "Des décisions ont été prises entre-temps, rien n’est fait : redonnez le fichier, pour voir ce qu’il changerait."
)


async def take(desk: Desk, request: Request) -> Response:
    """Read a file that came back; nothing is done yet."""
    form, author = await request.form(), author_of(request)
    file = form.get("fichier")
    if not isinstance(file, UploadFile) or not file.filename:
        return _say(desk, request, _UNREADABLE, is_error=True)
    name, filled_by = PurePath(file.filename).name, str(form.get("rempli_par") or "").strip()[:40]
    try:
        desk.pending[author] = await run_in_threadpool(_read, desk, name, filled_by, await file.read())
    except RosaceError as error:
        return _say(desk, request, str(error), is_error=True)
    return _say(desk, request)


def _read(desk: Desk, name: str, filled_by: str, content: bytes) -> Pending:
    """What a file asks for; others go on deciding meanwhile, so that it is read beside a review of its own."""
    session = open_session(desk.run)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return Pending(name, plan_file(session, path, filled_by), session.log.decisions)


async def agree(desk: Desk, request: Request) -> Response:
    """Do what was shown, unless others decided something since; or leave it."""
    form, author = await request.form(), author_of(request)
    pending = desk.pending.pop(author, None)
    if pending is None or form.get("accord") != "oui":
        return _say(desk, request, "Rien n’est fait : le fichier est laissé de côté.")
    try:
        with desk.writing():
            desk.session.sync()
            if pending.known != desk.session.log.decisions:
                return _say(desk, request, _CHANGED, is_error=True)
            done, lost = record_plan(desk.session, pending.plan)
    except RosaceError as error:
        return _say(desk, request, str(error), is_error=True)
    then = ["Récrivez le texte, dans « Le texte », pour que les documents suivent."] if desk.is_stale() else []
    return _say(desk, request, "\n".join([f"« {pending.name} » : {done}", *lost, *then]), is_error=bool(lost))


def _say(desk: Desk, request: Request, text: str = "", is_error: bool = False) -> Response:
    if text:
        desk.messages[author_of(request)] = Message(text, is_error)
    return RedirectResponse(f"{at_of(request)}/echanger", status_code=303)


def workbook(desk: Desk, _: Request) -> Response:
    """The workbook of today; that it went out is noted."""
    desk.session.sync()
    content, name = write_workbook(desk.session.state), "relecture.xlsx"
    today = f"{datetime.now():%d/%m/%Y}"
    desk.session.run.exports.note(Export(name, hashlib.sha256(content).hexdigest(), today, is_download=True))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)
