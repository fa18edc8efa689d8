"""Files that a browser sends, kept whole under safe names; photos of walls: shown, and typed beside.

The cards of a photo stand beside it under its name, one line a card and the title of its column, where the engine reads
them as any other table.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from pipeline.app.places import ASIDE, Place, safe_name
from pipeline.app.sheet import one_line
from pipeline.contracts.numbers import whole_number
from pipeline.errors import UsageError, os_reason
from pipeline.folder.files import write_outside
from pipeline.ingest.corpus_files import PHOTOS

N_FILES_MAX = 300
_STEP = 1 << 20
HEADINGS = ["Problématique", "Texte"]
N_CARDS_MAX = 2000
SHOWN = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
"""Ends of names of the photos that a browser shows as they are → media type."""
Card = tuple[str, str]
"""The title of a column of the wall, and what a card says."""


async def received(request: Request, limit_mo: int) -> FormData:
    """The form that a browser sends, whose length it says; what is beyond a mebibyte goes to the disk as it comes.

    Raises
    ------
    UsageError : it is larger than allowed, or no form.
    """
    if whole_number(request.headers.get("content-length", ""), limit_mo << 20) is None:
        most = f"{limit_mo:,} Mo".replace(",", "\u202f")
        raise UsageError(f"C’est trop d’un coup : {most} au plus par envoi. Ajoutez les fichiers en plusieurs fois.")
    try:
        return await request.form(max_files=N_FILES_MAX, max_fields=20)
    except HTTPException as error:
        raise UsageError(
            f"L’envoi n’est pas lisible, ou compte plus de {N_FILES_MAX} fichiers. Recommencez."
        ) from error


def title_of(form: FormData) -> str:
    """The title of a workshop that nobody named: the name of its first file, as words; "" without any."""
    files = [one for one in form.getlist("fichiers") if isinstance(one, UploadFile) and one.filename]
    words = re.sub(r"[_\s]+", " ", Path(safe_name(files[0].filename or "")).stem).strip() if files else ""
    return words[:1].upper() + words[1:]


async def take(form: FormData, place: Place) -> str:
    """Keep the files of a form in the folder of a workshop; what is told of it.

    Raises
    ------
    UsageError : the disk refuses one; those before it are kept.
    """
    files = [one for one in form.getlist("fichiers") if isinstance(one, UploadFile) and one.filename]
    names, replaced = [], []
    for file in files:
        name = safe_name(file.filename or "")
        try:
            if await run_in_threadpool(_keep, file, place, name):
                replaced.append(name)
        except OSError as error:
            raise UsageError(
                f"« {name} » n’a pas pu être écrit ({os_reason(error)}). Les précédents le sont."
            ) from error
        names.append(name)
    n, again = len(names), ", ".join(f"« {name} »" for name in replaced)
    kept = f"{n} fichiers ajoutés." if n > 1 else f"« {names[0]} » est ajouté." if n else ""
    return f"{kept} Déjà là sous ce nom, l’ancien est mis de côté : {again}." if again else kept


def _keep(file: UploadFile, place: Place, name: str) -> bool:
    """Write a file whole, then give it its name; whether another bore it."""
    part = place.folder / f".{name}.partie"
    try:
        with part.open("wb") as target:
            shutil.copyfileobj(file.file, target, _STEP)
        was_there = (place.files / name).exists()
        if was_there:
            move(place.files / name, place.folder / ASIDE)
        part.replace(place.files / name)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return was_there


def move(file: Path, folder: Path) -> None:
    """Put a file in another folder, under a name that is free there."""
    folder.mkdir(exist_ok=True)
    target, rank = folder / file.name, 1
    while target.exists():
        rank += 1
        target = folder / f"{file.stem} ({rank}){file.suffix}"
    file.replace(target)


# photos of walls -------------------------------------------------------------------------------------------


def photo(place: Place, name: str) -> Path | None:
    """A photo of a workshop, among its files."""
    paths = (path for source, path, _ in place.sources() if source == name)
    return next((path for path in paths if is_photo(path.name)), None)


def is_photo(name: str) -> bool:
    """Whether a file is a photo that can be typed."""
    return Path(name).suffix.lower() in PHOTOS


def typed_cards(path: Path) -> list[Card]:
    """The cards typed of a photo so far.

    Raises
    ------
    UsageError : another table bears this name.
    """
    table = path.with_suffix(".csv")
    try:
        rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig")), delimiter=";"))
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = os_reason(error) if isinstance(error, OSError) else "ce n’est pas un tableau écrit ici"
        raise UsageError(f"{table.name} ne peut pas être lu ({reason}). Renommez-le, ou la photo.") from error
    if not rows or rows[0] != HEADINGS or any(len(row) != len(HEADINGS) for row in rows):
        raise UsageError(f"{table.name} existe déjà, et n’a pas été saisi ici. Renommez-le, ou la photo.")
    return [(group, text) for group, text in rows[1:]]


def cards_of(form: Mapping[str, Any]) -> list[Card]:
    """The cards of the form, in order; a line without words is no card."""
    lines = ((one_line(form.get(f"groupe-{n}")), one_line(form.get(f"texte-{n}"))) for n in range(N_CARDS_MAX))
    return [card for card in lines if card[1]]


def save_cards(path: Path, cards: list[Card]) -> None:
    """Write the cards of a photo beside it; without any, no table is left."""
    typed_cards(path)  # what was not typed here is not overwritten
    table = path.with_suffix(".csv")
    if not cards:
        table.unlink(missing_ok=True)
        return
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows([HEADINGS, *cards])
    write_outside(table, text.getvalue().encode("utf-8-sig"))
