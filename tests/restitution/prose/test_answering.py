"""Answers that say nothing without their question are told with it, once."""

from __future__ import annotations

from dataclasses import replace

from workshop_told import survey_group

from pipeline.restitution.prose.phrases import voice
from pipeline.restitution.prose.sayings import Saying
from pipeline.restitution.prose.sequence import chain
from pipeline.restitution.quoting.quotes import quote_node
from pipeline.restitution.writers.reading import plain


def test_an_answer_that_hangs_on_its_question_is_told_with_it() -> None:
    texts = ("à apprendre à écouter avant de jouer", "Entretenir un geste", "Chanter c'est être ensemble")
    telling, group = survey_group("enquete", texts[0], *texts)
    asked = "À quoi sert une école de musique ?"
    members = [replace(item, axis="ouest", facet="sens", context=asked) for item in group.members]
    sayings = [Saying(item, quote_node(item, (0, item.end)), voice("ouest")) for item in members]
    said = [plain(one).replace("\u00a0", " ") for one in chain(telling, sayings, related=False)]
    assert said[0].startswith("À la question « À quoi sert une école de musique ?")
    assert said[0].endswith("répond : « à apprendre à écouter avant de jouer ».")
    assert said[1] == "Une autre réponse : « Entretenir un geste »."
    assert "question" not in said[2]
