"""The pictures of a restitution tell the numbers of its facts."""

from __future__ import annotations

from atelier import workshop
from readable import texts

from pipeline.config import load_config
from pipeline.language.text.typography import typeset
from pipeline.restitution.figures.gallery import Gallery
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.load import read_material
from pipeline.restitution.stage import write_restitution


def test_every_picture_tells_the_numbers_of_the_facts() -> None:
    material = read_material(workshop())
    made = write_restitution(workshop(), load_config())
    figures = Gallery(material, Kinship(material), made.facts, 2).figures
    assert list(figures) == ["rose", "axes_par_table", "groupes", "obstacles_reponses"]
    by_title = {group.title: key for key, group in material.groups.items()}
    told = [(row[0], row[2]) for row in figures["groupes"].rows if f"{by_title[row[0]]}.contributions" in made.facts]
    assert len(told) > 2
    assert all(made.facts[f"{by_title[title]}.contributions"].n == int(n) for title, n in told)
    petals = [text for text in texts(figures["rose"].svg) if text.endswith(")")]
    assert petals
    numbers = {typeset(f"{row[0]} ({row[2]})") for row in figures["groupes"].rows}
    assert set(petals) <= numbers
