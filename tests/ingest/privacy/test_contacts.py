"""A person's contact or an organisation's, by its words."""

from labelled import each, false_of, true_of

from pipeline.ingest.privacy.contacts import (
    CARD_CUE,
    ORGANISATION,
    PERSONAL,
    REFERENCE_CUE,
    is_generic_mailbox,
    is_organisation_page,
    is_word,
    one_of,
)

test_mailbox_of_a_function = each(
    is_generic_mailbox,
    ("contact", True),
    ("Mairie.lavoir", True),
    ("ccas-accueil", True),
    ("contact+bal2026", True),
    ("zoe.lavandier", False),
    ("z.lavandier+mairie", False),
    ("com.lavandier", False),
    ("zlavandier7", False),
)

test_page_of_an_organisation = each(
    is_organisation_page,
    ("ville.de.lavoir", True),
    ("mairiedulavoir", True),
    ("association-du-four", True),
    ("le.club.du.four", True),
    ("zoe.lavandier", False),
)


test_words_of_an_organisation = true_of(
    ORGANISATION.search, "le secrétariat de la mairie", "la CAF", "le QZTR", "le club du soir"
)
test_words_of_no_organisation = false_of(ORGANISATION.search, "les clubeurs du soir, la voisine du dessus, Q ou QZ")
test_words_of_a_person = true_of(PERSONAL.search, "mon numéro", "Mme Lavandier", "dites-le, j'y serai")
test_words_of_no_person = false_of(
    PERSONAL.search, "le numéro du club", "le Sam's café, le saumon numéro deux, Simon tél, la maison tél"
)
test_words_before_a_reference = true_of(REFERENCE_CUE.search, "dossier n° ", "dossier n°")
test_words_before_no_reference = false_of(REFERENCE_CUE.search, "appelez le ")
test_words_after_a_count = true_of(CARD_CUE.match, " €", " habitants")
test_words_after_no_count = false_of(CARD_CUE.match, " le soir")


def test_entries_know_both_apostrophes_and_endings() -> None:
    import re

    openings = re.compile(one_of("home_openings"))
    lengths = [len(entry.replace(r"\s+", " ").replace("['’]", "'")) for entry in one_of("home_openings").split("|")]
    told = [
        length for length, entry in zip(lengths, one_of("home_openings").split("|"), strict=True) if "*" not in entry
    ]
    assert told == sorted(told, reverse=True)  # « mon adresse postale » is not taken for « mon adresse »
    assert all(openings.fullmatch(text) for text in ("j'habite", "j’habite", "domiciliée", "mon  adresse"))
    assert not openings.fullmatch("j'habitais")


test_word_of_the_language = each(
    is_word,
    ("de", True),
    ("claudiquait", True),
    ("ergoter", True),
    ("Lanterne", True),
    ("zlavandierx", False),
)
