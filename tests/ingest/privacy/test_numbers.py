"""Telephones however they are cut, and the numbers that look like them; keys of the others."""

import pytest
from labelled import each, false_of

from pipeline.ingest.privacy.numbers import accounts, cards, insured, is_card, is_iban, is_nir, telephones

CUTS = [
    "06 39 98 01 02", "06,39,98,01,02", "06:39:98:01:02", "06-39 98.01 02", "0 639 980 102", "0639 980 102",
    "0-6-3-9-9-8-0-1-0-2",
    "06 39 98\n01 02", "O6 39 98 O1 O2", "(06) 39 98 01 02", "+33 (0)6 39 98 01 02", "0033639980102",
    "33 6 39 98 01 02", "+33 (0)6 39.98.01.02", "+33 6 39_98_01_02", "0 6 3 9 9 8 0 1 0 2",
]  # fmt: skip


@pytest.mark.parametrize("text", CUTS)
def test_a_telephone_however_it_is_cut(text: str) -> None:
    (found,) = telephones(f"Appelez {text}, merci")
    assert f"Appelez {text}, merci"[found[0] : found[1]] == text.lstrip("(")
    assert found[2].removeprefix("+33").removeprefix("0033").removeprefix("33")[-9:] == "639980102"


test_dates_hours_codes_and_lists_are_none = false_of(
    lambda text: list(telephones(f"de {text} en tout")),
    "01/02/2026 14:30",
    "2026-02-01 10:45",
    "06 2026-02-01",
    "06:10 07:10 08:10 09:10 10:10",
    "01, 02, 03, 04, 05",
    "01\n02\n03\n04\n05",
    "06000 06100",
    "0.5 0.6 0.7 0.8 0.9",
    "412 773 600 00041",
    "0639 980 102 777",
    "1 200 000 000",
    "06 39 98 01 02 03",
    "A0639980102",
    "PC-0639980102",
)


@pytest.mark.parametrize("word", ["tel", "au", "mobile", "Fixe", "mon portable"])
def test_a_telephone_glued_to_what_announces_it(word: str) -> None:
    assert [found[2] for found in telephones(f"appelez-moi {word}06 39 98 01 02")] == ["0639980102"]
    assert not list(telephones("la salle bis06 39 98 01 02"))


@pytest.mark.parametrize("key", ["43", "clé 43", "clé : 43", "cle43"])
def test_an_account_that_is_told_is_one_with_or_without_the_word_of_its_key(key: str) -> None:
    text = f"mon RIB : 30004 00823 00001234567 {key}, merci"
    assert [text[start:end] for start, end in accounts(text)] == [f"30004 00823 00001234567 {key}"]


test_telephones_beside_other_numbers = each(
    lambda text: [found[2] for found in telephones(text)],
    ("au 0639 980 102, 777 voix", ["0639980102"]),
    ("salle 4, 12 03 2026 06 39 98 01 02", ["0639980102"]),
    ("06 39 98 01 02/06 39 98 01 03", ["0639980102", "0639980103"]),
    names=["before another number", "after a date", "two in a row"],
)


def test_a_number_whose_key_is_wrong_is_one_when_it_is_told_as_such() -> None:
    wrong = "FR1420041010050500013M02607"
    assert not list(accounts(f"la borne affiche {wrong}"))
    assert not list(accounts(f"IBAN, dossier n° {wrong}"))
    assert list(accounts(f"mon IBAN {wrong}")) == [(9, 36)]
    assert list(accounts("Voici FR14 2004 1010 0505 0001 3M02 607")) == [(6, 39)]
    assert not list(insured("le code 255081416802539"))
    assert list(insured("ma sécu 255081416802539")) == [(8, 23)]
    assert list(insured("ma sécu 255 08 14 168 025 39")) == [(8, 28)]
    assert not list(insured("ma sécu, dossier n° 255081416802539"))
    assert not list(insured("le code B255081416802538"))
    assert not list(insured("les salles de la sécu : 12 14 16 18 20 22 24"))


def test_one_key_alone_is_right() -> None:
    assert is_iban("FR722004101005050001Z3M0260")
    assert [key for key in range(2, 99) if is_iban(f"FR{key:02}20041010050500013M02606")] == [14]
    assert [key for key in range(100) if is_nir(f"2550814168025{key:02}")] == [38]
    assert [last for last in range(10) if is_card(f"4111 1111 1111 111{last}")] == [1]


@pytest.mark.parametrize("text", ["3782 822463 10005", "378282246310005", "3782 8224 6310 005"])
def test_a_card_of_fifteen_digits_is_one(text: str) -> None:
    assert list(cards(f"payé par {text} hier")) == [(9, 9 + len(text))]
    assert not list(cards(f"payé par {text[:-1]}6 hier"))
    assert not list(cards(f"référence 35{text[2:]}"))


def test_sixteen_digits_of_no_issuer_are_no_card() -> None:
    assert not is_card("0000 0000 0000 0000")
    assert not is_card("9111 1111 1111 1110")
    assert is_card("5111 1111 1111 1118")
