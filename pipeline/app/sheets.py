"""Sheet of each workshop: its files, what is known of it, its titles, its run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.app import files, sheet
from pipeline.app.launching import Looking
from pipeline.app.places import ASIDE, AWAY, TITLES_FILE, WORKSHOP, Place, documents
from pipeline.app.rendering import n_of
from pipeline.app.room.access import addresses
from pipeline.app.screens import TABS
from pipeline.app.titles import deciding
from pipeline.app.workspace import Workspace, author_of
from pipeline.axes import COMPASS_CODES, HORS_AXE, compass
from pipeline.contracts.labels import origin_told
from pipeline.contracts.numbers import whole_number
from pipeline.contracts.titles import OF_PEOPLE
from pipeline.errors import RosaceError
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.files import write_outside
from pipeline.ingest.formats.typed import FILE
from pipeline.ingest.headers import meetings_told, two_days
from pipeline.ingest.workshop import WORKSHOP_FILE, Sheet
from pipeline.language.text.typography import joined
from pipeline.place.given import lines_of_text
from pipeline.place.titles import Title, identified
from pipeline.place.titles import checked as checked_titles
from pipeline.review.log.decisions import NewTitle
from pipeline.review.log.on_titles import SET_AXIS
from pipeline.review.log.op import quoted
from pipeline.review.session import Wish
from pipeline.run.given_titles import lines_of
from pipeline.run.stages import changed_files

N_LENDERS = 12
"""Workshops and programmes whose titles are offered."""
_N_FIELDS_MAX = 20_000
"""Of the form that says how files are read: some for each column and each line shown of each file."""
_UNDER_WAY = "Une lecture était déjà en cours : ce que vous avez changé depuis son début sera lu quand vous relancerez."
_LOOK_S, _N_LOOKS = 0.05, 30
"""How often, and how many times, a screen looks whether files are read before it shows how far it is."""


def titles_of(place: Place) -> tuple[Title, ...]:
    """The titles that people gave a workshop, before a run or during its review, or the workshops of a programme."""
    if place.kind == WORKSHOP and not place.is_done:
        return checked_titles(lines_of_text(place.titles(), "")).titles
    lines = lines_of(place.run)
    return checked_titles(replace(line, examples=(), refused=()) for line in lines if line.origin in OF_PEOPLE).titles


def as_lines(titles: Sequence[Title]) -> str:
    """Titles as they are typed: those alone first, then under their axes; with rubrics, in the order given."""
    has_rubrics = any(one.rubric and not one.axis for one in titles)
    under: dict[str, list[str]] = {name: [] for name in ("", *("" if has_rubrics else _AXES.values()))}
    for one in titles:
        text = f"{one.rubric} > {one.text}" if one.axis and one.rubric else one.text
        under.setdefault(_AXES[one.axis] if one.axis else one.rubric, []).append(text)
    blocks = ([f"# {heading}" * bool(heading), *own] for heading, own in under.items() if own)
    return "\n".join(line for block in blocks for line in block if line)


_AXES = {code: compass()[code].name for code in COMPASS_CODES}


class Sheets:
    """The screens and the acts of the sheets."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self.back = workspace, workspace.back
        self.place_of, self.launches = workspace.place_of, workspace.launches

    # what is shown ------------------------------------------------------------------------------------------

    async def workshop(self, request: Request, typed: dict[str, Any] | None = None, status: int = 200) -> Response:
        """A workshop: its files, its sheet, its titles, its run; something of `typed` is refused, to be typed again."""
        from pipeline.restitution.material.facts import french_date

        place, problem, ingest = self.place_of(request), "", self.workspace.settings.ingest
        on_wall, sheets, others = await self.on_wall(request, place), set[str](), set[str]()
        if on_wall is not None:
            self.workspace.prepare(place)
            sheets, others = await run_in_threadpool(changed_files, RunFolder(place.run), place.files, ingest)
        looking = None
        try:
            shown = place.sheet()  # read even when what was typed is shown: its faults are told
            looking = await self.looked(place) if place.kind == WORKSHOP else None
            typed = typed or shown.model_dump(include={"atelier", "tables"}, exclude_none=True)
        except RosaceError as error:
            problem, typed, shown = str(error), typed or {"atelier": {}, "tables": ()}, Sheet()
        found = looking.found if looking is not None and looking.is_over else []
        sources = place.sources() if place.kind == WORKSHOP else []
        tables = [one for one in typed["tables"] if not sheet.is_meeting(one.get("numero"))]
        told = {"titre": place.title, **sheet.told_of_all(found)} if place.kind == WORKSHOP else {}
        return self.show(
            request, place, "workshop.html", status, sources=sources, values=typed["atelier"],
            told=told, looking=looking, odd=sheet.odd_files(found), read=sheet.READ,
            tables=sheet.blank_rows(tables), sheet_problem=problem,
            days={one.source: [(day, french_date(day)) for day in two_days(one.told, one.source)] for one in found},
            fields=sheet.FIELDS, table_fields=sheet.TABLE_FIELDS, documents=documents(place.run),
            launch=self.launches.of(place), profile=self.workspace.settings.profil, is_photo=files.is_photo,
            room=self.workspace.rooms.of(place), typed_file=FILE, addresses=addresses(),
            lenders=self.workspace.places.lenders(place)[:N_LENDERS],
            titles=typed.get("titres", place.titles() if on_wall is None else as_lines(on_wall)),
            has_new=bool(others), is_retold=bool(sheets),
            meetings={} if typed["tables"] else meetings_told({one.source: one.told for one in found}),
            problems=typed.get("problems", {}), of_file=sheet.OF_FILE,
            met=sheet.shown_meetings(shown, typed["tables"], [name for name, *_ in sources]),
        )  # fmt: skip

    async def reading(self, request: Request) -> Response:
        """What is read of the files, and why."""
        place = self.place_of(request, WORKSHOP)
        looking = await self.looked(place)
        known, met = place.sheet(), Counter[str]()
        for file in looking.found:
            for _, name, n in file.people:
                met[name] += n
        people = sorted(met, key=lambda name: (-met[name], name))
        return self.show(
            request, place, "reading.html", looking=looking, found=looking.found, origin=origin_told, roles=sheet.ROLES,
            channels=sheet.CHANNELS, told=partial(sheet.corrections_of, known), is_photo=files.is_photo,
            own=(WORKSHOP_FILE, TITLES_FILE), people=people, names_of=_names_of, same=known.personnes,
            asked=sheet.asked_of_people(known, people),
        )  # fmt: skip

    async def looked(self, place: Place) -> Looking:
        """What would be read of the files of a workshop, waited for a moment.

        Raises
        ------
        UsageError : its sheet cannot be read.
        """
        looking = await run_in_threadpool(self.workspace.lookings.of, place, self.workspace.settings.ingest)
        for _ in range(_N_LOOKS):
            if looking.is_over:
                break
            await anyio.sleep(_LOOK_S)
        return looking

    async def progress(self, request: Request) -> Response:
        """How far the run is."""
        place = self.place_of(request, WORKSHOP)
        launch = self.launches.of(place)
        if launch is None:
            return RedirectResponse(place.address, status_code=303)
        if launch.is_over and not launch.problem:
            self.workspace.prepare(place)
        return self.show(request, place, "progress.html", launch=launch, documents=documents(place.run))

    async def cards(self, request: Request) -> Response:
        """A photo of a wall beside what is typed of it."""
        place, path = self.photo_of(request)
        cards = await run_in_threadpool(files.typed_cards, path)
        name, is_seen = request.query_params["nom"], path.suffix.lower() in files.SHOWN
        return self.show(request, place, "photo.html", name=name, cards=cards, is_seen=is_seen)

    async def photo(self, request: Request) -> Response:
        """The photo itself."""
        _, path = self.photo_of(request)
        if (kind := files.SHOWN.get(path.suffix.lower())) is None:
            raise HTTPException(404)
        return FileResponse(path, media_type=kind)

    async def document(self, request: Request) -> Response:
        """A document, to keep; while the text is being written again, it is the new one that is waited for."""
        place, name = self.place_of(request), request.path_params["document"]
        desk = self.workspace.desks.get(place.address)
        while desk is not None and desk.is_rewriting:
            await anyio.sleep(_LOOK_S)
        if name not in documents(place.run):
            raise HTTPException(404)
        return FileResponse(place.run / name, filename=name, media_type="application/octet-stream")

    # what is done -------------------------------------------------------------------------------------------

    async def create(self, request: Request) -> Response:
        """A new workshop, with its first files."""
        form = await files.received(request, self.workspace.settings.ingest.taille_max_mio)
        typed = sheet.typed({"titre": form.get("titre")})
        named = typed["atelier"].get("titre") or files.title_of(form) or f"Atelier du {datetime.now():%d/%m/%Y}"
        place = self.workspace.places.create(named)
        now, _ = sheet.checked(typed, Sheet())
        write_outside(place.files / WORKSHOP_FILE, sheet.as_toml(now).encode())
        return self.back(request, place.address, f"L’atelier est créé. {await files.take(form, place)}".strip())

    async def add(self, request: Request) -> Response:
        """More files."""
        place = self.place_of(request, WORKSHOP)
        form = await files.received(request, self.workspace.settings.ingest.taille_max_mio)
        told = await files.take(form, place) or "Choisissez d’abord des fichiers."
        return self.back(request, place.address, told)

    async def put_aside(self, request: Request) -> Response:
        """A file that is not to be read, or that is again."""
        place, form = self.place_of(request, WORKSHOP), await request.form()
        name, is_back = str(form.get("nom", "")), "reprendre" in form
        there = place.aside() if is_back else {source: path for source, path, _ in place.sources()}
        if name not in there:
            return self.back(request, place.address, "Ce fichier n’y est plus.")
        if is_back and (place.files / name).exists():
            return self.back(request, place.address, f"Un fichier « {name} » est déjà là : retirez-le d’abord.")
        files.move(there[name], place.files if is_back else place.folder / ASIDE)
        told = "sera lu" if is_back else "ne sera pas lu. Il se reprend sous la liste des fichiers"
        return self.back(request, place.address, f"« {name} » {told}.")

    async def correct(self, request: Request) -> Response:
        """What a person says of the files, all at once: columns, passages, who speaks, where they come from."""
        place, form = self.place_of(request, WORKSHOP), await request.form(max_fields=_N_FIELDS_MAX)
        reading = f"{place.address}/lecture#fichier-{whole_number(str(form.get('rang') or '')) or 1}"
        there, read, problems = {name for name, *_ in place.sources()}, list[str](), list[str]()
        if (known := sheet.with_people(place.sheet(), form)) is not None:
            write_outside(place.files / WORKSHOP_FILE, sheet.as_toml(known).encode())
            reading = f"{place.address}/lecture#qui-parle"
        for source, said in sheet.of_files(form):
            before = place.sheet()
            if (changed := sheet.corrected(before, source, said)) is None:
                continue
            if source not in there:
                problems.append(f"{quoted(source)} n’y est plus.")
                continue
            write_outside(place.files / WORKSHOP_FILE, sheet.as_toml(changed).encode())
            if unknown := await run_in_threadpool(self._unknown, place, source, before, changed):
                back = FormData([("oter", f"{key}|{word}") for key in sheet.SAID for word in unknown])
                kept = sheet.corrected(changed, source, back) or before
                changed = before if sheet.told_of(kept, source) == sheet.told_of(before, source) else kept
                write_outside(place.files / WORKSHOP_FILE, sheet.as_toml(changed).encode())
                words = joined(list(map(quoted, unknown)))
                problems.append(f"{quoted(source)} n’a pas {words}\u00a0: écrivez-le comme il y est.")
            read += [quoted(source)] if changed is not before else []
        done = [f"C’est noté, relu\u00a0: {joined(read)}."] if read else []
        done += ["C’est noté\u00a0: les comptes suivent."] if known is not None else []
        told = done + problems or ["Rien n’est corrigé : choisissez ou écrivez d’abord."]
        at = place.address if form.get("retour") == "fiche" else reading
        return self.back(request, at, "\n".join(told), is_error=bool(problems or not done))

    def _unknown(self, place: Place, source: str, before: Sheet, after: Sheet) -> list[str]:
        """What a person now says of a file and that is nowhere in it."""
        was, now = (sheet.told_of(one, source) for one in (before, after))
        new = {one for key in sheet.SAID for one in set(getattr(now, key)) - set(getattr(was, key))}
        path = next((path for name, path, _ in place.sources() if name == source), None)
        if not new or path is None:
            return []
        from pipeline.ingest.formats.minutes import UNKNOWN
        from pipeline.ingest.inspection import inspections

        notes = [note for one in inspections(path, self.workspace.settings.ingest, source) for note in one.notes]
        listed = [f", {note.partition(': ')[2]}, " for note in notes if note.startswith(UNKNOWN)]
        return sorted(one for one in new if any(f", {one}, " in told for told in listed))

    async def type_cards(self, request: Request) -> Response:
        """What was typed of a photo, saved whole."""
        place, path = self.photo_of(request)
        form = await request.form(max_fields=2 * files.N_CARDS_MAX)
        await run_in_threadpool(files.save_cards, path, files.cards_of(form))
        name = quote(request.query_params["nom"])
        return RedirectResponse(f"{place.address}/saisie?nom={name}", status_code=303)

    async def stop(self, request: Request) -> Response:
        """Interrupt the run, or the look at its files."""
        place = self.place_of(request, WORKSHOP)
        if (await request.form()).get("quoi") == "lecture":
            self.workspace.lookings.stop(place)
            return self.back(request, place.address)
        self.launches.stop(place)
        return self.back(request, place.address, "La lecture s’arrête ; ce qui est fait n’est pas refait.")

    async def fill(self, request: Request) -> Response:
        """The titles, then the sheet, as typed; what of it is refused is shown again as it was typed, the rest kept."""
        place, form = self.place_of(request, WORKSHOP), await request.form(max_fields=2000)
        typed = sheet.typed(dict(form))
        titles = str(form.get("titres") or "").replace("\r\n", "\n")
        given = checked_titles(lines_of_text(titles, "Vos titres"))
        saved, told = "", list(given.told)
        try:
            if (on_wall := await self.on_wall(request, place)) is not None:
                told += await self.retitle(request, place, given.titles, on_wall)
            elif titles.strip() or place.titles():
                write_outside(place.files / TITLES_FILE, f"{titles.rstrip()}\n".encode())
            saved = _saved(given.titles) if titles.strip() else ""
            before = place.sheet()
            met = sheet.typed_meetings(dict(form), (await self.looked(place)).found)
            typed["tables"] += sheet.rows_of_meetings(before, met)
            now, problems = sheet.checked(typed, before)
            now = sheet.with_meetings(now, met)
            if now != before:  # as it was typed by hand, until the page says something else
                write_outside(place.files / WORKSHOP_FILE, sheet.as_toml(now).encode())
        except RosaceError as error:
            lines = ["La fiche n’est pas enregistrée.", str(error), *filter(None, [saved])]
            self.back(request, place.address, "\n".join(lines), is_error=True)
            return await self.workshop(request, {**typed, "titres": titles}, 422)
        told = [f"{saved} Laissé de côté, ou à revoir :" if told else saved, *told[:8]] if saved or told else []
        if problems:
            lines = ["La fiche est enregistrée, sauf\u00a0:", *problems.values(), *told]
            self.back(request, place.address, "\n".join(lines), is_error=True)
            return await self.workshop(request, {**typed, "titres": titles, "problems": problems}, 422)
        if form.get("suite") == "lecture":
            return RedirectResponse(f"{place.address}/lecture", status_code=303)
        if form.get("suite") == "lancer":
            return await self.launch(request)
        lines = ["La fiche est enregistrée.", *told]
        return self.back(request, place.address, "\n".join(lines), is_error=bool(given.told))

    async def open_room(self, request: Request) -> Response:
        """Open the room on an address of this computer, or close it."""
        place, form = self.place_of(request, WORKSHOP), await request.form()
        if form.get("suite") == "fermer":
            await run_in_threadpool(self.workspace.rooms.close, place)
            return self.back(request, place.address, "La salle est fermée. Tout ce qui a été reçu est gardé.")
        address = str(form.get("adresse") or "")
        if address not in addresses():
            return self.back(request, place.address, "Choisissez l’adresse du réseau de la salle.", is_error=True)
        await run_in_threadpool(
            self.workspace.rooms.open, place, address, f"{str(request.base_url).rstrip('/')}{place.address}"
        )
        return self.back(request, place.address, "La salle est ouverte.")

    async def put_away(self, request: Request) -> Response:
        """Put a workshop away, or take it out again; nothing of it is erased."""
        place = self.place_of(request)
        is_away = place.is_away
        (place.folder / AWAY).unlink() if is_away else (place.folder / AWAY).touch()
        told = "est de nouveau dans la liste" if is_away else "est rangé : ses fichiers restent où ils sont"
        return self.back(request, "/", f"« {place.title} » {told}.")

    async def borrow(self, request: Request) -> Response:
        """The titles of another workshop or of a programme, added to those of this one."""
        place, form = self.place_of(request, WORKSHOP), await request.form()
        lenders = self.workspace.places.lenders(place)
        other = next((one for one in lenders if one.address == form.get("de")), None)
        titles = await run_in_threadpool(titles_of, other) if other is not None else ()
        if not titles:
            return self.back(request, place.address, "Personne n’y a donné de titres.", is_error=True)
        if (on_wall := await self.on_wall(request, place)) is not None:
            await self.retitle(request, place, [*on_wall, *titles], on_wall)
            return self.back(request, f"{place.address}/mur", f"{len(titles)} titres ajoutés sur le mur.")
        text = "\n".join(filter(None, (place.titles().rstrip(), as_lines(titles))))
        write_outside(place.files / TITLES_FILE, f"{text}\n".encode())
        return self.back(request, place.address, f"{len(titles)} titres ajoutés.")

    async def launch(self, request: Request) -> Response:
        """Begin the run with the profile of a form, and show how far it is."""
        place, form = self.place_of(request, WORKSHOP), await request.form()
        told = _UNDER_WAY if self.launches.is_under_way(place) else ""
        await run_in_threadpool(self.launches.start, place, str(form.get("profil", "")))
        return self.back(request, f"{place.address}/avancee", told)

    # what they share ----------------------------------------------------------------------------------------

    async def on_wall(self, request: Request, place: Place) -> tuple[Title, ...] | None:
        """The titles of people as they stand on the wall; None where there is none, or it cannot be read now."""
        if place.kind != WORKSHOP or not place.is_done:
            return None
        try:
            desk = await self.workspace.desk_of(request)
        except RosaceError:
            return None
        desk.refresh()
        return tuple(
            Title(one.text, one.axis or None, one.rubric, title_id=key)
            for key, one in deciding(desk.session.state).items()
        )

    async def retitle(
        self, request: Request, place: Place, given: Sequence[Title], on_wall: Sequence[Title]
    ) -> list[str]:
        """Do on the wall what was typed in the list of its titles: those that are new, called otherwise, put on another
        axis; what is told of those that are in it no more, which the next run leaves out where the list gave them, and
        of those under another rubric, which it puts there."""
        found, called = identified(given, on_wall), {one.title_id: one.text for one in on_wall}
        axes = {one.title_id: one.axis for one in on_wall}
        moved = [one for one in found if axes.get(one.title_id, one.axis) != one.axis]
        typed = [one for one in found if one.title_id not in called]
        new = tuple(NewTitle(title=one.text, axis=cast(Any, one.axis), rubric=one.rubric or None) for one in typed)
        reworded = [one for one in found if called.pop(one.title_id, one.text) != one.text]
        desk, author = await self.workspace.desk_of(request), author_of(request)
        with desk.writing() if new or reworded or moved else nullcontext():
            if new:
                desk.session.act(author, Wish("titres"), titles=new)
            for one in reworded:
                desk.session.act(author, Wish("rename", groups=(one.title_id,)), title=one.text)
            for one in moved:
                desk.session.act(author, Wish(SET_AXIS, groups=(one.title_id,)), axis=one.axis or HORS_AXE)
        told = self.left_out(place, on_wall, {one.title_id: one.text for one in on_wall if one.title_id in called})
        return told + headed(place, found, on_wall)

    def left_out(self, place: Place, on_wall: Sequence[Title], gone: dict[str, str]) -> list[str]:
        """Take titles that are gone out of the list of the next run; what is told of them."""
        listed = identified(checked_titles(lines_of_text(place.titles(), "")).titles, on_wall)
        rows = {one.title_id: one for one in listed}
        if gone.keys() & rows.keys():
            left = [one for key, one in rows.items() if key not in gone]
            write_outside(place.files / TITLES_FILE, f"{as_lines(left)}\n".encode())
        told = "reste sur le mur\u00a0: réunissez-le là à un autre titre", "s’en ira à la prochaine lecture"
        return [f"{quoted(text)} {told[key in rows]}." for key, text in sorted(gone.items(), key=lambda row: row[1])]

    def photo_of(self, request: Request) -> tuple[Place, Path]:
        """The photo that an address names, and its workshop."""
        place = self.place_of(request, WORKSHOP)
        path = files.photo(place, request.query_params.get("nom", ""))
        if path is None:
            raise HTTPException(404)
        return place, path

    def show(self, request: Request, place: Place, template: str, status: int = 200, **values: Any) -> Response:
        """A screen of a place."""
        tabs = TABS if place.is_done else TABS[:1]
        around = {"place": place, "at": place.address, "title": place.title, "tabs": tabs, "screen": ""}
        return self.workspace.show(request, template, status, **around, **values)


