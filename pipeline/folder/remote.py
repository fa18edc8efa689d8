"""A corpus named by a URL (`s3://`, `https://`, `sftp://`…), copied here for as long as it is read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import UsageError
from pipeline.extras import need


def is_url(place: str) -> bool:
    """Whether a place is a URL rather than a path."""
    return "://" in place


@contextmanager
def corpus_folder(place: str) -> Iterator[Path]:
    """The folder of a corpus; that of a URL is a copy, removed at the end: participants' words stay in one place.

    Raises
    ------
    MissingExtraError : fsspec is missing.
    UsageError : the package of the protocol is missing, or the URL holds nothing that can be read.
    """
    if not is_url(place):
        yield Path(place)
        return
    with tempfile.TemporaryDirectory(prefix="rosace-") as folder:
        target = Path(folder) / (PurePosixPath(place.split("://", 1)[1]).name or "corpus")
        copy_here(place, target)
        yield target


def copy_here(url: str, target: Path) -> None:
    """Copy the file or all the files of a URL into the folder `target`, which is made."""
    storage, root = _opened(url)
    try:
        files = [root] if storage.isfile(root) else sorted(storage.find(root))
        for path in files:
            inside = PurePosixPath(path).relative_to(root).parts or (PurePosixPath(path).name,)
            if ".." in inside:
                raise ValueError(f"nom de fichier refusé : {path}")
            local = target.joinpath(*inside)
            local.parent.mkdir(parents=True, exist_ok=True)
            storage.get_file(path, str(local))
    except Exception as error:  # each protocol has errors of its own
        raise UsageError(
            f"{url} n'a pas pu être lu ({type(error).__name__} : {error}). Vérifiez l'adresse et vos droits, ou copiez "
            "le dossier ici."
        ) from error
    if not files:
        raise UsageError(f"{url} ne contient aucun fichier. Donnez l'adresse du dossier de l'atelier.")


def _opened(url: str) -> tuple[Any, str]:
    need("dask", f"Lire {url}")
    import fsspec

    try:
        storage, root = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(
            f"{url} : ce protocole n'est pas disponible ({error}). Installez le paquet qui le lit (s3fs pour s3://, "
            "gcsfs pour gs://, adlfs pour abfs://, paramiko pour sftp://), ou copiez le dossier ici."
        ) from error
    return storage, root
