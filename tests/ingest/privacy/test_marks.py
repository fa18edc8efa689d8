"""Private data marked, whatever its spelling; public contacts kept."""

from collections import Counter

import pytest

from pipeline.ingest.privacy.marks import View, bare, mask
from pipeline.workbench.benchmarks import evaluate_privacy

FOLDED = [
    ("０６\u2009３９ ＠", "06 39 @"),
    ("𝟎𝟔·𝟑𝟗 – l’été", "06\u00b739 - l'été"),
    ("m² et ½", "m² et ½"),
    ("zoe&#64;four&commat;x&nbsp;%40", "zoe@four@x\xa0@"),
    ("R&D ; 100%", "R&D ; 100%"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_one_form_for_many_spellings(text: str, expected: str) -> None:
    assert View(text).text.replace("\xa0", " ") == expected.replace("\xa0", " ")


def test_places_are_those_of_the_text() -> None:
    text = "À zoe&#64;four.example, oui"
    view = View(text)
    start = view.text.index("zoe")
    assert text[view.place(start) : view.place(view.text.index(","))] == "zoe&#64;four.example"
    assert view.place(len(view.text)) == len(text)


def test_what_a_leak_is_looked_for_by() -> None:
    assert bare("０６.39\u202f98&nbsp;O1") == bare("06 39 98 o1") == "063998o1"


MASKED = [
    ("Écrivez à lea.martin@courrier.example", "Écrivez à [courriel]"),
    ("appelez-moi au 06 39 98 00 00", "appelez-moi au [téléphone]"),
    ("mon fixe : +33 (0)5 36 49 00 00", "mon fixe : [téléphone]"),
    ("appelez-moi au 09 39 98 00 00", "appelez-moi au [téléphone]"),
    ("La mairie, 07 39 98 00 00", "La mairie, [téléphone]"),
    ("RIB FR14 2004 1010 0505 0001 3M02 606 merci", "RIB [IBAN] merci"),
    ("RIB FR14 2004 1010 0505 0001 3M02 607, mal recopié", "RIB [IBAN], mal recopié"),
    ("sécu 2 55 08 14 168 025 38", "sécu [numéro de sécurité sociale]"),
    ("garé là : AB-123-CD", "garé là : [plaque]"),
    ("mon passeport 12 34567 8901 merci", "mon passeport [numéro d'identité] merci"),
    ("anne point lou point morel arobase free point fr", "[courriel]"),
    ("mon numéro d'allocataire 12345", "mon numéro d'allocataire [numéro d'identité]"),
    ("passeport français n° : 12AB34567", "passeport français n° : [numéro d'identité]"),
    ("titre de séjour : n° 9903123456", "titre de séjour : n° [numéro d'identité]"),
    ("c'est lat 45,2 et lon : 5,7", "c'est [position]"),
    ("coordonnées : 45,2 / 5,7", "[position]"),
    ("suivez @lea.dessine !", "suivez [pseudo] !"),
    ("j'habite 12 rue des Lilas à Montbrac", "j'habite [adresse] à Montbrac"),
    ("j'habite résidence des Lilas, lieu-dit Bellevue", "j'habite [adresse], lieu-dit Bellevue"),
    ("elle vit bâtiment 12, porte 27", "elle vit [adresse]"),
    ("rappelez le 05 36 49 00 00 le soir", "rappelez le [téléphone] le soir"),
    ("écrivez à zoe.petit%40courrier.example", "écrivez à [courriel]"),
    ("écrivez à dupuis34 chez sfr.fr", "écrivez à [courriel]"),
    ("le mien : zoe.petit@gmail", "le mien : [courriel]"),
    ("z o e . p e t i t @ g m a i l . c o m", "[courriel]"),
    ("appelle le ⓪⑥ ③⑨ ⑨⑧ ⓪⓪ ⓪⓪", "appelle le [téléphone]"),
    ("au café, ou au +32 470 12 34 56", "au café, ou au [téléphone]"),
    ("ma carte 4970 1000 0000 0055", "ma carte [carte bancaire]"),
    ("RIB 20041 01005 0500013M026 06", "RIB [IBAN]"),
    ("mon numéro fiscal (SPI) 30 12 345 678 901", "mon numéro fiscal (SPI) [numéro d'identité]"),
    ("RPPS 10001234567", "RPPS [numéro d'identité]"),
    ("identifiant France Travail 1234567A", "identifiant France Travail [numéro d'identité]"),
    ("mon NIR : 2 85 05 78 006 08", "mon NIR : [numéro de sécurité sociale]"),
    ("née le douze mars mille neuf cent soixante-deux", "née le [date de naissance]"),
    ("j'habite au 8 hameau des Granges", "j'habite au [adresse]"),
    ("sonnez : escalier C porte 27", "sonnez : [adresse]"),
    ("insta : zoe.dessine", "insta : [pseudo]"),
    ("on la suit sur insta 8h_lavandier", "on la suit sur insta [pseudo]"),
    ("mon iban fr 14 2004 1010 0505 0001 3m02 606", "mon iban [IBAN]"),
    ("Permis 13AB45678, à refaire", "Permis [numéro d'identité], à refaire"),
    ("mon permis B : 750912345678", "mon permis B : [numéro d'identité]"),
    ("le soir au 06 : 399 800 12", "le soir au [téléphone]"),
    ("écris à ed@m.asso.example", "écris à [courriel]"),
    ("né le trois juin dix-neuf cent soixante et onze, ici", "né le [date de naissance], ici"),
    ("sonnez au bat F appt 12", "sonnez au [adresse]"),
    ("je suis au 06 39 98 00 00 Marseille", "je suis au [téléphone] Marseille"),
    ("elle est immatriculée GZ123KX", "elle est immatriculée [plaque]"),
    ("un matelot 06 39 98 00 00", "un matelot [téléphone]"),
    ("le 0 6 - 3 9 - 9 8 - 0 0 - 0 0", "le [téléphone]"),
    ("débit sur 4111 1111 1111 1111 hier", "débit sur [carte bancaire] hier"),
    ("il a le 06=39=98=00=00", "il a le [téléphone]"),
    ("appelez la maison au 05 36 49 00 00", "appelez la maison au [téléphone]"),
    ("mon IBAN : FR1420041010050500013M0260", "mon IBAN : [IBAN]"),
    ("mon rib 20041 01005 0500013 02606, je crois", "mon rib [IBAN], je crois"),
    ("sécu 2 55 08 14 168", "sécu [numéro de sécurité sociale]"),
    ("France Travail : identifiant 1234567A", "France Travail : identifiant [numéro d'identité]"),
    ("j'habite résidence des Lilas, appartement 34", "j'habite [adresse]"),
    ("j'habite l'appartement 12", "j'habite l'[adresse]"),
    ("suivez @zoe_lav@mastodon", "suivez [pseudo]"),
    ("insta : zbrou", "insta : [pseudo]"),
    ("devant chez moi, 48.1234,-1.5678", "devant chez moi, [position]"),
    ("sonnez : bâtiment n°12, porte 3", "sonnez : [adresse]"),
    ("sonnez : Bât. A appt. 53", "sonnez : [adresse]"),
    ("bâtiment C, porte 12, le bailleur ne vient pas", "[adresse], le bailleur ne vient pas"),
    (
        "Mon fixe, si la mairie ne répond pas le mardi : 05 36 49 00 00",
        "Mon fixe, si la mairie ne répond pas le mardi : [téléphone]",
    ),
    ("numéro fiscal de référence : 30 12 345 678 901", "numéro fiscal de référence : [numéro d'identité]"),
    ("IBAN FR14 - 2004 - 1010 - 0505 - 0001 - 3M02 - 606", "IBAN [IBAN]"),
]
KEPT = [
    "Mairie : contact@montbrac.example, 05 36 49 00 00",
    "Le numéro vert 0 800 00 00 00 ou le 3919",
    "appelez-moi au 08 39 98 00 00",
    "dossier n° 0612345678",
    "13 000 habitants, 06 communes, le 12/03/2026 à 14h30",
    "dossier n° FR1420041010050500013M02607",
    "les 05 06 07 08 09 juin",
    "@tous : rendez-vous mardi",
    "Lavandier chez Orange répond vite",
    "https://www.montbrac.example/agenda?page=2",
    "Le permis PC03818524A0012, déposé en 2024, et le permis 038 185 24 A0012",
    "Secteur 06 : 12 345 678 entrées",
    "La mairie, service DGM. Romans : 05 36 49 00 00",
    "dossier: 0612345678",
    "un acompte FR1420041010050500013M02607",
    "Les salles 06,39,980,0,12",
    "Ouvert le 06 : 10 12 14 16 18",
    "À l'avenir : 1 234 567 891 011 euros",
    "La maison de quartier, 05 36 49 00 00",
    "Codes INSEE 74010 74011",
    "Les bus 06 12 18 24 30 sont pleins",
    "J'habite un petit appartement sans balcon",
    "On habite une résidence pour aînés",
    "La sécu : 4 000 000 000 euros de trou",
    "En 2019=12, en 2020=14, en 2021=15",
    "Le point 3.1.2.4 du cahier des charges",
    "§ 10.12.14.17 du règlement",
    "Le passeport P2 des jeunes",
    "bâtiment B porte 3, accueil de la mairie",
]


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_personal_data_is_marked(text: str, expected: str) -> None:
    counts: Counter[str] = Counter()
    assert mask(text, True, counts) == expected
    assert sum(counts.values()) == 1


@pytest.mark.parametrize("text", KEPT)
def test_public_contacts_and_look_alikes_stay(text: str) -> None:
    assert mask(text, True, Counter()) == text


def test_the_switch_masks_public_contacts_too() -> None:
    assert mask("contact@montbrac.example, 05 36 49 00 00", False, Counter()) == "[courriel], [téléphone]"


def test_benchmark_of_privacy_does_not_fall() -> None:
    marks = evaluate_privacy()
    assert marks["test"].recall >= 0.85
    assert marks["test"].precision >= 0.90
