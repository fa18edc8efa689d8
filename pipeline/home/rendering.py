"""Templates of the home page, with the filters of the page of review."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from pipeline.home.views import origin, size_told
from pipeline.home.walls import is_photo
from pipeline.review.app import rendering


def make_environment() -> Environment:
    """Templates of this folder, autoescaped, that fail on an unknown name."""
    environment = rendering.make_environment()
    environment.loader = FileSystemLoader(Path(__file__).parent / "templates")
    environment.globals |= {"size_told": size_told, "origin": origin, "is_photo": is_photo}
    return environment