def _saved(titles: Sequence[Title]) -> str:
    """How many titles were saved, and under which rubrics of hers."""
    rubrics = joined([quoted(one) for one in dict.fromkeys(one.rubric for one in titles if one.rubric)])
    told = n_of(len(titles), "titre enregistré", "titres enregistrés")
    return f"{told}{f', sous {rubrics}' if rubrics else ''}."


def headed(place: Place, titles: Sequence[Title], on_wall: Sequence[Title]) -> list[str]:
    """Leave titles that are under another rubric to the next run, in the list that it reads, as no act says it; what
    is told of them."""
    before = {one.title_id: one.rubric for one in on_wall}
    changed = [one for one in titles if before.get(one.title_id, one.rubric) != one.rubric]
    if changed:
        write_outside(place.files / TITLES_FILE, f"{as_lines(titles)}\n".encode())
    return [f"{quoted(one.text)} aura sa rubrique à la prochaine lecture." for one in changed]


def _names_of(people: Sequence[tuple[str, str, int]]) -> dict[str, str]:
    """Voice → the names that files write before its words, then how it is called elsewhere."""
    names: dict[str, list[str]] = {}
    for voice, name, _ in people:
        names.setdefault(voice, []).append(name)
    return {voice: " ou ".join(own) + f" ({voice})" * (voice not in own) for voice, own in names.items()}


def sheet_routes(workspace: Workspace) -> list[Route]:
    """The addresses of the sheets, and that of a new one."""
    sheets = Sheets(workspace)
    shown: dict[str, Callable[[Request], Awaitable[Response]]] = {
        "": sheets.workshop, "/lecture": sheets.reading, "/avancee": sheets.progress, "/saisie": sheets.cards,
        "/photo": sheets.photo, "/document/{document}": sheets.document,
    }  # fmt: skip
    done: dict[str, Callable[[Request], Awaitable[Response]]] = {
        "/fichiers": sheets.add, "/ecarter": sheets.put_aside, "/arreter": sheets.stop, "/fiche": sheets.fill,
        "/corriger": sheets.correct, "/ranger": sheets.put_away, "/reprendre": sheets.borrow,
        "/saisie": sheets.type_cards, "/lancer": sheets.launch,
        "/salle": sheets.open_room,
    }  # fmt: skip
    here = "/{kind}/{name}"
    return [
        Route("/nouveau", sheets.create, methods=["POST"]),
        *(Route(here + path, endpoint) for path, endpoint in shown.items()),
        *(Route(here + path, endpoint, methods=["POST"]) for path, endpoint in done.items()),
    ]
