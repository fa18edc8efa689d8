"""Who speaks in a debate, however its turns are written: dialects are composed at random."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.blocks import blocks_of_text
from pipeline.ingest.formats.documents import read_docx, read_note
from pipeline.ingest.formats.minutes import read_minutes
from pipeline.ingest.formats.records import Reading
from pipeline.ingest.formats.turns import marked, turns_of

FOUND_MIN = 0.95
Turn = tuple[int, str]

DEBATES: tuple[tuple[Turn, ...], ...] = (
    (
        (0, "Le marché ferme trop tôt, on ne peut pas y passer après le travail."),
        (1, "Les producteurs se lèvent à quatre heures, il faut aussi penser à eux."),
        (2, "On pourrait tenter une soirée par mois, pour voir."),
        (0, "Oui, et avec un peu de musique les gens resteraient."),
        (3, "Je vends des fromages depuis dix ans : le soir, personne n'achète."),
        (2, "Personne n'a essayé depuis que les bureaux ont ouvert."),
        (1, "D'accord pour essayer, mais il nous faut de la lumière sur la place."),
        (3, "Et des barrières, sinon les voitures passent au milieu."),
        (0, "La mairie doit bien avoir ça dans ses réserves."),
    ),
    (
        (0, "Le bus ne passe plus le samedi et les jeunes restent chez eux."),
        (1, "Ma fille fait huit kilomètres à vélo pour aller au foot."),
        (2, "Nous avons demandé une navette l'an dernier, sans réponse."),
        (1, "Il faudrait relancer la communauté de communes."),
        (0, "Avant cela, regardons combien de personnes la prendraient."),
        (2, "Je veux bien faire un tour des clubs et compter."),
        (1, "Le covoiturage existe déjà, il est juste mal connu."),
        (0, "Un panneau devant la salle suffirait peut-être."),
    ),
    (
        (0, "La haie du chemin bas a été arrachée cet hiver, c'est un désastre."),
        (1, "Elle gênait les engins, on ne pouvait plus passer."),
        (2, "Les oiseaux n'ont plus rien, et la terre part avec la pluie."),
        (3, "Pourquoi ne pas replanter de l'autre côté du fossé ?"),
        (4, "Parce que le terrain est en location, personne ne veut décider."),
        (0, "Le propriétaire habite à deux rues, allons le voir."),
        (1, "Si on replante, je peux prêter la tarière."),
        (3, "L'école viendrait aider, les enfants adorent cela."),
        (4, "Je m'occupe d'écrire la lettre cette semaine."),
        (2, "Merci, je n'osais pas le demander."),
    ),
)
NAMES = {
    "prénoms": ("Lucie", "Omar", "Nathalie", "Paul", "Inès"),
    "prénoms rares": ("Tifenn", "Omar", "Maïwenn", "Gurvan", "Énora"),
    "noms entiers": ("Lucie Morin", "Omar Benali", "Nathalie Le Goff", "Paul Vidal", "Inès Roux"),
    "civilités": ("Mme Morin", "M. Benali", "Mme Le Goff", "M. Vidal", "Mme Roux"),
    "capitales": ("LUCIE MORIN", "OMAR BENALI", "NATHALIE LE GOFF", "PAUL VIDAL", "INÈS ROUX"),
    "initiale et nom": ("L. Morin", "O. Benali", "N. Le Goff", "P. Vidal", "I. Roux"),
    "machines": ("SPEAKER_00", "SPEAKER_01", "SPEAKER_02", "SPEAKER_03", "SPEAKER_04"),
    "places": ("Participante 1", "Participant 2", "Participante 3", "Participant 4", "Participante 5"),
    "fonctions": ("Le maire", "L'adjointe à la voirie", "Le président", "La directrice", "Le trésorier"),
}
BODIES = ("Les Amis du marché", "", "élue", "association Terre vive", "")
NEGATIVES: dict[str, tuple[tuple[str, str], ...]] = {
    "thèmes": (
        ("Mobilité", "plus de bus le samedi, des pistes cyclables"),
        ("Logement", "rénover les maisons vides du bourg"),
        ("Culture", "une salle de répétition pour les jeunes"),
        ("Mobilité", "une navette vers la gare le soir"),
        ("Commerce", "garder le marché du jeudi"),
    ),
    "lexique": (
        ("Tiers-lieu", "espace partagé où l'on travaille et se rencontre"),
        ("Covoiturage", "partage d'un trajet en voiture entre plusieurs personnes"),
        ("Haie bocagère", "rangée d'arbres et d'arbustes qui borde un champ"),
        ("Régie", "service géré par la commune elle-même"),
    ),
    "tarifs": (("Adulte", "5 €"), ("Enfant", "2 €"), ("Famille", "12 €"), ("Groupe", "sur devis")),
    "ordre du jour": (
        ("Accueil", "café et présentation de la journée"),
        ("Ateliers", "trois groupes de six personnes"),
        ("Pause", "buffet préparé par le comité des fêtes"),
        ("Restitution", "chaque groupe présente ses pistes"),
        ("Clôture", "mot de la fin et pot amical"),
    ),
    "questions": (
        ("Question 1", "qu'est-ce qui vous plaît dans votre quartier ?"),
        ("Question 2", "qu'est-ce qui vous manque le soir ?"),
        ("Question 3", "que seriez-vous prêt à faire avec d'autres ?"),
    ),
    "adresses": (
        ("Mairie", "2 place de l'Église, 29000 Lannec"),
        ("Médiathèque", "14 rue du Port, 29000 Lannec"),
        ("Maison des associations", "3 impasse des Tilleuls, 29000 Lannec"),
    ),
    "annuaire": (
        ("Lucie Morin", "présidente"),
        ("Omar Benali", "trésorier"),
        ("Nathalie Le Goff", "secrétaire"),
        ("Paul Vidal", "membre"),
    ),
    "votes": (
        ("Mme Morin", "pour"),
        ("M. Benali", "contre"),
        ("Mme Le Goff", "pour"),
        ("M. Vidal", "abstention"),
    ),
}


@dataclass(frozen=True)
class Dialect:
    """One way to write turns: what stands around a name, in the order of the line."""

    lead: str
    strong: str
    around: str
    body: str
    time: str
    stamp: str
    separator: str
    is_apart: bool
    form: str

    @property
    def is_alone(self) -> bool:
        return self.separator.endswith("\n")

    def head(self, name: str, body: str, at: int) -> str:
        minutes, rest = divmod(at, 60)
        stamp = self.stamp.format(minutes, rest)
        told = self.around.format(name)
        told += self.body.format(body) if body and self.body else ""
        if self.strong == "nom":
            told = f"**{told}**"
        elif self.strong == "penché":
            told = f"*{told}*"
        head = self.time.format(nom=told, t=stamp) if self.time else told
        if self.strong == "tête":
            mark = self.separator.rstrip() if self.separator.strip() == ":" else ""
            return f"{self.lead}**{head}{mark}**{self.separator.removeprefix(mark) if mark else self.separator}"
        return f"{self.lead}{head}{self.separator}"


TIMES = (
    "{t} {nom}", "[{t}] {nom}", "({t}) {nom}", "{t} - {nom}", "{t} | {nom}", "[{t}]\n{nom}", "{nom} {t}", "{nom} ({t})",
    "{nom} [{t}]", "{nom} - {t}", "{nom}, {t}", "{nom}\n{t}",
)  # fmt: skip
STAMPS = ("{:02d}:{:02d}", "00:{:02d}:{:02d}", "14h{:02d}", "14/03/2024, {:02d}:{:02d}")
SEPARATORS = (" : ", ": ", " — ", " – ", " - ", ". – ", ".— ", " > ", " | ", "\t", " → ", "\n", " :\n", " ")


@st.composite
def dialects(draw: st.DrawFn) -> Dialect:
    one = Dialect(
        lead=draw(st.sampled_from(("", "", "", "- ", "* ", "• ", "> ", "### "))),
        strong=draw(st.sampled_from(("", "", "nom", "tête", "penché"))),
        around=draw(st.sampled_from(("{}", "{}", "{}", "[{}]"))),
        body=draw(st.sampled_from(("", "", " ({})", ", {}", " – {}"))),
        time=draw(st.one_of(st.just(""), st.sampled_from(TIMES))),
        stamp=draw(st.sampled_from(STAMPS)),
        separator=draw(st.sampled_from(SEPARATORS)),
        is_apart=draw(st.booleans()),
        form=draw(st.sampled_from(("md", "txt", "docx"))),
    )
    assume(one.separator != " " or one.strong in ("nom", "tête") or one.around == "[{}]")  # else nothing ends the head
    assume(one.separator != " " or not one.time.endswith("{t}"))
    assume(one.separator != " " or not one.body or one.strong == "tête")
    assume(one.lead != "### " or one.is_alone)
    assume("\n" not in one.time or (one.is_alone and not one.strong and not one.lead))
    assume(not (one.body == " – {}" and one.separator.strip() in ("—", "–", "-", ". –", ".—")))
    return one


def lines_of(turns: list[tuple[str, str, str]], dialect: Dialect, opening: str) -> list[str]:
    """The lines of a document: (name, body, words) of each turn."""
    found = ["# Réunion du quartier", ""] if dialect.form == "md" else ["Réunion du quartier", ""]
    found += [opening, ""] if opening else []
    for at, (name, body, words) in enumerate(turns):
        found += f"{dialect.head(name, body, 14 + 37 * at)}{words}".split("\n")
        found += [""] if dialect.is_apart else []
    return found


def read(lines: list[str], form: str) -> Reading:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"debat.{form}"
        if form != "docx":
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            return read_note(path, path.name, None, form == "md")
        document = docx.Document()
        for line in filter(None, lines):
            if line.startswith("### "):
                document.add_heading(line.removeprefix("### ").replace("*", ""), 3)
                continue
            paragraph = document.add_paragraph()
            for at, part in enumerate(line.split("**")):
                paragraph.add_run(part).bold = at % 2 == 1
        document.save(str(path))
        return read_docx(path, path.name, None)


def is_of(voice: str | None, name: str) -> bool:
    return voice is not None and voice.split(" (")[0].split(",")[0].split(" – ")[0].casefold() == name.casefold()


def tally(turns: list[tuple[str, str, str]], reading: Reading) -> Counter[str]:
    """How many turns have their speaker and their words, another's, or none."""
    entries = list(reading.entries)
    counts: Counter[str] = Counter()
    for name, _, words in turns:
        holder = next((entry for entry in entries if words in " ".join(entry.text.split())), None)
        voice = holder.voice if holder is not None else None
        is_right = holder is not None and is_of(voice, name) and holder.text.lstrip("— ") == words
        counts["trouvés" if is_right else "faux" if voice is not None and not is_of(voice, name) else "perdus"] += 1
    return counts


