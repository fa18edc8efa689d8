"""The addresses of the home page: GET shows, POST does and goes back; the guard is that of the page of review."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.config import Config, load_config
from pipeline.contracts.labels import CHANNEL_NAMES, PROVENANCE_NAMES
from pipeline.errors import RosaceError
from pipeline.folder.files import write_outside
from pipeline.home import sheet, uploads, walls
from pipeline.home.heic import photo_for_browser
from pipeline.home.launching import Launches, Reviews
from pipeline.home.places import ASIDE, TITLES_FILE, WORKSHOP, Place, Places
from pipeline.ingest.inspection import Inspection, inspect_folder
from pipeline.ingest.workshop import WORKSHOP_FILE
from pipeline.place.given import lines_of_text
from pipeline.place.titles import checked as checked_titles
from pipeline.restitution.stage import LABELS
from pipeline.review.app.desk import STATIC
from pipeline.review.app.rendering import make_environment
from pipeline.review.app.serving import guarded, listen

HERE = Path(__file__).parent
FOLDER = "Rosace"
"""Where workshops are kept, in the folder of the person."""
FIRST = {"restitution.docx": "Le document pour Word", "restitution.html": "Le document pour le web"}
Act = Callable[[Place, Request], Awaitable[str]]


@dataclass(frozen=True)
class Card:
    """A place in the list of the home page."""

    place: Place
    title: str
    state: str
    when: str
    n_files: int


def card_of(place: Place, launches: Launches) -> Card:
    """A place, as the list shows it."""
    state = "en cours" if launches.is_under_way(place) else "à relire" if place.is_done else "à préparer"
    when = f"{datetime.fromtimestamp(place.changed):%d/%m/%Y}"
    return Card(place, place.title, state, when, len(place.sources()))


def documents(place: Place) -> dict[str, str]:
    """The documents of a place that are there, by name, and what each is."""
    return {name: label for name, label in (FIRST | LABELS).items() if (place.run / name).is_file()}


def size_told(n_bytes: int) -> str:
    """A size as people read it."""
    if n_bytes < 1024:
        return f"{n_bytes}\u00a0octet{'s' if n_bytes > 1 else ''}"
    value, unit = (n_bytes / 1024, "Kio") if n_bytes < 1 << 20 else (n_bytes / (1 << 20), "Mio")
    return f"{value:.1f}\u00a0{unit}".replace(".", ",")


def origin(inspection: Inspection) -> str:
    """Channel and provenance in words."""
    codes = [code for code in inspection.channel.split(", ") if code]
    channels = [CHANNEL_NAMES[code].content if code in CHANNEL_NAMES else code for code in codes]
    provenances = [PROVENANCE_NAMES.get(name, name) for name in inspection.provenance.split(", ") if name]
    return f"Canal\u00a0: {', '.join(channels)}. Provenance\u00a0: {', '.join(provenances)}"


class Home:
    """The screens and the acts.

    Attributes
    ----------
    origin : the address of this start, without its secret.
    message, is_error : what to say on the next screen.
    """

    def __init__(self, places: Places, settings: Config) -> None:
        self.places, self.settings = places, settings
        self.launches, self.reviews = Launches(), Reviews(settings)
        self.environment = make_environment(
            HERE / "templates", size_told=size_told, origin=origin, is_photo=walls.is_photo
        )
        self.origin, self.message, self.is_error = "", "", False

    # what is shown ------------------------------------------------------------------------------------------

    async def home(self, _: Request) -> Response:
        """The workshops, and a new one."""
        cards = [card_of(place, self.launches) for place in self.places.all()]
        return self.show("home.html", cards=cards, root=self.places.root)

    async def workshop(self, request: Request) -> Response:
        """A workshop: its files, its sheet, its run."""
        return self.show_workshop(self.place_of(request))

    def show_workshop(self, place: Place, typed: dict[str, Any] | None = None, status: int = 200) -> Response:
        """A workshop; `typed` was refused, to be typed again."""
        problem = ""
        try:
            shown = sheet.as_form(place.sheet())  # read even when what was typed is shown: its faults are told
            typed = typed or shown
        except RosaceError as error:
            problem, typed = str(error), typed or {"atelier": {}, "tables": ()}
        return self.show(
            "workshop.html", status, place=place, sources=place.sources() if place.kind == WORKSHOP else [],
            values=typed["atelier"], tables=sheet.blank_rows(typed["tables"]), sheet_problem=problem,
            fields=sheet.FIELDS, table_fields=sheet.TABLE_FIELDS, documents=documents(place),
            launch=self.launches.of(place), profile=self.settings.profil,
            titles=typed["titres"] if "titres" in typed else place.titles() if place.kind == WORKSHOP else "",
        )  # fmt: skip

    async def reading(self, request: Request) -> Response:
        """What is read of the files, and why."""
        place = self.place_of(request, WORKSHOP)
        try:
            inspections = await run_in_threadpool(inspect_folder, place.files, self.settings.ingest)
        except RosaceError as error:
            return self.back(place.address, str(error), is_error=True)
        return self.show("reading.html", place=place, found=inspections)

    async def progress(self, request: Request) -> Response:
        """How far the run is."""
        place = self.place_of(request, WORKSHOP)
        launch = self.launches.of(place)
        if launch is None:
            return RedirectResponse(place.address, status_code=303)
        return self.show("progress.html", place=place, launch=launch, documents=documents(place))

    async def review(self, request: Request) -> Response:
        """The page of review of a run."""
        place = self.place_of(request)
        try:
            address = await run_in_threadpool(self.reviews.open, place, self.origin + place.address)
        except RosaceError as error:
            return self.back(place.address, str(error), is_error=True)
        return RedirectResponse(address, status_code=303)

    async def wall(self, request: Request) -> Response:
        """A photo beside what is typed of it."""
        place, path = self.photo_of(request)
        try:
            cards = await run_in_threadpool(walls.typed_cards, path)
        except RosaceError as error:
            return self.back(place.address, str(error), is_error=True)
        try:
            await run_in_threadpool(photo_for_browser, path)
            unseen = ""
        except RosaceError as error:
            unseen = str(error)
        name, table = request.query_params["nom"], path.with_suffix(".csv")
        return self.show("wall.html", place=place, name=name, cards=cards, table=table, unseen=unseen)

    async def photo(self, request: Request) -> Response:
        """The photo itself."""
        try:
            content, kind = await run_in_threadpool(photo_for_browser, self.photo_of(request)[1])
        except RosaceError as error:
            return PlainTextResponse(str(error), status_code=404)
        return Response(content, media_type=kind)

    async def document(self, request: Request) -> Response:
        """A document, to keep."""
        place, name = self.place_of(request), request.path_params["document"]
        if name not in documents(place):
            raise HTTPException(404)
        return FileResponse(place.run / name, filename=name, media_type="application/octet-stream")

    # what is done -------------------------------------------------------------------------------------------

    async def create(self, request: Request) -> Response:
        """A new workshop, with its first files."""
        try:
            form = await uploads.received(request, self.settings.ingest.taille_max_mio)
            typed = sheet.typed({"titre": form.get("titre")})
            place = self.places.create(typed["atelier"].get("titre", ""))
            write_outside(place.files / WORKSHOP_FILE, sheet.as_toml(sheet.checked(typed, place.sheet())).encode())
            taken = await uploads.take(form, place)
        except RosaceError as error:
            return self.back("/", str(error), is_error=True)
        return self.back(place.address, f"L’atelier est créé. {taken.told}".strip())

    def doing(self, act: Act) -> Callable[[Request], Awaitable[Response]]:
        """An act on a workshop as an address: its message, or what refused it, on the screen of the workshop."""

        async def endpoint(request: Request) -> Response:
            place = self.place_of(request, WORKSHOP)
            try:
                return self.back(place.address, await act(place, request))
            except RosaceError as error:
                return self.back(place.address, str(error), is_error=True)

        return endpoint

    async def add(self, place: Place, request: Request) -> str:
        """More files."""
        form = await uploads.received(request, self.settings.ingest.taille_max_mio)
        return (await uploads.take(form, place)).told or "Choisissez d’abord des fichiers."

    async def put_aside(self, place: Place, request: Request) -> str:
        """A file that is not to be read."""
        name = str((await request.form()).get("nom", ""))
        file = next((path for source, path, _ in place.sources() if source == name), None)
        if file is None:
            return "Ce fichier n’y est plus."
        uploads.put_aside(place, file)
        return f"« {name} » ne sera pas lu. Il est gardé dans {place.folder / ASIDE}."

    async def correct(self, request: Request) -> Response:
        """What a person says of a document: a passage that is nobody's words, somebody who speaks."""
        place, form = self.place_of(request, WORKSHOP), await request.form()
        source, not_words, speaker = (
            sheet.one_line(form.get(name)) for name in ("nom", "pas_une_parole", "intervenant")
        )
        reading = f"{place.address}/lecture"
        if not any(source == name for name, *_ in place.sources()):
            return self.back(reading, "Ce fichier n’y est plus.", is_error=True)
        if not not_words and not speaker:
            return self.back(reading, "Écrivez un titre, un endroit ou un nom.", is_error=True)
        try:
            changed = sheet.corrected(place.sheet(), source, not_words, speaker)
            write_outside(place.files / WORKSHOP_FILE, sheet.as_toml(changed).encode())
        except RosaceError as error:
            return self.back(reading, str(error), is_error=True)
        return self.back(reading, f"C’est noté dans {WORKSHOP_FILE}, et « {source} » est relu.")

    async def type_wall(self, request: Request) -> Response:
        """What was typed of a photo, saved whole."""
        place, path = self.photo_of(request)
        form = await request.form(max_fields=2 * walls.N_CARDS_MAX)
        try:
            await run_in_threadpool(walls.save_cards, path, walls.cards_of(form))
        except RosaceError as error:
            return self.back(place.address, str(error), is_error=True)
        return RedirectResponse(f"{place.address}/mur?nom={quote(request.query_params['nom'])}", status_code=303)

    async def stop(self, place: Place, _: Request) -> str:
        """Interrupt the run."""
        self.launches.stop(place)
        return "La lecture s’arrête ; ce qui est fait n’est pas refait."

    async def fill(self, request: Request) -> Response:
        """The sheet, as typed; refused, it is shown again as it was typed."""
        place, form = self.place_of(request, WORKSHOP), await request.form(max_fields=2000)
        typed = sheet.typed(dict(form))
        titles = str(form.get("titres") or "").replace("\r\n", "\n")
        try:
            write_outside(place.files / WORKSHOP_FILE, sheet.as_toml(sheet.checked(typed, place.sheet())).encode())
            if titles.strip() or place.titles():
                write_outside(place.files / TITLES_FILE, f"{titles.rstrip()}\n".encode())
        except RosaceError as error:
            self.message, self.is_error = f"La fiche n’est pas enregistrée.\n{error}", True
            return self.show_workshop(place, {**typed, "titres": titles}, status=422)
        if form.get("suite") == "lecture":
            return RedirectResponse(f"{place.address}/lecture", status_code=303)
        if form.get("suite") == "lancer":
            return await self.begin(place, form)
        told = checked_titles(lines_of_text(titles, "Vos titres")).told
        return self.back(place.address, "\n".join(["La fiche est enregistrée.", *told[:8]]))

    async def launch(self, request: Request) -> Response:
        """Begin the run."""
        return await self.begin(self.place_of(request, WORKSHOP), await request.form())

    async def begin(self, place: Place, form: FormData) -> Response:
        """Begin the run with the profile of a form, and show how far it is."""
        try:
            await run_in_threadpool(self.launches.start, place, str(form.get("profil", "")))
        except RosaceError as error:
            return self.back(place.address, str(error), is_error=True)
        return RedirectResponse(f"{place.address}/avancee", status_code=303)

    # what they share ----------------------------------------------------------------------------------------

    def place_of(self, request: Request, kind: str | None = None) -> Place:
        """The place that an address names."""
        place = self.places.find(request.path_params["kind"], request.path_params["name"])
        if place is None or kind not in (None, place.kind):
            raise HTTPException(404)
        return place

    def photo_of(self, request: Request) -> tuple[Place, Path]:
        """The photo that an address names, and its workshop."""
        place = self.place_of(request, WORKSHOP)
        path = walls.photo(place, request.query_params.get("nom", ""))
        if path is None:
            raise HTTPException(404)
        return place, path

    def show(self, template: str, status: int = 200, **values: Any) -> Response:
        """A screen, and what was to be said."""
        limit = self.settings.ingest.taille_max_mio
        html = self.environment.get_template(template).render(
            message=self.message, is_error=self.is_error, limit_mib=limit, **values
        )
        self.message = ""
        return Response(html, status, media_type="text/html; charset=utf-8")

    def back(self, address: str, message: str, is_error: bool = False) -> Response:
        """To a screen, with something to say there."""
        self.message, self.is_error = message, is_error
        return RedirectResponse(address, status_code=303)


