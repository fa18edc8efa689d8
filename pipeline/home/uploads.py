"""Files that a browser sends: streamed to the disk under safe names, within a size that is told."""

from __future__ import annotations

import shutil
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from pipeline.contracts.numbers import whole_number
from pipeline.errors import UsageError, os_reason
from pipeline.home.places import ASIDE, Place, safe_name

N_FILES_MAX = 300
_STEP = 1 << 20


@dataclass(frozen=True)
class Taken:
    """Names under which files were kept, and those that took the place of another, which is put aside."""

    names: tuple[str, ...]
    replaced: tuple[str, ...]

    @property
    def told(self) -> str:
        """In a sentence."""
        n = len(self.names)
        kept = f"{n} fichiers ajoutés." if n > 1 else f"« {self.names[0]} » est ajouté." if n else ""
        again = ", ".join(f"« {name} »" for name in self.replaced)
        return f"{kept} Déjà là sous ce nom, l’ancien est mis de côté : {again}." if again else kept


async def received(request: Request, limit_mib: int) -> FormData:
    """The form that a browser sends; what is beyond a mebibyte goes to the disk as it comes.

    Raises
    ------
    UsageError : it is larger than allowed, or no form.
    """
    limit = limit_mib << 20
    too_large = UsageError(
        f"C’est trop d’un coup : {limit_mib:,} Mio au plus par envoi. Ajoutez les fichiers en plusieurs fois.".replace(
            ",", "\u202f"
        )
    )
    declared = request.headers.get("content-length", "")
    if declared and (whole_number(declared, limit)) is None:
        raise too_large

    async def counted() -> AsyncGenerator[bytes, None]:
        n = 0
        async for chunk in request.stream():
            n += len(chunk)
            if n > limit:
                raise too_large
            yield chunk

    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.form()
    try:
        return await MultiPartParser(request.headers, counted(), max_files=N_FILES_MAX, max_fields=20).parse()
    except MultiPartException as error:
        raise UsageError(
            f"L’envoi n’est pas lisible, ou compte plus de {N_FILES_MAX} fichiers. Recommencez."
        ) from error


async def take(form: FormData, place: Place) -> Taken:
    """Keep the files of a form in the folder of a workshop.

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
    return Taken(tuple(names), tuple(replaced))


def _keep(file: UploadFile, place: Place, name: str) -> bool:
    """Write a file whole, then give it its name; whether another bore it."""
    part = place.folder / f".{name}.partie"
    try:
        with part.open("wb") as target:
            shutil.copyfileobj(file.file, target, _STEP)
        was_there = (place.files / name).exists()
        if was_there:
            put_aside(place, place.files / name)
        part.replace(place.files / name)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return was_there


def put_aside(place: Place, file: Path) -> None:
    """Take a file away from what is read; it is kept beside."""
    aside = place.folder / ASIDE
    aside.mkdir(exist_ok=True)
    target, rank = aside / file.name, 1
    while target.exists():
        rank += 1
        target = aside / f"{file.stem} ({rank}){file.suffix}"
    file.replace(target)
