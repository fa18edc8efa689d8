"""Names suggested for review, labelled by hand."""

import pytest
from labelled import FIRST, each

from pipeline.execution import LocalExecutor
from pipeline.ingest.privacy import names
from pipeline.ingest.privacy.names import NameFinder

SUGGESTED = [
    ("a title", "Le bal de Mme Lavandier", [("Lavandier", "titre devant le nom")]),
    (
        "a title after a way to bring a name in",
        "Voir avec Mme Lavandier pour les clés",
        [("Lavandier", "titre devant le nom")],
    ),
    ("M. before a whole name", "M. Christian Kerlann part", [("Christian Kerlann", "titre devant le nom")]),
    ("a first name", "Le bal de Nathalie était réussi", [("Nathalie", "prénom courant")]),
    ("a whole name", "Le bal de Nathalie Lavandier était réussi", [("Nathalie Lavandier", "prénom courant")]),
    ("a particle", "Le bal de Nathalie de La Combe", [("Nathalie de La Combe", "prénom courant")]),
    ("a title and a particle", "La ferme de Mme de Lavandière", [("de Lavandière", "titre devant le nom")]),
    ("a first name that is a word too", "Le bal de Capucine était réussi", [("Capucine", "prénom courant")]),
    ("a way to bring a name in", "Merci à Odile Lavandier", [("Odile Lavandier", "tournure qui introduit un nom")]),
    (
        "who carries it",
        "référents : Anja Lindqvist et Tomasz Wojcik",
        [(name, "tournure qui introduit un nom") for name in ("Anja Lindqvist", "Tomasz Wojcik")],
    ),
    ("a name of elsewhere", "Wojciech Malinowski répare les vélos", [("Wojciech Malinowski", "prénom courant")]),
    ("a letter of elsewhere", "La voisine, Zeynep Yılmaz, a un four", [("Zeynep Yılmaz", "prénom courant")]),
    ("a first name that is a word, and what she does", "Rose n'a pas eu la clé", [("Rose", "prénom courant")]),
    ("the same, before", "Pierre demandait une rampe", [("Pierre", "prénom courant")]),
    ("an article as people say it", "La Sophie nous a prêté son four", [("Sophie", "prénom courant")]),
    (
        "after an elision",
        "Le four d'Odile Lavandier, qu'Anatole a bâti",
        [(one, "prénom courant") for one in ("Odile Lavandier", "Anatole")],
    ),
    ("two first names", "Jean Marc Lavandier tient le four", [("Jean Marc Lavandier", "prénom courant")]),
    ("a surname in two words", "Odile LAVANDIER GUIBRAC arrose", [("Odile LAVANDIER GUIBRAC", "prénom courant")]),
    ("a particle in capitals", "Odile LE GALLOU arrose", [("Odile LE GALLOU", "prénom courant")]),
    ("all in capitals", "ODILE LE GALLOU arrose", [("ODILE LE GALLOU", "prénom courant")]),
    ("initials", "A-L. Lavandier arrose", [("A-L. Lavandier", "initiale devant un nom")]),
    ("an initial, a first name", "N. Nathalie arrose", [("N. Nathalie", "prénom courant")]),
    ("an initial after", "Échange mené par Nathalie L.", [("Nathalie L", "prénom courant")]),
    ("a word too, and an initial", "Florence L - les Potiers", [("Florence L", "prénom courant")]),
    ("a word too, and a surname", "Colin GUIBRAC arrose", [("Colin GUIBRAC", "prénom courant")]),
    ("a title and a saint", "La ferme de Mme de Saint Aubin", [("de Saint Aubin", "titre devant le nom")]),
    ("a surname first", "Lavandier Nathalie ADPV Bretagne", [("Lavandier Nathalie", "prénom courant")]),
    ("two surnames", "Nathalie Lavandier Guibrac (mairie)", [("Nathalie Lavandier Guibrac", "prénom courant")]),
    ("who was invited", "Invitée : Florence", [("Florence", "tournure qui introduit un nom")]),
    ("an office after a first name", "Le bal de Nathalie Maire de la commune", [("Nathalie", "prénom courant")]),
    ("a surname that was left out", "Hier Odile Le vélo roule", [("Odile", "prénom courant")]),
    (
        "two people",
        "Nathalie et Jean-Marc tiennent le four",
        [("Nathalie", "prénom courant"), ("Jean-Marc", "prénom courant")],
    ),
]


@pytest.mark.parametrize(("text", "names"), [case[1:] for case in SUGGESTED], ids=[case[0] for case in SUGGESTED])
def test_suggested(text: str, names: list[tuple[str, str]]) -> None:
    found = NameFinder(set()).find(text)
    assert [(name, reason) for _, _, name, reason in found] == names
    assert all(text[start:end] == name for start, end, name, _ in found)


