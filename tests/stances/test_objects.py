"""What a side is on, and when a title is that same question or proposal."""

from labelled import each

from pipeline.stances.objects import same_object, side_under

test_a_title_is_what_was_asked_when_both_name_the_same = each(
    same_object,
    ("Fermer la rue du lavoir", "Faut-il fermer la rue du lavoir ?", True),
    ("Le bac de nuit", "Êtes-vous favorable au bac de nuit ?", True),
    ("Limiter la vitesse à 20 km/h", "Proposition 3 : limiter la vitesse à 20 km/h", True),
    ("Limiter la vitesse à 20 km/h", "Limiter la vitesse à 40 km/h", False),
    ("Fermer la rue du lavoir", "Faut-il garder la rue du lavoir ouverte ?", False),
    ("Fermer la rue du lavoir", "Faut-il ne pas fermer la rue du lavoir ?", False),
    ("Le bruit", "Faut-il fermer la rue du lavoir ?", False),
    ("Pour", "Êtes-vous pour ?", False),
)


def test_a_side_counts_under_the_title_that_it_is_on_alone() -> None:
    assert side_under("Le bac de nuit", "contre", "") == "contre"
    assert side_under("Le bac de nuit", "contre", "Faut-il un bac de nuit ?") == "contre"
    assert side_under("Le bruit", "contre", "Faut-il un bac de nuit ?") == "inconnu"
