"""Whatever a reader does of a broken file, the file is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pipeline.errors import RefusedFileError, RosaceError, os_reason

_T = TypeVar("_T")
_SAVE_AGAIN = "Ouvrez-le dans son logiciel d'origine et enregistrez-le à nouveau, ou retirez-le du dossier."


def guarded(source: str, step: Callable[[], _T], expected: str = "") -> _T:
    """The result of a step of reading; its failure, whatever it is, is told as a refusal.

    Readers fail in ways of their own (a stream that does not inflate, a tree too deep, a number without bounds), and
    native ones panic with what is no `Exception`. Only what ends the program goes through.

    Parameters
    ----------
    source : name of the file, for people.
    expected : what the file was taken for, in French ("document Word"); "" when nothing is known of it.

    Raises
    ------
    RefusedFileError : the step failed.
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
        raise RefusedFileError(source, f"la lecture a échoué ({type(error).__name__} ; {told})", _SAVE_AGAIN) from error
