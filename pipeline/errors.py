"""The errors that a user can cause. Everything else is a bug and stays a traceback.

Messages are in French and say what, where, what was found, what was expected, and what to do next.
The command line catches `RosaceError` and nothing else.
"""

from __future__ import annotations

EXIT_DONE = 0
EXIT_BUG = 1
EXIT_USAGE = 2
EXIT_REFUSED = 3
EXIT_INTERRUPTED = 130


class RosaceError(Exception):
    """Base of what a user's input can cause; `exit_code` is what the process returns."""

    exit_code = EXIT_USAGE


class UsageError(RosaceError):
    """A call or a configuration that cannot be honoured (exit code 2)."""


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