def make_app(home: Home, token: str, port: int) -> Starlette:
    """The application, closed to everyone but this browser."""
    home.origin = f"http://127.0.0.1:{port}"
    here = "/{kind}/{name}"
    shown = {"": home.workshop, "/lecture": home.reading, "/avancee": home.progress, "/relire": home.review,
             "/mur": home.wall, "/photo": home.photo,
             "/document/{document}": home.document}  # fmt: skip
    done = {"/fichiers": home.doing(home.add), "/ecarter": home.doing(home.put_aside),
            "/arreter": home.doing(home.stop), "/fiche": home.fill,
            "/corriger": home.correct, "/mur": home.type_wall, "/lancer": home.launch}  # fmt: skip
    routes = [
        Route("/", home.home),
        Route("/nouveau", home.create, methods=["POST"]),
        Mount("/statique/accueil", StaticFiles(directory=HERE / "static")),
        Mount("/statique", StaticFiles(directory=STATIC)),
        *(Route(here + path, endpoint) for path, endpoint in shown.items()),
        *(Route(here + path, endpoint, methods=["POST"]) for path, endpoint in done.items()),
    ]
    return guarded(routes, token, port, "Revenez à l’accueil : /")


def open_home(announce: Callable[[str], None], folder: Path | None = None) -> None:
    """Listen on this computer only, until interrupted; `announce` gets the address to open."""
    home = Home(Places(folder or Path.home() / FOLDER, Path("runs")), load_config(None))
    try:
        listen(lambda token, port: make_app(home, token, port), announce)
    finally:
        home.launches.stop_all()
