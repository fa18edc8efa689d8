"""Where a model may be asked: on this machine, unless the configuration says in words that texts may leave it."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from pipeline.config import MAY_LEAVE, ModelConfig
from pipeline.errors import UsageError


def checked_address(config: ModelConfig) -> str:
    """The address of a configuration, without its last slash.

    Raises
    ------
    UsageError : it is not one of http or https, or leaves this machine without permission.
    """
    try:
        address = urlsplit(config.url)
        host, _ = address.hostname, address.port
    except ValueError:
        address, host = urlsplit(""), None
    if address.scheme not in ("http", "https") or not host or address.username is not None:
        raise UsageError(
            f"Modèle de langue : adresse {config.url!r} illisible. Attendu : quelque chose comme "
            "http://127.0.0.1:11434/v1, sans nom d'utilisateur (« rosace doctor » dit ce qui écoute ici)."
        )
    if not is_loopback(host) and not may_leave(config):
        raise UsageError(
            f"Modèle de langue : {host} n'est pas cette machine, et les paroles n'en sortent pas sans accord. Utilisez "
            "une adresse locale (http://127.0.0.1:11434/v1), ou écrivez dans votre configuration, si l'organisation "
            f'qui anime l\'accepte : [modele] textes = "{MAY_LEAVE}".'
        )
    return config.url.rstrip("/")


def may_leave(config: ModelConfig) -> bool:
    """Whether the configuration says that texts may leave this machine."""
    return config.textes == MAY_LEAVE


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its very address; any other name is not, wherever it leads today."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