NOBODY = [
    ("a street", "La rue Nathalie est en travaux"),
    ("a school", "L'école Jean-Marc ferme une classe"),
    ("an office", "Merci à la Mairie"),
    ("a shop", "Marie Blachère vend du pain le matin"),
    ("a word that opens a sentence", "Capucine en fleur devant la mairie"),
    ("lower case", "le bal de nathalie"),
    ("an acronym", "Le CLAS ouvre à la rentrée"),
    ("an acronym after a word in capitals", "Pour LE CIGREF, rien"),
    ("an institution", "La base de la Marine nationale a fermé"),
    ("a noun that opens a sentence and its adjective", "Pierre sèche à remonter au lavoir"),
    ("a town", "Le car de Vern-sur-Seiche est plein"),
    ("anybody", "C'est trop long pour M. Tout-le-monde"),
    ("an office with a capital", "M. Le Maire est passé"),
    ("what is taught", "Il est professeur d'Économie, elle professeur des Écoles"),
    ("who lends it", "On a invité La Poste, et demandé à Pôle Emploi"),
    ("no name", "Le four est fermé le dimanche"),
]

test_nobody = each(lambda text: NameFinder(set()).find(text), *NOBODY, names=FIRST, is_told=[])
test_streets_schools_feasts_and_shops_are_nobody = each(
    lambda text: NameFinder(set()).find(text),
    "La crèche Françoise Dolto est pleine",
    "Refaire la rue du Docteur Roux",
    "Les rues Victor Hugo, Louise Michel et Jean-Moulin sont à refaire",
    "À l'angle des rues Claire et Pasteur, on ne voit rien",
    "Les rues Lavandier  et Nathalie sont à refaire",
    "Les rues Pasteur et Docteur  Nathalie sont à refaire",
    "Ralentir à l'angle Corentin",
    "Rue Pasteur / Corentin : feu trop long",
    "Corentin / rue Pasteur : feu trop long",
    "Rouvrir le dépôt Bernard",
    "Atelier porté par Familles Rurales",
    "bancs Bd Jean Mermoz svp",
    "Le groupe scolaire Simone-Veil manque de préaux",
    "L'accueil de loisirs Charles Perrault ferme tôt",
    "Le Père Noël est passé à l'école",
    "Les candidatures pour le Google Summer of Code",
    "Un semestre à Tallinn avec Erasmus",
    "Illuminer le bourg à Noël",
    "à la Saint-Jean tout le monde descend",
    "On fait les courses chez Leclerc",
    "Le restaurant Chez Marcel est fermé",
    "Refaire le plan en Lambert93, ou en Lambert 93",
    "La page est faite avec l'outil Hugo",
    "Payer en monnaie libre Ğ1/June",
    "Il n'y a plus qu'Yves Rocher en zone commerciale",
    "Le maître d'ouvrage, ou Maître d'Ouvrage, a signé",
    is_told=[],
)

BESIDE_PLACES = [
    ("Rue Claire, Nathalie s'occupe des fleurs", "Nathalie"),
    ("Le jardin de Pierre Vasseur nourrit trois familles", "Pierre Vasseur"),
    ("La maison de Mme Girard est vide", "Girard"),
    ("La salle est ouverte par Karim", "Karim"),
    ("Devant l'école Jules-Ferry, Thierry fait traverser", "Thierry"),
    ("J.-P. Durand tient la caisse", "J.-P. Durand"),
    ("KARIM ouvre la salle", "KARIM"),
    ("Au secours Nathalie", "Nathalie"),
    ("Le relevé de Nathalie29 manque", "Nathalie29"),
    ("Rappel de karim26 : un don ne se rend pas", "karim26"),
    ("On demande à Karim de VéloBreizh", "Karim"),
]


def the_name_in(text: str) -> str:
    """The one name that is found in a text."""
    (found,) = NameFinder(set()).find(text)
    return found[2]


test_people_beside_places_are_people = each(the_name_in, *BESIDE_PLACES)


def test_who_is_public_is_not_hidden_but_a_first_name_may_be_anothers() -> None:
    finder = NameFinder(set(), {"Odile Lavandier"})
    text = "Mme Lavandier répond ; Odile Lavandier aussi. Odile apporte un gâteau, Nathalie aussi."
    assert [found[2] for found in finder.find(text)] == ["Odile", "Nathalie"]
    assert NameFinder(set(), {"Odile"}).find("Odile répond") == []


def test_whoever_spoke_is_found_by_her_surname() -> None:
    text = "Lavandier a proposé un bal"
    assert NameFinder(set()).find(text) == []
    assert NameFinder({"Odile Lavandier"}).find(text) == [(0, 9, "Lavandier", "nom d'une personne enregistrée")]


