"""Where a title stands in what was said."""

from __future__ import annotations

import pytest

from pipeline.restitution.material.finding import find_words


@pytest.mark.parametrize(
    ("text", "title", "found"),
    [
        ("Hier, la salle d'été fermait", "La salle d’été", "la salle d'été"),
        ("Faut-il fermer la salle ?", "Fermer la salle", "fermer la salle ?"),
        ("Les salles sont froides", "La salle", None),
        ("Bâtir un four commun.", "Bâtir un four commun.", "Bâtir un four commun"),
        ("Rien", "", None),
    ],
    ids=["first capital and apostrophe", "with its question mark", "inside a word", "last stop", "nothing"],
)
def test_words_are_found_as_people_wrote_them(text: str, title: str, found: str | None) -> None:
    span = find_words(text, title)
    assert (None if span is None else text[slice(*span)]) == found
