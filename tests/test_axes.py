from pipeline.axes import AXIS_CODES, COMPASS_CODES, compass, facet_codes, facet_name


def test_compass_runs_clockwise_from_the_north() -> None:
    assert COMPASS_CODES == ("nord", "est", "sud", "ouest")
    assert tuple(compass()) == AXIS_CODES


def test_facets_are_those_of_the_codebook() -> None:
    assert compass()["est"].facets == ("frein", "tension", "problematique", "traversee")
    assert compass()["hors_axe"].facets == ()
    assert len(facet_codes()) == len(set(facet_codes())) == 15


def test_colors_are_distinct() -> None:
    assert len({axis.color for axis in compass().values()}) == 5


def test_every_facet_has_a_name_and_an_unknown_one_is_told_by_its_code() -> None:
    assert facet_name("reconnaitre") == "reconnaître"
    assert all(facet_name(code).strip() for code in facet_codes())
    assert facet_name("facette_d_hier") == "facette_d_hier"
