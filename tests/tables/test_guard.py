"""Any failure of a reader is a refusal in words; what ends the program goes through."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pytest

from pipeline.errors import EXIT_REFUSED, RefusedFileError, UsageError
from pipeline.tables.guard import guarded


class Panic(BaseException):
    """As native readers raise."""


def failing(error: BaseException) -> Callable[[], None]:
    def step() -> None:
        raise error

    return step


def test_a_result_is_given() -> None:
    assert guarded("a.csv", lambda: 3) == 3


@pytest.mark.parametrize(
    "error",
    [zlib.error("x"), OverflowError(), RecursionError(), Panic(), KeyError("x"), StopIteration(), MemoryError()],
)
def test_a_failure_is_a_refusal(error: BaseException) -> None:
    with pytest.raises(RefusedFileError) as refused:
        guarded("a.docx", failing(error), "document Word")
    assert refused.value.source == "a.docx"
    assert refused.value.advice
    assert refused.value.exit_code == EXIT_REFUSED
    assert isinstance(error, MemoryError) or "document Word" in refused.value.problem


def test_a_failure_of_the_system_has_its_reason() -> None:
    with pytest.raises(RefusedFileError, match="pas le droit"):
        guarded("a.csv", failing(PermissionError()))
    with pytest.raises(RefusedFileError, match="n'existe pas"):
        guarded("a.csv", failing(FileNotFoundError(2, "")))


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(), UsageError("x"), RefusedFileError("b", "x", "y")])
def test_what_ends_the_program_and_what_is_told_already_go_through(error: BaseException) -> None:
    with pytest.raises(type(error)) as raised:
        guarded("a.csv", failing(error))
    assert raised.value is error
