"""The errors that a user can cause. Everything else is a bug and stays a traceback.

Messages are in French and say what, where, what was found, what was expected, and what to do next.
The command line catches `RosaceError` and nothing else.
"""

import errno
import lzma
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

EXIT_DONE = 0
EXIT_FAILED = 1
"""A traceback (a bug), or a process that died."""
EXIT_USAGE = 2
EXIT_REFUSED = 3
EXIT_INTERRUPTED = 130


BROKEN_ARCHIVE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, EOFError, LookupError, RuntimeError, SyntaxError, ValueError),
)
"""What the libraries that read an archive, or the XML, the images and the arrays in it, raise when it is broken: an
encrypted member is a `RuntimeError`, a missing one a `KeyError`, an unknown packing a `NotImplementedError`."""


class RosaceError(Exception):
    """Base of what a user's input can cause; `exit_code` is what the process returns."""

    exit_code = EXIT_USAGE


class UsageError(RosaceError):
    """A call or a configuration that cannot be honoured (exit code 2)."""


class AlreadyDoneError(RosaceError):
    """What is asked for was done before, and nothing is left to do (exit code 0)."""

    exit_code = EXIT_DONE


class ArtifactError(RosaceError):
    """A run folder that is missing, incomplete or was changed by hand (exit code 2)."""


class ModelError(RosaceError):
    """A model file that is missing, altered, or of another version (exit code 2)."""


class RefusedFileError(RosaceError):
    """A whole file that cannot be read (exit code 3); the others are processed.

    Parameters
    ----------
    source : name of the file, relative to the corpus.
    problem : what is wrong, in French, without final stop.
    advice : what the user can do about it, in French.
    """

    exit_code = EXIT_REFUSED

    def __init__(self, source: str, problem: str, advice: str) -> None:
        self.source = source
        self.problem = problem
        self.advice = advice
        super().__init__(f"{source} : {problem}. {advice}")


class NothingSaidError(RefusedFileError):
    """A file that was recognised and holds nobody's words, which is no fault; `problem` says what it holds."""

    def __init__(self, source: str, problem: str, advice: str = "") -> None:
        super().__init__(source, problem, advice)


_OS_REASONS = {
    errno.EACCES: "vous n'avez pas le droit d'y toucher",
    errno.EPERM: "vous n'avez pas le droit d'y toucher",
    errno.EROFS: "ce disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre quota de disque est atteint",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.ENOTDIR: "son chemin passe par un fichier qui n'est pas un dossier",
    errno.EISDIR: "c'est un dossier, pas un fichier",
    errno.ENOENT: "ce chemin n'existe pas",
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.EBUSY: "un autre programme s'en sert",
}


_OPEN_ELSEWHERE = "un autre programme l'a ouvert, fermez-le"
_WINDOWS_REASONS = {
    5: f"vous n'avez pas le droit d'y toucher, ou {_OPEN_ELSEWHERE}",
    32: _OPEN_ELSEWHERE,
    33: _OPEN_ELSEWHERE,
    206: "son chemin est trop long pour Windows",
}
"""By what Windows calls `winerror`, finer than its `errno`."""


def may_be_open_elsewhere(error: OSError) -> bool:
    """Whether another program may have the file open, which Windows alone forbids to replace."""
    return _OPEN_ELSEWHERE in _WINDOWS_REASONS.get(getattr(error, "winerror", 0), "")


def os_reason(error: OSError) -> str:
    """Why the system refused, in French."""
    if told := _WINDOWS_REASONS.get(getattr(error, "winerror", 0)):
        return told
    return _OS_REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


_EXPECTED = {
    "int": "un nombre entier",
    "float": "un nombre",
    "bool": "true ou false",
    "string": 'un texte entre guillemets ("…")',
    "list": "une liste entre crochets ([…])",
    "tuple": "une liste entre crochets ([…])",
    "dict": "une section [entre crochets]",
    "model": "une section [entre crochets]",
}
_BOUNDS = {
    "greater_than_equal": ("ge", "{} ou plus"),
    "greater_than": ("gt", "plus de {}"),
    "less_than_equal": ("le", "{} ou moins"),
    "less_than": ("lt", "moins de {}"),
}


def expected(item: Mapping[str, Any]) -> str:
    """What one of pydantic's errors says was expected, in French; "" when nothing more can be said."""
    kind, context = str(item["type"]), item.get("ctx", {})
    if kind in _BOUNDS:
        name, told = _BOUNDS[kind]
        return told.format(context[name])
    if kind == "section":
        return str(context["expected"])
    if kind == "literal_error":
        return str(context["expected"]).replace(" or ", " ou ").replace("'", "")
    return _EXPECTED.get(kind.removesuffix("_type").removesuffix("_parsing").removesuffix("_from_float"), "")
