"""Numbers that are nobody's: real turns of phrase with lists, years, amounts; masks that never cut a word."""

import csv
import json
import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.privacy.marks import find_personal, mask
from tests.fuzz.strategies import count

CORPUS = Path(__file__).parents[3] / "corpus"
REAL = "ROSACE_TEXTES"
"""The variable that names a folder of real texts, which the project may not hold."""
LONGEST = 400
MASKS_MAX = 1e-4
"""False masks by sentence."""


def sentences(*folders: Path) -> list[str]:
    """The texts of the tables under some folders, once each."""
    found: dict[str, None] = {}
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in (".jsonl", ".csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file) if path.suffix == ".csv" else map(json.loads, file)
            cells = (said for row in rows for said in row.values() if isinstance(said, str) and " " in said)
            found |= dict.fromkeys(said[:LONGEST] for said in cells)
    return list(found)


def years(draw: random.Random) -> str:
    first = draw.randint(1950, 2020)
    return " ".join(str(first + n) for n in range(draw.randint(4, 8)))


def lots(draw: random.Random) -> str:
    first, joint = draw.randint(1, 20), draw.choice([" ", ", ", " / "])
    return joint.join(f"{first + n:02d}" for n in range(draw.randint(4, 10)))


def indices(draw: random.Random) -> str:
    return "indice " + " ".join(str(draw.randint(1, 9999)) for _ in range(draw.randint(2, 6)))


def amounts(draw: random.Random) -> str:
    joint = draw.choice([" ", ", ", " / ", " ; "])
    return joint.join(f"{draw.randint(1, 99)} {draw.randint(0, 999):03d}" for _ in range(draw.randint(1, 4)))


def hours(draw: random.Random) -> str:
    return ", ".join(f"{draw.randint(5, 22)}h{draw.randint(0, 59):02d}" for _ in range(draw.randint(3, 6)))


def dates(draw: random.Random) -> str:
    return " et ".join(
        f"{draw.randint(1, 28):02d}/{draw.randint(1, 12):02d}/{draw.randint(2000, 2027)}" for _ in range(3)
    )


def codes(draw: random.Random) -> str:
    return " ".join(f"{draw.randint(1, 95):02d}{draw.randint(0, 999):03d}" for _ in range(draw.randint(1, 5)))


RUNS: list[Callable[[random.Random], str]] = [years, lots, indices, amounts, hours, dates, codes]


def masked_wrongly(texts: list[str]) -> list[str]:
    """Those of these texts where a number of things, put among the words, is masked."""
    draw, wrong = random.Random(31), []
    for text in texts:
        words = text.split(" ")
        at, run = draw.randint(0, len(words)), draw.choice(RUNS)(draw)
        told = " ".join([*words[:at], run, *words[at:]])
        own = {text[start:end] for start, end, _ in find_personal(text)}
        wrong += [told for start, end, _ in find_personal(told) if told[start:end] not in own]
    count("sentences with numbers", len(texts))
    count("false masks", len(wrong))
    return wrong


def test_numbers_put_into_sentences_are_nobodys() -> None:
    texts = sentences(CORPUS / "annotated", CORPUS / "ideas")
    assert len(texts) > 10_000
    wrong = masked_wrongly(texts)
    assert len(wrong) <= MASKS_MAX * len(texts), wrong[:10]


@pytest.mark.slow
@pytest.mark.skipif(REAL not in os.environ, reason=f"{REAL} names no folder of real texts")
def test_numbers_put_into_real_sentences_are_nobodys() -> None:
    texts = sentences(Path(os.environ[REAL]))
    assert texts
    wrong = masked_wrongly(texts)
    assert len(wrong) <= MASKS_MAX * len(texts), f"{len(wrong)} of {len(texts)}"  # not a word of theirs is shown


LOOK_ALIKES = [
    "Les années 2019 2020 2021 2022 2023 ont été dures",
    "LE BILAN DE 2015 2016 2017 2018 2019 2020",
    "lots 01 02 03 04 05 06 07",
    "indice 2 85 05 78 006 084",
    "les salles 12 14 16 06 39 98 01 02",
    "tu es 2019 2020 2021 2022 2023 2024 fois trop fort",
    "43796 62972 95744 65069 sont des codes postaux",
    "cotes 4000 5000 6000 7000 8000",
    "le compte rendu de 44966 75787 est en ligne",
    "prendre en compte le 08 09 10 11 12 13 14",
    "LES COMPTES DE 2009 2010 2011 2012 2013",
    "une carte d'identité, 13 14 15 16 17 18 19",
    "mon permis 2009 2010 2011 2012",
    "visa : 58373 22757 63843 56242",
    "indice 8696 7 4264 3226 9583 5596",
]


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_number_of_things_stays(text: str) -> None:
    assert mask(text, True, Counter()) == text


NUMBERS = [
    "06 39 98 01 02",
    "FR14 2004 1010 0505 0001 3M02 606",
    "2 55 08 14 168 025 38",
    "4111 1111 1111 1111",
    "2019 2020 2021 2022 2023",
    "FR1420041010050500013M02606",
]


@settings(max_examples=300, derandomize=True)
@given(st.text("abéèœ àçAÉ", max_size=12), st.sampled_from(NUMBERS), st.text("abéèœ àçAÉ", max_size=12))
def test_no_mask_cuts_a_word(before: str, number: str, after: str) -> None:
    text = before + number + after
    for start, end, _ in find_personal(text):
        assert not (text[:start][-1:].isalpha() and text[start].isalpha())
        assert not (text[end - 1].isalpha() and text[end:][:1].isalpha())
        assert not (text[:start][-1:].isdigit() and text[start].isdigit())
        assert not (text[end - 1].isdigit() and text[end:][:1].isdigit())
