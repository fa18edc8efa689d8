"""Files that go out and come back: the workbook, what a file asks for, shown before it is done."""

from __future__ import annotations

import hashlib
import io
import re
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePath
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.errors import RosaceError
from pipeline.folder.exports import Export
from pipeline.review.app.desk import Desk, Message, Pending, author_of
from pipeline.review.exchange.files import plan_file
from pipeline.review.exchange.workbook import write_workbook
from pipeline.review.session import record_plan

HERE = "/echanger"
_UNREADABLE = (
    "Choisissez d’abord un fichier : le classeur rempli (.xlsx, .ods), les décisions (.jsonl) ou la restitution "
    "corrigée (.docx, .odt)."
)
_CHANGED = "Des décisions ont été prises entre-temps : relisez ce que ce fichier changerait, puis confirmez."


class Exchange:
    """The addresses by which files go out and come back."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def take(self, request: Request) -> Response:
        """Read a file; nothing is done yet."""
        form, author = await request.form(), author_of(request)
        file = form.get("fichier")
        if not isinstance(file, UploadFile) or not file.filename:
            return self._say(request, Message(_UNREADABLE, is_error=True))
        name, filled_by = PurePath(file.filename).name, str(form.get("rempli_par") or "").strip()[:40]
        try:
            self.desk.pending[author] = await self._read(name, filled_by, await file.read())
        except RosaceError as error:
            return self._say(request, Message(str(error), is_error=True))
        return RedirectResponse(HERE, status_code=303)

    async def _read(self, name: str, filled_by: str, content: bytes) -> Pending:
        """What a file asks for; others go on deciding meanwhile, so that it is read beside a review of its own."""

        def planned() -> Pending:
            session = self.desk.open_session()
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / name
                path.write_bytes(content)
                plan = plan_file(session, path, filled_by)
            return Pending(name, filled_by, content, plan, session.log.decisions)

        return await run_in_threadpool(planned)

    async def agree(self, request: Request) -> Response:
        """Do what was shown, or show it again when it is no more what it was; or leave it."""
        form, author = await request.form(), author_of(request)
        pending = self.desk.pending.pop(author, None)
        if pending is None or form.get("accord") != "oui":
            return self._say(request, Message("Rien n’est fait : le fichier est laissé de côté."))
        try:
            again = await self._read(pending.name, pending.author, pending.content)
            with self.desk.writing():
                self.desk.session.sync()
                if again.plan.lines != pending.plan.lines or again.known != self.desk.session.log.decisions:
                    self.desk.pending[author] = again
                    return self._say(request, Message(_CHANGED, is_error=True))
                done, lost = record_plan(self.desk.session, again.plan)
        except RosaceError as error:
            return self._say(request, Message(str(error), is_error=True))
        return self._say(request, Message(" ".join([f"« {pending.name} » : {done}", *lost]), is_error=bool(lost)))

    def _say(self, request: Request, message: Message) -> Response:
        self.desk.messages[author_of(request)] = message
        return RedirectResponse(HERE, status_code=303)

    async def workbook(self, _: Request) -> Response:
        """The workbook of today."""
        self.desk.session.sync()
        return self._file("relecture.xlsx", write_workbook(self.desk.session.state))

    async def other(self, request: Request) -> Response:
        """What another tool opens: its file, or an archive of its files."""
        to = str(request.path_params["to"])
        try:
            files = await self._written(to)
        except RosaceError as error:
            return self._say(request, Message(str(error), is_error=True))
        if len(files) == 1:
            return self._file(*next(iter(files.items())))
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return self._file(f"{to}.zip", buffer.getvalue())

    async def map(self, request: Request) -> Response:
        """The map of ideas, here; it says itself what may run in it."""
        try:
            [page] = (await self._written("carte")).values()
        except RosaceError as error:
            return self._say(request, Message(str(error), is_error=True))
        policy = re.search(rb'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
        headers = {"Content-Security-Policy": f"{policy[1].decode()}; frame-ancestors 'none'"} if policy else {}
        return Response(page, media_type="text/html; charset=utf-8", headers=headers)

    async def _written(self, to: str) -> Mapping[str, bytes]:
        exporter = self.desk.exporter
        if exporter is None or to not in exporter.formats:
            raise HTTPException(404)
        return await run_in_threadpool(exporter.write, to)

    def _file(self, name: str, content: bytes) -> Response:
        plain = re.sub(r"[^\w.-]", "_", name, flags=re.ASCII)
        headers = {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}
        response = Response(content, media_type="application/octet-stream", headers=headers)
        today = f"{datetime.now():%d/%m/%Y}"
        self.desk.session.run.exports.note(Export(name, hashlib.sha256(content).hexdigest(), today, is_download=True))
        return response
