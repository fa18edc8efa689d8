"""Where texts may go."""

from __future__ import annotations

import pytest
from model_server import settings

from pipeline.assistant.address import checked_address, is_loopback
from pipeline.config import MAY_LEAVE, load_config
from pipeline.errors import UsageError


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.7:8080/v1",
        "https://modele.example/v1",
        "http://127.0.0.1.example/v1",
        "http://0.0.0.0:8080/v1",
        "http://127.0.0.1@modele.example/v1",
        "http://[2001:db8::1]/v1",
        "http://localhost.example/v1",
        "ftp://127.0.0.1/v1",
        "127.0.0.1:8080",
        "http://127.0.0.1:port/v1",
        "http://[127.0.0.1/v1",
        "",
    ],
)
def test_an_address_that_leaves_this_machine_is_refused_in_french(url: str) -> None:
    with pytest.raises(UsageError, match="Modèle de langue"):
        checked_address(settings(url))


def test_the_network_is_used_only_when_the_configuration_says_so_in_words() -> None:
    url = "https://modele.example/v1/"
    assert checked_address(settings(url, textes=MAY_LEAVE)) == "https://modele.example/v1"
    with pytest.raises(UsageError, match=MAY_LEAVE):
        checked_address(settings(url))


@pytest.mark.parametrize(
    ("host", "holds"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
    ],
)
def test_this_machine_is_known_by_its_very_address(host: str, holds: bool) -> None:
    assert is_loopback(host) is holds


def test_there_is_no_model_by_default() -> None:
    assert load_config().modele.url == ""
    assert load_config().modele.textes != MAY_LEAVE
