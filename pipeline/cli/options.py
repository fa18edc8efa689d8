"""Options and arguments that several commands take, named as the functions of `pipeline.api` name them; the French of
their parser: click hands its sentences to gettext, which finds them in `data/french.toml`."""

import gettext
import tomllib
from functools import partial
from pathlib import Path

import click

PATH = click.Path(path_type=Path)
PATH.name = "chemin"

run_argument = click.argument(
    "run", metavar="RESULTATS", type=PATH, help="Dossier de résultats écrit par « rosace synthesize »."
)
table_argument = click.argument(
    "table", type=PATH, help="Tableau : csv, tsv, xlsx, ods, jsonl ou parquet ; - : l’entrée standard."
)
output_option = click.option(
    "-o", "--output", type=PATH, required=True,
    help="Tableau à écrire (mêmes formats, sauf ods) ; - : la sortie standard.",
)  # fmt: skip
context_column_option = click.option("--context-column", help="Colonne des contextes (sinon : context, question…).")
text_column_option = click.option("--text-column", help="Colonne des textes (sinon : text, texte, contribution…).")
config_option = click.option("--config", type=PATH, help="Fichier TOML posé sur configs/default.toml.")
profile_option = click.option("--profile", help="precis (encodeur affiné) ou rapide (grands corpus).")
workers_option = click.option("--workers", type=int, default=0, help="Processus locaux ; 0 : autant que de cœurs.")
themes_option = partial(
    click.option,
    "--themes",
    type=PATH,
    help="Titres : un fichier (txt, csv, xlsx, ods ; un titre par ligne), des résultats ou un programme.",
)
browser_option = click.option("--browser/--no-browser", default=True, help="Ouvrir le navigateur.")
port_option = click.option(
    "--port", default=0, show_default=False, help="Port de la page (par défaut 8319, ou un autre)."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Dit le résultat en JSON, pour un programme.")
quiet_option = click.option("--quiet", is_flag=True, help="Ne dit que le résultat, les refus et les erreurs.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Import : montrer ce qui changerait, sans rien faire.")
yes_option = click.option(
    "--oui", "yes", is_flag=True, help="Import : faire sans demander (sans terminal, rien n'est demandé)."
)
marks_option = click.option(
    "--reperes/--sans-reperes", "marks", default=None, help="Avec ou sans les repères et l'annexe des sources."
)
length_option = click.option("--longueur", "length", help="Longueur : essentiel, standard ou complet.")
model_option = click.option(
    "--modele", "model", help="Adresse d'un modèle de langue : http://127.0.0.1:11434/v1 ; il écrit sous verrou."
)


SENTENCES = Path(__file__).parent / "data" / "french.toml"


class French(gettext.NullTranslations):
    """A gettext catalogue read from TOML; a sentence that is not there stays as it is."""

    def __init__(self) -> None:
        super().__init__()
        self._sentences = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))

    def gettext(self, message: str) -> str:
        return str(self._sentences.get(message, message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n < 2 else msgid2)


def speak_french() -> None:
    """Make gettext answer in French whatever the language of the system, and name the kinds of values in French."""
    catalogue = French()
    gettext.translation = lambda *_args, **_options: catalogue  # type: ignore[assignment]
    click.STRING.name, click.INT.name = "texte", "entier"


def refusal(error: click.ClickException) -> str:
    """What is wrong in a call that the parser refused, what was meant, where help is."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "rosace"
    return f"{error.format_message()} Aide : {command} --help"
