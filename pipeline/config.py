"""Configuration: `configs/default.toml` as frozen models. Unknown keys are refused; every key has its line there."""

import os
from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from pipeline.errors import UsageError
from pipeline.resources import configs
from pipeline.toml_files import read_toml, refused_keys

DEFAULT_CONFIG_PATH = configs() / "default.toml"
FROM_COMMAND = Path("de la ligne de commande")
GONE = frozenset(
    (
        *("restitution.plan", "cluster.mots_cles", "cluster.exemples", "cluster.liens"),
        *(f"restitution.modele_{kind}" for kind in ("html", "yeswiki", "md", "txt")),
        *("restitution.longueurs", "restitution.sections", "review.paroles_par_page", "review.taille_lot"),
        *("review.controle_par_axe", "cluster.debat_min"),
    )
) | frozenset(
    f"modele.{key}"
    for key in (
        *("essais", "paires_max", "prix_lecture", "prix_ecriture", "simultanees"),
        *(f"taches.{task}" for task in ("introduction", "lissage", "meme_idee", "axe", "reponse", "phrase", "titre")),
        *("taches.paragraphe", "taches.essentiel", "taches.placement"),
    )
)
"""Keys of earlier versions, of which a refusal says that they went."""


class Closed(BaseModel):
    """Base of what is read from outside: immutable, and closed to unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _listened_at(address: str) -> str:
    """Take this computer alone, or every address: in a container, which publishes it on the host's loopback."""
    try:
        known = IPv4Address(address)
    except ValueError:
        known = None
    if known is None or not (known.is_loopback or known.is_unspecified):
        expected = "127.0.0.1, ou 0.0.0.0 dans un conteneur"
        raise PydanticCustomError("section", "unknown address", {"expected": expected})
    return address


class IngestConfig(Closed):
    """Reading, segmenting, screening and privacy."""

    pseudonymiser: bool
    garder_contacts_publics: bool
    proposer_noms: bool
    taille_max_mio: int = Field(ge=1)


class ClassifyConfig(Closed):
    """What learning an axis model aims at, and when a new one is refused."""

    erreur_max: float = Field(gt=0, lt=1)
    second_min: float = Field(ge=0, le=1)
    perte_max: float = Field(ge=0, le=1)


class TitlesConfig(Closed):
    """The titles of groups."""

    longueur_max: int = Field(ge=30, le=200)


class PlaceConfig(Closed):
    """Placing ideas under titles."""

    themes: str


class ClusterConfig(Closed):
    """Grouping, titles, themes."""

    themes: tuple[str, ...]
    garder_groupes: bool
    themes_max: int = Field(ge=2, le=50)
    titres: TitlesConfig


class ReviewConfig(Closed):
    """Replay and the local page."""

    port: int = Field(ge=0, le=65535)
    adresse: Annotated[str, AfterValidator(_listened_at)]
    petite_table: int = Field(ge=0)


MAY_LEAVE = "peuvent quitter cette machine"


class TasksConfig(Closed):
    """What a language model may do, each by its own switch; the names are those of its prompts."""

    page: bool
    relecture: bool


class ModelConfig(Closed):
    """A language model at hand; none without an address."""

    url: str
    nom: str
    textes: Literal["restent sur cette machine", "peuvent quitter cette machine"]
    cle: str
    delai_s: float = Field(gt=0)
    jetons_max: int = Field(ge=50, le=32000)
    caracteres_max: int = Field(ge=500, le=400_000)
    taches: TasksConfig


class RestitutionConfig(Closed):
    """The document and its formats."""

    longueur: Literal["essentiel", "standard", "complet"]
    mots_essentiel: int = Field(ge=50)
    espaces: Literal["fine", "insecable", "aucune"]
    niveau_titre: int = Field(ge=1, le=4)
    reperes: bool
    annexe_max: int = Field(ge=0)
    modele_docx: str
    modele_odt: str


Floors = dict[str, float]
"""Bounds of one of the measures of `rosace evaluate`, by name."""


