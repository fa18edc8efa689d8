"""The phrases: checked when they are read, and a way for every form that a title may have."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.axes import COMPASS_CODES
from pipeline.restitution.prose.phrases import checked, phrases, ways

FORMS = ("noun_s", "noun_p", "lack", "clause", "question", "infinitive", "wish", "fragment")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("axis", COMPASS_CODES)
def test_every_form_of_a_title_has_a_way_on_every_axis(axis: str, form: str) -> None:
    assert all("{at}" in way for way in ways(f"general.{axis}.{form}"))


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({"est": {"tried": ["{qui} : {q}."]}}, "nothing fills"),
        ({"est": {"tried": []}}, "missing or stands twice"),
        ({"est": {"tried": ["{q}.", "{q}."]}}, "missing or stands twice"),
    ],
    ids=["an unknown slot", "no way at all", "one way twice"],
)
def test_a_fault_of_the_file_is_said_when_it_is_read(table: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        checked({"slots": ["q"], **table})


def test_what_the_file_has_not_is_said() -> None:
    assert phrases() is phrases()
    with pytest.raises(KeyError, match="song"):
        ways("general.est.song")
