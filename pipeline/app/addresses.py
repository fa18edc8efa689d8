"""The page's addresses of a workshop: GET shows, POST does an act and goes back where one was."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route, Router

from pipeline.app import exchanging, screens
from pipeline.app.acts import do_act
from pipeline.app.desk import LENGTHS, PATIENCE_S, Desk
from pipeline.app.document import compare_sections
from pipeline.app.sheets import sheet_routes
from pipeline.app.titles import since_refused
from pipeline.app.workspace import NAME_COOKIE, Message, Workspace, at_of, author_of
from pipeline.assistant.by_hand import begin, end, is_by_hand, judge, take
from pipeline.errors import RosaceError
from pipeline.folder.kept import AnswerFiles

_STILL = "Rosace travaille encore dans cet atelier : ce qui se voit ici est d’avant."
Endpoint = Callable[[Request], Awaitable[Response]]
"""An address as a function."""


def workshop_routes(workspace: Workspace) -> Router:
    """Every address but home."""

    def on_desk(view: Callable[[Desk, Request], Response | Awaitable[Response]]) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            answer = view(await workspace.desk_of(request), request)
            return answer if isinstance(answer, Response) else await answer

        return endpoint

    review = [
        *(Route(path, on_desk(_screen(workspace, view, template))) for path, view, template in screens.SCREENS),
        *(Route(path, on_desk(view)) for path, view in _SHOWN.items()),
        *(Route(path, on_desk(view), methods=["POST"]) for path, view in _DONE.items()),
    ]
    return Router([*sheet_routes(workspace), Mount("/{kind}/{name}", routes=review)])


def _screen(workspace: Workspace, view: screens.View, template: str) -> Callable[[Desk, Request], Awaitable[Response]]:
    async def endpoint(desk: Desk, request: Request) -> Response:
        if desk.refresh():
            desk.messages.setdefault(author_of(request), Message(_STILL))
        if template == "wall.html" and desk.sorter is None:
            await run_in_threadpool(desk.sorting)
        shown = {"at": at_of(request), **screens.frame(desk, request), **view(desk, request)}
        return workspace.show(request, template, **shown)

    return endpoint


async def act(desk: Desk, request: Request) -> Response:
    """Do an act of the person on the words."""
    form, author = await request.form(max_fields=2 * screens.N_SPANS_MAX), author_of(request)
    try:
        desk.messages[author] = await run_in_threadpool(_done, desk, author, form)
    except RosaceError as error:
        desk.messages[author] = Message(str(error), is_error=True)
    return _back(str(form.get("retour") or f"{at_of(request)}/brouillon"))


def _done(desk: Desk, author: str, form: FormData) -> Message:
    """What is said of an act, done once the run is free."""
    before = desk.sorting() if desk.sorter is not None else None
    with desk.writing(PATIENCE_S):
        told = [sentence for section in desk.draft.sections for sentence in section.sentences]
        said = do_act(desk.session, author, form, told)
    if before is None or desk.sorter is None or said.is_error:
        return said
    now = desk.sorting()
    items, titles = ([str(one) for one in form.getlist(name)] for name in ("non", "group"))
    lines = [said.text, *(since_refused(desk.session.state, now, items, titles) if items else ())]
    return replace(said, text="\n".join(lines), standing=now.standing.since(before.standing))


async def take_name(_: Desk, request: Request) -> Response:
    """Keep her first name in her browser."""
    form = await request.form()
    response = _back(str(form.get("retour", "/")))
    chosen = " ".join(str(form.get("prenom", "")).split())[:40]
    response.set_cookie(NAME_COOKIE, quote(chosen), samesite="strict", httponly=True, max_age=30 * 86400)
    return response


async def regenerate(desk: Desk, request: Request) -> Response:
    """Write the text again, with marks and sources or not and as long as was asked, and show what changed in it."""
    form = await request.form()
    after = str(form.get("suite") or "changements")
    if "reperes" in form:
        desk.marks = "sans_reperes" not in form
        desk.length = str(form.get("longueur")) if form.get("longueur") in LENGTHS else desk.length
    return _back(f"{at_of(request)}/{after if await _regenerated(desk, request) else 'brouillon'}")


async def _regenerated(desk: Desk, request: Request) -> bool:
    try:
        await run_in_threadpool(_write_again, desk)
    except RosaceError as error:
        desk.messages[author_of(request)] = Message(str(error), is_error=True)
        return False
    return True


def _write_again(desk: Desk) -> None:
    before = desk.draft.sections
    with desk.writing(PATIENCE_S):
        pass  # who works there has done
    desk.is_rewriting = True
    try:
        desk.warnings = desk.regenerate(desk.marks, desk.length)
    finally:
        desk.is_rewriting = False
    with desk.writing(PATIENCE_S):
        desk.load()
    desk.changes = compare_sections(before, desk.draft.sections)


async def write_with_assistant(desk: Desk, request: Request) -> Response:
    """Prepare what she asks of her own assistant, take its answer, or leave it; then write the text again."""
    form = await request.form()
    try:
        told = await run_in_threadpool(_with_assistant, desk, form)
    except RosaceError as error:
        desk.messages[author_of(request)] = Message(str(error), is_error=True)
        return _back(f"{at_of(request)}/assistant")
    if retour := str(form.get("retour") or ""):  # seen at once, written with all that is decided
        desk.messages[author_of(request)] = Message(f"C’est écarté : « {form.get('oter')} »")
        return _back(retour)
    if told == NOTHING_READ:
        desk.messages[author_of(request)] = Message(told, is_error=True)
    elif await _regenerated(desk, request):
        desk.messages[author_of(request)] = Message(f"{told}." if told else "")
    return _back(f"{at_of(request)}/{'brouillon' if form.get('quitter') else 'assistant'}")


def _with_assistant(desk: Desk, form: FormData) -> str:
    """What is said of an answer, "" where the page shows what became of it."""
    kept = AnswerFiles(desk.run.path)
    with desk.writing(PATIENCE_S):
        if form.get("quitter"):
            end(kept)
        elif form.get("juger"):
            cited = {text: one.sources for text, one in screens.written(desk).items()}
            cited |= {one.text: one.sources for one in desk.draft.refused}
            chosen = ([str(one) for one in form.getlist(name) if one in cited] for name in ("juste", "oter"))
            judge(kept, *({text: cited[text] for text in some} for some in chosen))
        elif is_by_hand(kept):
            n = take(kept, str(form.get("reponse") or ""))
            return NOTHING_READ if n is None else "" if n else NOTHING_CHANGES
        else:
            begin(kept)
    return ""


NOTHING_CHANGES = "La relecture ne change rien"
NOTHING_READ = (
    "Rien n’a été lu : collez la réponse entière de votre assistant, avec ses accolades. S’il a répondu autrement, "
    "demandez-lui « l’objet JSON, et rien d’autre »."
)


_SHOWN: dict[str, Callable[[Desk, Request], Response | Awaitable[Response]]] = {
    "/retrouver-ma-parole.html": screens.participants_file,
    "/rose.svg": screens.rose,
    "/relecture.xlsx": exchanging.workbook,
}
_DONE: dict[str, Callable[[Desk, Request], Awaitable[Response]]] = {
    "/acte": act,
    "/prenom": take_name,
    "/regenerer": regenerate,
    "/assistant": write_with_assistant,
    "/echanger": exchanging.take,
    "/echanger/accord": exchanging.agree,
}


def _back(target: str) -> RedirectResponse:
    """Back to a page of ours; anything else leads home."""
    is_ours = target.startswith("/") and not target.startswith(("//", "/\\")) and "\n" not in target
    return RedirectResponse(target if is_ours else "/", status_code=303)
