"""The name of a file as a person writes it."""

from pipeline.language.text.file_names import file_name
from tests.labelled import each

test_a_file_is_named_as_a_person_writes_it = each(
    file_name,
    ("notes/voirie_29sept2020.md", "Voirie 29 septembre 2020"),
    ("halle nord 22nov.txt", "Halle nord 22 novembre"),
    ("Quai 8avril.odt", "Quai 8 avril"),
    ("marche 1er fevrier 2024.txt", "Marche 1er février 2024"),
    ("compte-rendu-12.03.2024.docx", "Compte rendu 12 mars 2024"),
    ("2024-03-12_compte_rendu.md", "Compte rendu 12 mars 2024"),
    ("2024-06-12-12 juin.md", "12 juin"),
    ("2024-03-12 bilan du 8 avril.md", "12 mars 2024 bilan du 8 avril"),
    ("20240312.txt", "12 mars 2024"),
    ("Sainte-Croix 8 mai.txt", "Sainte-Croix 8 mai"),
    ("bilan-du-lac.md", "Bilan du lac"),
    ("Réunion CCAS.pdf", "Réunion CCAS"),
    ("2024 compte rendu.md", "2024 compte rendu"),
    ("lot_45_13_2024.txt", "Lot 45 13 2024"),
    ("conseil_2008_2012.txt", "Conseil 2008 2012"),
    ("2008-2012 conseils.txt", "2008-2012 conseils"),
    ("30 fevrier.txt", "30 fevrier"),
    ("___.txt", "___"),
    ("GT-9 05-05-2023 sondage.md", "GT-9 5 mai 2023 sondage"),
    ("CR-GT-6_06-12-22.md", "CR-GT-6 6 décembre 2022"),
    ("bilan 21-12-22.md", "Bilan 21-12-22"),
)
