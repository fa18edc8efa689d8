"""Bytes to text: byte order mark, UTF-8, then what French files are written in; any failure told as a refusal."""

import codecs
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import RefusedFileError, RosaceError, os_reason

SAVE_AGAIN = "Ouvrez-le dans son logiciel d'origine et enregistrez-le à nouveau, par exemple en CSV (UTF-8)."
_SAVE_OR_REMOVE = "Ouvrez-le dans son logiciel d'origine et enregistrez-le à nouveau, ou retirez-le du dossier."
SAMPLE_SIZE, BLOCK_SIZE = 1 << 18, 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_LEGACY_ENCODINGS = ["cp1252", "iso8859_15", "mac_roman"]
_T = TypeVar("_T")


def guarded(source: str, step: Callable[[], _T], expected: str = "") -> _T:
    """The result of a step of reading; its failure, whatever it is, is told as a refusal.

    Readers fail in ways of their own (a stream that does not inflate, a tree too deep, a number without bounds), and
    native ones panic with what is no `Exception`. Only what ends the program goes through.

    Parameters
    ----------
    source : name of the file, for people.
    expected : what the file was taken for, in French ("document Word"); "" when nothing is known of it.

    Raises RefusedFileError: the step failed.
    """
    try:
        return step()
    except (RosaceError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except PermissionError as error:
        raise RefusedFileError(
            source, "vous n'avez pas le droit de le lire", "Changez ses droits, ou copiez-le."
        ) from error
    except OSError as error:
        raise RefusedFileError(
            source, f"la lecture a échoué ({os_reason(error)})", "Copiez le fichier ici à nouveau."
        ) from error
    except MemoryError as error:
        raise RefusedFileError(
            source, "la lecture demande trop de mémoire", "Coupez le fichier en plusieurs, ou enregistrez-le en CSV."
        ) from error
    except BaseException as error:
        told = f"attendu : {expected}, d'après son contenu" if expected else "fichier abîmé"
        is_torn = isinstance(error, (zipfile.BadZipFile, zlib.error))
        how = "le fichier est incomplet ou abîmé (" if is_torn else f"la lecture a échoué ({type(error).__name__} ; "
        problem = f"{how}{told})"
        raise RefusedFileError(source, problem, _SAVE_OR_REMOVE) from error


def text_encoding(path: Path, source: str) -> str:
    """The encoding of a text file: byte order mark, then strict UTF-8, then what French files are written in.

    Raises RefusedFileError: the content is binary, or in none of these encodings.
    """
    with path.open("rb") as file:
        head = file.read(SAMPLE_SIZE)
        marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
        if marked is not None:
            return marked
        if b"\0" in head:
            return _unmarked_utf16(head, source)
        decoder = codecs.getincrementaldecoder("utf-8")()
        block = head
        try:
            while block:
                decoder.decode(block)
                last, block = block, file.read(BLOCK_SIZE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _legacy_encoding(head if block is head else head[: SAMPLE_SIZE // 2] + (block or last), source)
    return "utf-8"


def _unmarked_utf16(head: bytes, source: str) -> str:
    for name, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        if head[offset::2].count(0) > 0.7 * len(head[offset::2]) and not head[1 - offset :: 2].count(0):
            return name
    raise RefusedFileError(source, "ce n'est pas un fichier de texte, son contenu est binaire", SAVE_AGAIN)


def _legacy_encoding(sample: bytes, source: str) -> str:
    from charset_normalizer import from_bytes

    n_controls = sum(sample.count(byte) for byte in (*range(9), *range(14, 27), *range(28, 32)))
    best = from_bytes(sample, cp_isolation=_LEGACY_ENCODINGS).best() if n_controls * 200 <= len(sample) else None
    if best is None:
        raise RefusedFileError(source, "son contenu n'est pas du texte lisible", SAVE_AGAIN)
    return str(best.encoding)


def sound(text: str) -> str:
    """`text` with `\ufffd` for each half of a character that stands alone, which no file could hold."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def loads_sound(text: str) -> Any:
    """The content of a json text, halves of characters replaced, in names too.

    Raises ValueError, RecursionError: it is no json, or nested too deep.
    """
    content = json.loads(text)
    if _HALF.search(text) is None:
        return content
    return json.loads(sound(json.dumps(content, ensure_ascii=False)))


def read_text(path: Path, source: str) -> str:
    """The whole text of a file, newlines as `\\n`."""
    text = path.read_bytes().decode(text_encoding(path, source), errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
