"""People who answered a survey of several files: counted once where the files show that they are the same."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.restitution.material.respondents import with_one_voice_a_person


def answers(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    columns = ["source", "voice", "attributes", "date"]
    return pd.DataFrame(rows, columns=columns).assign(channel="enquete", workshop="a")


@pytest.mark.parametrize(
    ("attributes", "dates", "voices"),
    [
        (('{"N": "1", "Port": "Kervan"}', '{"N": "2", "Port": "Lannig"}') * 2, [None] * 4, ["R1", "R2", "R1", "R2"]),
        (('{"N": "1"}', '{"N": "2"}') * 2, ["3 mai", "4 mai"] * 2, ["R1", "R2", "R1", "R2"]),
        (('{"N": "1"}', '{"N": "2"}') * 2, ["3 mai", "4 mai", "8 mai", "9 mai"], ["R1", "R2", "R3", "R4"]),
        (('{"N": "1"}', '{"N": "2"}') * 2, [None] * 4, ["R1", "R2", "R3", "R4"]),
        (('{"Port": "Kervan", "Bac": "oui"}',) * 4, [None] * 4, ["R1", "R2", "R3", "R4"]),
    ],
    ids=["columns", "a number and a date", "other dates", "a number alone", "rows that say the same"],
)
def test_files_of_one_survey(attributes: tuple[str, ...], dates: list[str | None], voices: list[str]) -> None:
    rows = zip(["q1.csv", "q1.csv", "q2.csv", "q2.csv"], ["R1", "R2", "R3", "R4"], attributes, dates, strict=True)
    assert with_one_voice_a_person(answers(*rows))["voice"].tolist() == voices


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [(f"q{q}.csv", f"R{3 * q + n}", f'{{"N": "{n}", "Port": "Kervan"}}', None) for q in (0, 1) for n in range(3)]
    turned = with_one_voice_a_person(answers(*rows[::-1]))
    assert turned["voice"].tolist()[::-1] == with_one_voice_a_person(answers(*rows))["voice"].tolist()


def test_who_speaks_at_a_table_is_left_alone() -> None:
    rows = answers(
        ("a.csv", "Voix 1", '{"N": "1", "Port": "K"}', None), ("b.csv", "Voix 2", '{"N": "1", "Port": "K"}', None)
    )
    assert with_one_voice_a_person(rows.assign(channel="postit"))["voice"].tolist() == ["Voix 1", "Voix 2"]
