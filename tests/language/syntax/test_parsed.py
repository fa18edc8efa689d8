"""The parser in a process apart tells what it tells here, and here where that process is gone."""

import os
import signal

from pipeline.language.models.parsing import parse
from pipeline.language.syntax import parsed
from pipeline.language.syntax.phrases import read

TEXTS = ["planter des haies le long du chemin", "l’écluse fermée", "parce que la", "qui paie le car scolaire ?"]


def test_what_is_told_apart_is_what_is_told_here() -> None:
    here = [read(doc) for doc in parse(TEXTS)]
    assert {one and one.kind for one in here} > {"infinitive", "question", None}
    parsed.begin()
    told = parsed._of_this_process()
    assert told is not None
    assert parsed.phrases_of(TEXTS) == here
    names = ["Lyon est trop loin", "Planter des haies", "planter"]
    assert [parsed.opens_on_a_name(text) for text in names] == [True, False, False]
    parsed.begin()
    assert parsed._of_this_process() is told, "one process serves as long as this one lives"

    os.kill(told._popen.pid, signal.SIGKILL)
    told._popen.wait()
    assert parsed.phrases_of(TEXTS) == here
    assert parsed._of_this_process() is None