@pytest.mark.slow
def test_turns_have_their_speaker_in_any_dialect() -> None:
    total: Counter[str] = Counter()

    @settings(max_examples=150, derandomize=True, database=None, deadline=None)
    @given(st.sampled_from(DEBATES), st.sampled_from(sorted(NAMES)), dialects(), st.booleans())
    def one(debate: tuple[Turn, ...], kind: str, dialect: Dialect, is_listed: bool) -> None:
        names = NAMES[kind]
        turns = [(names[who], BODIES[who], words) for who, words in debate]
        present = f"Présents : {', '.join(names)}" if is_listed and kind == "noms entiers" else ""
        counts = tally(turns, read(lines_of(turns, dialect, present), dialect.form))
        assert counts["faux"] == 0
        total.update(counts)

    one()
    assert total["trouvés"] >= FOUND_MIN * total.total()


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(st.sampled_from(sorted(NEGATIVES)), dialects())
def test_what_is_no_turn_has_no_speaker(kind: str, dialect: Dialect) -> None:
    lines = lines_of([(label, "", words) for label, words in NEGATIVES[kind]], dialect, "")
    try:
        reading = read(lines, dialect.form)
    except RefusedFileError:
        return  # nothing in it is anybody's words
    assert not [entry for entry in reading.entries if entry.voice]


@pytest.mark.timeout(10)
def test_a_line_of_spaces_is_read_at_once() -> None:
    assert turns_of([marked(f"A{' ' * 5_000}b")] * 100) == {}


@pytest.mark.parametrize("form", ["**{}**, {}\n\n{}\n", "{}, {} : {}\n"])
def test_messages_headed_by_a_name_and_a_day_have_their_speaker(form: str) -> None:
    days = ("2024-03-14", "2024-03-14", "2024-03-15", "2024-03-16")
    said = ("le quai est trop court", "on peut le prolonger ?", "la vase monte", "il faut draguer")
    text = "\n".join(map(form.format, ("lou-k", "T00ring", "lou-k", "T00ring"), days, said))
    told = read_minutes("note", blocks_of_text(f"# Fil\n\n{text}", is_markdown=True)).entries
    assert [(entry.voice, entry.date) for entry in told] == [*zip(["lou-k", "T00ring"] * 2, days, strict=True)]
    places = "\n".join(map(form.format, ("Rezé", "Nantes", "Vertou", "Bouguenais"), days, said))
    assert not turns_of([marked(line) for line in places.splitlines() if line])
