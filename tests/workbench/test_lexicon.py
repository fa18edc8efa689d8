"""The lexicon built out of two small sources whose answers are known, and stems counted in texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.language.lexicon.verbs import corrected_forms
from pipeline.language.text.words import stem
from pipeline.workbench.lexicon import Sources, genders, homographs, read_sources, verb_lines
from pipeline.workbench.stem_counts import count_stems

COLUMNS = "1_ortho 3_lemme 4_cgram 5_genre 6_nombre 10_freqlivres 11_infover".split()
LEXIQUE = """
quai quai NOM m s 40 -
quais quai NOM m p 20 -
nage nage NOM f s 9 -
nage nager VER - - 1 ind:pre:3s;
nagent nager VER - - 2 ind:pre:3p;
vogue vogue NOM f s 0.1 -
vogue voguer VER - - 99 ind:pre:3s;
poste poste NOM m s 50 -
poste poste NOM f s 50 -
canaux canal NOM m p 30 -
canal canal NOM m s 60 -
bras bras NOM m s 80 -
ponts-levis pont-levis NOM m p 1 -
x9 x9 NOM m s 1 -
"""
LEFFF = """
bolée nc bolée fs
bolées nc bolée fp
nage nc nage fs
vogue nc vogue fs
nager v nager W
nage v nager PS13s
nagent v nager PS3p
nageons v nager PS1p
nagera v nager F3s
voguer v voguer W
vogue v voguer PS13s
voguent v voguer PS3p
voguons v voguer PS1p
voguera v voguer F3s
St. np St. _
"""


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    lexique, lefff = tmp_path / "lexique.txt", tmp_path / "lefff.mlex"
    rows = [
        dict(zip(COLUMNS, ("" if cell == "-" else cell for cell in line.split(" ")), strict=True))
        for line in LEXIQUE.split("\n")[1:-1]
    ]
    lines = ["\t".join(COLUMNS), *("\t".join(row[column] for column in COLUMNS) for row in rows)]
    lexique.write_text("\n".join(lines), encoding="cp1252")
    cells = [line.split(" ") for line in LEFFF.split("\n")[1:-1]]
    lefff.write_text("\n".join("\t".join(row) for row in cells), encoding="utf-8")
    return read_sources(lexique, lefff)


def test_a_noun_has_the_gender_of_most_of_its_uses(sources: Sources) -> None:
    found = genders(sources)
    assert (found["quai"], found["bolée"], found["canal"]) == ("m", "f", "m")


def test_a_noun_of_two_genders_has_none(sources: Sources) -> None:
    assert "poste" not in genders(sources)


def test_a_plural_that_its_singular_tells_is_left_out(sources: Sources) -> None:
    found = genders(sources)
    assert {"quais", "canaux", "bolées"} & found.keys() == set()
    assert found["bras"] == "m"


def test_a_singular_in_s_is_invariable(sources: Sources) -> None:
    assert sources.invariable == {"bras"}


def test_what_is_no_word_is_left_out(sources: Sources) -> None:
    assert "x9" not in sources.genders
    assert "St." not in sources.others


def test_verbs_go_by_frequency_and_have_the_forms_of_the_source(sources: Sources) -> None:
    voguer, nager = verb_lines(sources)
    assert (voguer.split()[0], nager.split()[0]) == ("voguer", "nager")
    assert corrected_forms(voguer) == {"vogue", "voguent", "voguons", "voguera"}
    assert corrected_forms(nager) == {"nage", "nagent", "nageons", "nagera"}


def test_a_form_is_a_verb_by_its_uses(sources: Sources) -> None:
    assert homographs(sources, {"nage", "vogue", "nagent"}) == {"nage": "also"}


def test_texts_are_counted_once_each(tmp_path: Path) -> None:
    said = ["La grelinette casse", "Une grelinette et des grelinettes", "La grelinette casse", "Le sécateur"]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in said), encoding="utf-8")
    counts = count_stems(tmp_path)
    assert (counts[""], counts[stem("grelinette")]) == (3, 2)
    assert stem("secateur") not in counts  # said once
