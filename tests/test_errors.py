"""What people are told when the system refuses, or when a value is not what was expected."""

import errno

from labelled import each

from pipeline.errors import EXIT_REFUSED, EXIT_USAGE, RefusedFileError, UsageError, expected, os_reason

test_a_refusal_of_the_system_is_told_in_french = each(
    lambda number: os_reason(OSError(number, "in english")),
    (errno.ENOSPC, "le disque est plein"),
    (errno.EACCES, "vous n'avez pas le droit d'y toucher"),
)


def test_a_refusal_that_we_do_not_know_keeps_its_words() -> None:
    assert os_reason(OSError(9_999, "strange")) == "strange"
    assert os_reason(OSError()) == "OSError"


test_what_was_expected_is_told_in_french = each(
    expected,
    ({"type": "int_parsing"}, "un nombre entier"),
    ({"type": "int_from_float"}, "un nombre entier"),
    ({"type": "greater_than_equal", "ctx": {"ge": 3}}, "3 ou plus"),
    ({"type": "less_than", "ctx": {"lt": 1}}, "moins de 1"),
    ({"type": "literal_error", "ctx": {"expected": "'precis' or 'rapide'"}}, "precis ou rapide"),
    ({"type": "unheard_of"}, ""),
)


def test_a_refused_file_says_what_and_what_to_do() -> None:
    error = RefusedFileError("a.pdf", "aucun texte", "Donnez le document d'origine.")
    assert str(error) == "a.pdf : aucun texte. Donnez le document d'origine."
    assert (error.exit_code, UsageError("x").exit_code) == (EXIT_REFUSED, EXIT_USAGE)