SEEN_AS_NAMES = [
    ("Le docteur Ouazzanier est parti", "Ouazzanier"),
    ("Tran Thi Bao tient le jardin", "Tran Thi Bao"),
    ("Maître de la Rochebrune a signé", "de la Rochebrune"),
    ("Fanchon LE GALLOU tient le four", "Fanchon LE GALLOU"),
    ("Yorick DESVAUX-BRIAND tient le four", "Yorick DESVAUX-BRIAND"),
]


test_names_that_no_list_holds = each(the_name_in, *SEEN_AS_NAMES)


test_offices_and_places_are_no_names = each(
    lambda text: NameFinder(set()).find(text),
    "Madame la Maire est venue",
    "le collège Tran Thi Bao",
    "Plan Local Urbanisme",
    "les aides des DOM TOM",
    "une aide par DOM/TOM",
    "la foire de Ste Odile la Guillaume",
    "la boucle Val St Albin",
    is_told=[],
)


def test_a_speaker_is_suggested_by_what_is_long_enough_to_be_a_name() -> None:
    find = NameFinder({"Ko Lindqvist"}).find
    assert [one[2] for one in find("Hier Lindqvist a parlé, et le Ko technique aussi")] == ["Lindqvist"]


def test_firms_and_schools_that_are_thanked_are_nobody() -> None:
    finder = NameFinder(set())
    assert not finder.find("Merci à Kerlann Bricorama Campus, et chez Bricorama Kerlann on trouve tout.")
    assert [name for *_, name, _ in finder.find("Merci à Tifenn Kervella pour le quai.")] == ["Tifenn Kervella"]


def test_a_group_called_after_somebody_keeps_its_noun() -> None:
    found = NameFinder({"Groupe Julien", "Association Kerlann"}).find("Le Groupe Julien et l'Association Kerlann.")
    assert [words for _, _, words, _ in found] == ["Julien", "Kerlann"]


def test_a_place_said_once_is_known_without_its_word() -> None:
    finder = NameFinder({"Karim Mercure"})
    said = ["La kermesse du parc Odile Lavandier", "Le bal à Odile Lavandier", "Le four de Odile Mercier"]
    found = [name for text in said for name in finder.find(text)]
    assert [(name, name in finder.places) for _, _, name, _ in found] == [
        ("Odile Lavandier", True),
        ("Odile Mercier", False),
    ]


def test_a_name_that_is_said_once_is_one_wherever_it_stands_in_the_run() -> None:
    said = {
        "a": "Le bal de Prune Kerlavos était beau.",
        "b": "Prune, on la revoit quand ?",
        "c": "Kerlavos aussi ; KERLAVOS signe, pas le parc Kerlavos",
        "d": "LE GALLOU répond à Mme Gallou",
    }
    found = NameFinder(set()).find_in_run(said.items())
    assert [(one, name) for one, _, _, name, _ in found] == [
        ("a", "Prune Kerlavos"),
        ("b", "Prune"),
        ("c", "Kerlavos"),
        ("c", "KERLAVOS"),
        ("d", "LE GALLOU"),
        ("d", "Gallou"),
    ]
    assert all(said[one][start:end] == name for one, start, end, name, _ in found)


def test_initials_that_stand_after_a_name_are_the_same_person() -> None:
    said = {
        "a": "La parole est donnée à Odile Larvor-Kerbrat (OLK), qui préside.",
        "b": "OLK, étonnée, demande si le lavoir ferme.",
        "c": "Odile Larvor (ZAC) a montré le plan, la ZAC avance.",
    }
    found = [(one, name) for one, _, _, name, _ in NameFinder(set()).find_in_run(said.items())]
    assert ("a", "OLK") in found and ("b", "OLK") in found
    assert "ZAC" not in {name for _, name in found}


test_names_that_other_texts_tell_to_be_none = each(
    lambda *said: [(one, name) for one, _, _, name, _ in NameFinder(set()).find_in_run(said)],
    (("a", "Le bal de Prune était beau"), ("b", "Prune : 3 euros le kilo"), ("c", "une prune et une poire"),
     [("a", "Prune")]),
    (("a", "Lean permet d'avancer"), ("b", "un lean canvas"), ("c", "faire du Hilbert"), ("d", "Hilbert parle"),
     [("d", "Hilbert")]),
    (("h", "Lean"), ("c", "On avance"), []),
    (
        ("a", "La piste Odile est trop étroite"),
        ("b", "Deux voies cyclables sur Odile, vite"),
        ("c", "Odile déborde le matin"),
        ("d", "Déneiger jusqu'à Sophie-Lannec"),
        ("e", "Sophie-Lannec est un lac les jours de pluie"),
        ("f", "Élargir la rue Nathalie"),
        ("g", "Le bal de Nathalie était réussi"),
        [("g", "Nathalie")],
    ),
    names=["a word in small letters", "a method", "a heading", "a street called by its name alone"],
)  # fmt: skip


