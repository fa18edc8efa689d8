"""What the parser tells of texts, asked of a process apart that opens it while this one reads files; of this process
where none was begun, or it died.

It is asked by lines of JSON on its standard input, and ends with who asks.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from threading import Lock
from typing import Any

from pipeline.language.models.parsing import load_parser, parse, tagged
from pipeline.language.syntax.phrases import Phrase, read

_SERVE = "import sys; sys.path[:] = sys.argv[1:]; from pipeline.language.syntax import parsed; parsed.serve()"


def phrases_of(texts: Sequence[str]) -> list[Phrase | None]:
    """What each text is, in order; None for one that does not hold together as a phrase."""
    return [one and Phrase(*one) for one in _asked(_phrases, list(texts))]


@lru_cache(maxsize=20_000)
def opens_on_a_name(text: str) -> bool:
    """Whether the parser sees a name in the first word, which has a capital."""
    return bool(text[:1].isupper() and _asked(_first_is_name, text))


def _phrases(texts: list[str]) -> list[tuple[str, str] | None]:
    return [None if one is None else (one.text, one.kind) for one in map(read, parse(texts))]


def _first_is_name(text: str) -> bool:
    return bool(tagged(text)[0].pos_ == "PROPN")


_QUESTIONS: dict[str, Callable[[Any], Any]] = {one.__name__: one for one in (_phrases, _first_is_name)}


class _Parser:
    """The process apart, which ends with the one that started it; a fork of that one leaves it alone."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")  # as everywhere: the same digits
        self._popen = subprocess.Popen(
            [sys.executable, "-c", _SERVE, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **one_thread},
            text=True,
            encoding="ascii",
        )
        atexit.register(self.end)

    def ask(self, name: str, about: Any) -> Any:
        """The answer to a question. Raises OSError, ValueError: the process died."""
        print(json.dumps([name, about]), file=self._popen.stdin, flush=True)
        return json.loads(self._popen.stdout.readline())  # type: ignore[union-attr]

    def end(self) -> None:
        """Kill it; its pipes are closed."""
        if self.owner == os.getpid():
            with suppress(OSError), self._popen:
                self._popen.kill()


_begun: list[_Parser] = []
_ASKING = Lock()


def begin() -> None:
    """Start the process apart, once in the life of this one."""
    with _ASKING:
        if _of_this_process() is None:
            _begun[:] = [_Parser()]


def _of_this_process() -> _Parser | None:
    return _begun[0] if _begun and _begun[0].owner == os.getpid() else None


def _asked(question: Callable[[Any], Any], about: Any) -> Any:
    with _ASKING:
        if (parser := _of_this_process()) is not None:
            try:
                return parser.ask(question.__name__, about)
            except BaseException as error:
                _begun.pop().end()  # it was killed, for memory most often, or its answer was not waited for
                if not isinstance(error, (OSError, ValueError)):
                    raise
    return question(about)


def serve() -> None:
    """Be the process apart: open the parser, then answer questions until none comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asks answers Ctrl-C, and ends this one
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    load_parser()
    for line in sys.stdin:
        name, about = json.loads(line)
        print(json.dumps(_QUESTIONS[name](about)), file=answers, flush=True)
