"""docx and odt through pandoc, from its own document tree: nothing that a participant wrote is ever parsed as mark-up.

Bytes depend on the draft alone: pandoc's dates come from SOURCE_DATE_EPOCH, and the zip is written again with fixed
dates and a fixed order.
"""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from pipeline.contracts.draft import Draft
from pipeline.errors import UsageError
from pipeline.restitution.writers.finishing import finished_docx, finished_odt, finished_settings
from pipeline.restitution.writers.tree import Look, document

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
EPOCH = "1577836800"
ZIP_DATE = (2020, 1, 1, 0, 0, 0)


def write_offices(draft: Draft, images: dict[str, bytes], level: int, models: Mapping[str, str]) -> dict[str, bytes]:
    """The document in each kind, docx or odt, written side by side.

    Parameters
    ----------
    images : png of each figure of the draft, by name.
    models : by kind, the path of an organisation's reference document; "" for ours.

    Raises
    ------
    UsageError : a reference document is missing or pandoc cannot read it.
    """
    with _fixed_dates(), ThreadPoolExecutor() as threads:
        made = threads.map(lambda kind: _write(draft, images, kind, level, models[kind]), models)
        return dict(zip(models, made, strict=True))


@contextmanager
def _fixed_dates() -> Iterator[None]:
    """pandoc's dates, as long as it is called inside."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _write(draft: Draft, images: dict[str, bytes], kind: str, level: int, reference: str) -> bytes:
    import pypandoc

    model = Path(reference) if reference else TEMPLATES / f"reference.{kind}"
    if not model.is_file():
        raise UsageError(
            f"Document de référence introuvable : {model}. Corrigez modele_{kind} dans la configuration, "
            "ou laissez-le vide pour celui de Rosace."
        )
    tree = json.dumps(document(Look(draft, images, level, kind)), ensure_ascii=False)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"restitution.{kind}"
        try:
            pypandoc.convert_text(
                tree,
                kind,
                format="json",
                outputfile=str(target),
                extra_args=[f"--reference-doc={model}"],
                verify_format=False,  # asking pandoc which formats it knows launches it twice more
            )
        except RuntimeError as error:
            raise UsageError(
                f"pandoc n'a pas pu écrire restitution.{kind} avec {model} ({str(error).strip()[:300]}). "
                f"Vérifiez modele_{kind} dans la configuration."
            ) from error
        return _fixed(target.read_bytes(), kind, _alternatives(draft))


def _alternatives(draft: Draft) -> list[str]:
    """The alternative text of each image, in the order of the document, where annexes come last."""
    sections = sorted(draft.sections, key=lambda section: section.is_annex)
    blocks = [block for section in sections for block in section.blocks if block.kind == "figure"]
    figures = [draft.figures[block.value.figure] for block in blocks]
    return [figure.alt for figure in figures if figure.shows == "image"]


def _fixed(content: bytes, kind: str, alternatives: list[str]) -> bytes:
    """The same archive with fixed dates and order; an odt keeps its `mimetype` first and uncompressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        styles = source.read("word/styles.xml" if kind == "docx" else "styles.xml").decode()
        names = sorted(source.namelist(), key=lambda name: (name != "mimetype", name != "[Content_Types].xml", name))
        for name in names:
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            data = source.read(name)
            if kind == "odt" and name in ("meta.xml", "content.xml"):
                data = _without_dates(data)
            if name == "content.xml":
                data = finished_odt(data.decode(), styles, alternatives).encode()
            elif name == "word/document.xml":
                data = finished_docx(data.decode(), styles).encode()
            elif name == "word/settings.xml":
                data = finished_settings(data.decode()).encode()
            target.writestr(info, data)
    return out.getvalue()


def _without_dates(xml: bytes) -> bytes:
    return re.sub(rb"(<(?:meta:creation-date|dc:date)>)[^<]*", rb"\g<1>2020-01-01T00:00:00Z", xml)