def test_who_bears_the_name_of_a_place_is_somebody_where_a_title_says_so() -> None:
    place, untold, told = (
        ("c1", "La kermesse du parc Odile Lavandier"),
        ("c2", "Le bal à Odile Lavandier"),
        ("c3", "Mme Odile Lavandier tient le four"),
    )
    assert NameFinder(set()).find_in_run([place, untold]) == []
    names = NameFinder(set()).find_in_run([place, told])
    assert [(one, name) for one, _, _, name, _ in names] == [("c3", "Odile Lavandier")]


def test_who_is_named_among_others_is_somebody() -> None:
    find = NameFinder(set()).find
    assert [one[2] for one in find("Avec Odile, Kerlann, Paul et Lucie.")] == ["Odile", "Kerlann", "Paul", "Lucie"]
    assert [one[2] for one in find("À Kerlann, Lannec et Odile")] == ["Odile"]


def test_a_speaker_who_signs_by_initials_or_in_small_letters_is_found_wherever_she_stands() -> None:
    find = NameFinder({"nelvo", "JP", "lune", "A"}).find
    said = ("comme le dit nelvo, on rate le car", "Nelvo et JP ont raison", "la lune est belle, A plus B", "un jp5")
    assert [[one[2] for one in find(text)] for text in said] == [["nelvo"], ["Nelvo", "JP"], [], []]


def test_who_is_named_beside_somebody_is_somebody() -> None:
    find = NameFinder(set()).find
    assert [one[2] for one in find("(Odile & Kerlann)")] == ["Odile", "Kerlann"]
    assert "Nolwaz Kerbrad" in [one[2] for one in find("Nolwaz Kerbrad et Odile Vasseur proposent un banc")]
    assert [one[2] for one in find("Lannec Tourisme et Odile Vasseur proposent un banc")] == ["Odile Vasseur"]
    assert [one[2] for one in find("la rue Nolwaz Kerbrad et Odile Vasseur")] == ["Odile Vasseur"]


def test_the_name_of_a_file_bears_the_names_that_are_known_in_any_letters() -> None:
    files = {
        "a": "notes/2024-atelier-kerbrad-odile.md", "b": "2024_Lucie_Tréhorel.docx", "c": "halle.kerbrad",
        "d": "rue-du-lavoir.md",
    }  # fmt: skip
    found = list(NameFinder({"Tréhorel"}).find_in_files(files, ["Mme Kerbrad"]))
    named = {one: [name for key, _, _, name, _ in found if key == one] for one in files}
    assert named == {"a": ["kerbrad", "odile"], "b": ["Lucie", "Tréhorel"], "c": [], "d": []}
    assert all(files[one][start:end] == name for one, start, end, name, _ in found)


def test_who_bears_the_name_of_a_street_is_somebody_where_she_is_named() -> None:
    streets = [("a", "La piste Odile est étroite"), ("b", "L'avenue Odile aussi"), ("c", "Aller vers Sophie-Lannec")]
    people = [("d", "Odile Vasseur tient le four, et Odile le prête"), ("e", "Mme Sophie-Lannec dit non")]
    found = [(one, name) for one, _, _, name, _ in NameFinder(set()).find_in_run([*streets, *people])]
    assert found == [("c", "Sophie-Lannec"), ("d", "Odile Vasseur"), ("d", "Odile"), ("e", "Sophie-Lannec")]


def test_a_street_in_the_name_of_a_file_is_nobody() -> None:
    files = {"a": "groupe_place_odile_kerbrad.md", "b": "groupe-kerbrad-odile.md"}
    assert [name for *_, name, _ in NameFinder(set()).find_in_files(files, ["Kerbrad"])] == ["kerbrad", "odile"]


def test_processes_move_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Merci à Odile Lavandier", "Le parc Colette Besson est sale", "à Colette Besson", "Lavandier en parle"]
    said = [(f"c{rank}", f"{texts[rank % len(texts)]} ({rank})") for rank in range(40)]
    whole = NameFinder({"Karim Mercure"}).find_in_run(said)
    monkeypatch.setattr(names, "N_TOGETHER", 7)
    assert NameFinder({"Karim Mercure"}).find_in_run(said, LocalExecutor(2)) == whole
    assert {name for _, _, _, name, _ in whole} == {"Odile Lavandier", "Lavandier"}