def _bounds(given: dict[str, Floors]) -> dict[str, Floors]:
    """The bounds of `rosace evaluate` under known names: outside of them its exit code is 2."""
    known = read_toml(DEFAULT_CONFIG_PATH)["evaluation"]
    for kind, floors in given.items():
        if kind not in known or floors.keys() - known[kind].keys():
            expected = ", ".join(known.get(kind, known))
            raise PydanticCustomError("section", "unknown bound", {"expected": expected})
        if any(abs(value) > 1 for value in floors.values()):
            raise PydanticCustomError("section", "no share", {"expected": f"dans {kind}, des parts d'au plus 1"})
    return given


class Config(Closed):
    """The whole configuration of a run, keys as in `configs/default.toml`."""

    profil: Literal["precis", "rapide"]
    graine: int = Field(ge=0)
    taille_partition: int = Field(ge=1)
    ingest: IngestConfig
    classify: ClassifyConfig
    place: PlaceConfig
    cluster: ClusterConfig
    review: ReviewConfig
    restitution: RestitutionConfig
    modele: ModelConfig
    evaluation: Annotated[dict[str, Floors], AfterValidator(_bounds)]


Settings: TypeAlias = Config | str | os.PathLike[str] | None
"""A configuration, the path of a TOML file laid over the default one, or None for the default one."""


def load_config(given: Settings = None, **overrides: Any) -> Config:
    """The configuration asked for, and `overrides` over it (see `with_options`).

    Raises UsageError: the file is missing, is not TOML, or holds an unknown key or a value of the wrong kind.
    """
    if isinstance(given, Config):
        return with_options(given, **overrides)
    values, path = read_toml(DEFAULT_CONFIG_PATH), DEFAULT_CONFIG_PATH
    if given is not None:
        path = Path(given)
        values = _merged(values, read_toml(path))
    return with_options(checked_config(values, path), **overrides)


def with_options(config: Config, **overrides: Any) -> Config:
    """`config` with other values, keys as in `configs/default.toml`, those of a section in a dictionary; None is no
    value.

    Raises UsageError: a value of the wrong kind.
    """
    asked = _given(overrides)
    return checked_config(_merged(config.model_dump(), asked), FROM_COMMAND) if asked else config


def _given(values: dict[str, Any]) -> dict[str, Any]:
    given = {key: _given(value) if isinstance(value, dict) else value for key, value in values.items()}
    return {key: value for key, value in given.items() if value is not None and value != {}}


def recorded_config(values: dict[str, Any], where: Path) -> Config:
    """The configuration of an earlier run: keys that came since have their default, keys that went are left out."""
    return checked_config(_merged(read_toml(DEFAULT_CONFIG_PATH), values, is_closed=True), where)


def checked_config(values: dict[str, Any], where: Path) -> Config:
    """`values` as a configuration; `where` is the file that a refusal names.

    Raises UsageError: an unknown key, or a value of the wrong kind.
    """
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        raise UsageError(
            f"Configuration {where} refusée :\n"
            + "\n".join(refused_keys(error, _keys(Config), GONE))
            + f"\nLes clés permises sont dans {DEFAULT_CONFIG_PATH}."
        ) from error


def _keys(model: type[BaseModel]) -> set[str]:
    names = set(model.model_fields)
    for found in model.model_fields.values():
        if isinstance(found.annotation, type) and issubclass(found.annotation, BaseModel):
            names |= _keys(found.annotation)
    return names


def _merged(base: dict[str, Any], over: dict[str, Any], is_closed: bool = False) -> dict[str, Any]:
    """`over` laid on `base`; a closed one takes no key that it does not have, but in a table that it leaves empty."""
    merged = dict(base)
    for key, value in over.items():
        both_tables = isinstance(value, dict) and isinstance(merged.get(key), dict) and merged[key]
        if both_tables:
            merged[key] = _merged(merged[key], value, is_closed)
        elif key in merged or not is_closed:
            merged[key] = value
    return merged
