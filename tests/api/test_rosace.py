"""The package `rosace`: what it gives, when it imports it, and the examples of its docstrings."""

import doctest
import inspect
import re
import subprocess
import sys
from importlib.metadata import version

import pytest

import pipeline.api.texts
import pipeline.errors
import rosace

FUNCTIONS = ("read", "group", "cut", "synthesize", "draft", "export", "compare")


def test_every_public_name_is_there() -> None:
    assert set(FUNCTIONS) < set(rosace.__all__)
    for name in rosace.__all__:
        assert getattr(rosace, name) is not None
    assert rosace.__version__ == version("rosace")
    assert rosace.read is pipeline.api.texts.read
    with pytest.raises(AttributeError, match="chanter"):
        _ = rosace.chanter


def test_errors_are_those_that_the_command_line_catches() -> None:
    errors = [getattr(rosace, name) for name in rosace.__all__ if name.endswith("Error")]
    assert len(errors) == 5
    assert all(issubclass(error, pipeline.errors.RosaceError) for error in errors)


def test_nothing_heavy_is_imported_before_the_first_call() -> None:
    code = "import rosace, sys; print([n for n in ('numpy', 'pandas', 'spacy', 'pydantic') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_package_says_its_types() -> None:
    from importlib.resources import files

    assert files("rosace").joinpath("py.typed").is_file()
    assert files("pipeline").joinpath("py.typed").is_file()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_docstring_tells_every_parameter(name: str) -> None:
    function = getattr(rosace, name)
    told = inspect.getdoc(function) or ""
    names = list(inspect.signature(function).parameters)
    assert names
    parameters = told.partition("Parameters")[2].partition("Returns")[0]
    assert [one for one in names if not re.search(rf"\b{one}\b", parameters)] == []
    assert "Returns\n-------" in told and "Raises\n------" in told


@pytest.mark.parametrize("name", ["rosace", *FUNCTIONS])
def test_examples_run(name: str) -> None:
    target = rosace if name == "rosace" else getattr(rosace, name)
    (example,) = doctest.DocTestFinder(recurse=False).find(target, name, globs={})
    if name in ("draft", "export", "compare"):
        assert not example.examples  # they ask for a run: see the examples of the documentation
        return
    assert example.examples
    results = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(example)
    assert results.failed == 0
