"""`rosace salle DOSSIER`: tables type on their telephones, on the local network."""

import signal
import sys
import threading
from pathlib import Path

import click

from pipeline.cli.options import PATH, browser_option, config_option
from pipeline.cli.output import announce_page, until_interrupted
from pipeline.errors import UsageError


@click.command()
@click.argument("folder", type=PATH, metavar="DOSSIER", help="Dossier de l'atelier ; il peut être vide encore.")
@click.option("--adresse", "address", default="", show_default=False, help="Adresse de cet ordinateur où écouter.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port où écouter ; 0 : un port libre.")
@click.option("--out", type=PATH, help="Dossier de résultats de la restitution (par défaut, runs/NOM).")
@click.option("--certificat", "certificate", type=PATH, help="Fichier .pem d'un certificat, pour chiffrer (https).")
@click.option("--cle", "key", type=PATH, help="Fichier .pem de la clé de ce certificat.")
@click.option("--attachee", "is_attached", is_flag=True, hidden=True, help="Se ferme avec l'entrée standard.")
@click.option("--page", hidden=True, default="", help="Adresse de la page de l'atelier, sur cet ordinateur.")
@config_option
@browser_option
def salle(
    folder: Path,
    address: str,
    port: int,
    out: Path | None,
    certificate: Path | None,
    key: Path | None,
    is_attached: bool,
    page: str,
    config: Path | None,
    browser: bool,
) -> None:
    """Ouvre la salle : les tables écrivent depuis leurs téléphones, le mur se remplit.

    La page écoute sur le réseau local, derrière un code ; rien d'autre de cet ordinateur n'y est servi. Sans
    certificat, ce qui est tapé passe en clair : ne l'ouvrez que sur un réseau que vous connaissez.
    """
    from pipeline.app.room.access import addresses
    from pipeline.app.room.server import open_room
    from pipeline.config import load_config

    if not folder.is_dir():
        raise UsageError(f"Le dossier {folder} est introuvable. Créez-en un avec « rosace nouveau ».")
    if (certificate is None) != (key is None):
        raise UsageError("--certificat et --cle vont ensemble : donnez les deux, ou aucun.")

    def announce(facilitators: str, tables: str) -> None:
        lines = f"La page d'animation est ouverte : {facilitators}", f"Les tables ouvrent : {tables}"
        how_to_stop = "Pour fermer la salle : Ctrl+C. Tout ce qui est reçu est déjà enregistré."
        announce_page(facilitators, *lines, how_to_stop=how_to_stop, browser=browser)

    if is_attached:
        threading.Thread(target=_end_with_input, daemon=True).start()
    results = out or Path("runs") / folder.resolve().name
    pair = (certificate, key) if certificate is not None and key is not None else None
    with until_interrupted():
        open_room(folder, results, load_config(config), announce, address or _chosen(addresses()), port, pair, page)


def _end_with_input() -> None:
    """Close the room when the process that opened it ends, however it ends."""
    sys.stdin.buffer.read()
    signal.raise_signal(signal.SIGTERM)  # SIGINT is ignored by what a shell launches behind


def _chosen(found: list[str]) -> str:
    """The address of this computer on its network."""
    if not found:
        raise UsageError(
            "Cet ordinateur n'est sur aucun réseau. Rejoignez-en un que vous connaissez, ou le partage de connexion "
            "d'un téléphone, puis recommencez."
        )
    if len(found) > 1:
        raise UsageError(f"Plusieurs adresses : {', '.join(found)}. Choisissez avec --adresse.")
    return found[0]
