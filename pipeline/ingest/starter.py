"""What `rosace nouveau` puts in an empty corpus folder."""

from __future__ import annotations

WORKSHOP_TOML = """\
# Fiche de l'atelier. Remplissez ce que vous savez ; tout est facultatif. Les lignes en # sont des notes.

[atelier]
titre = ""
# date = 2026-03-12
# lieu = ""
# territoire = ""
# format_animation = ""
# anime_par = ""
# auteur = ""
# participants = 40
# pour_en_savoir_plus = ""

# Une entrée par table : son numéro (ou son nom), son sujet, le nombre de personnes.
# [[tables]]
# numero = 1
# sujet = ""
# participants = 8

# Pour corriger ce que « rosace inspect » devine d'un fichier ou d'une feuille (les noms peuvent contenir *).
# Ce qui est dit d'une feuille l'emporte sur ce qui est dit du fichier entier : une entrée pour chacune.
# [[fichiers]]
# nom = "postits.csv"
# feuille = "Votes"                      # classeurs seulement ; sans elle, tout le classeur
# table = "3"
# canal = "postit"                       # postit, note, enquete ou transcript
# provenance = "ecrit"                   # ecrit, note ou transcription
# colonnes_texte = ["Post-it"]
# colonne_contexte = "Rubrique"
# colonne_table = "Table"
# colonne_voix = "Nom"
# colonne_votes = "Gommettes"            # un nombre ou des marques (+++) ; des votes ne sont jamais des répondants
# colonne_votes_contre = "Contre"
# colonne_groupe = "Problématique"       # le groupe ou la problématique des participants
# colonne_date = "Date"
# colonnes_ecartees = ["Téléphone"]
# contexte = "Qu'est-ce qui vous freine ?"
# ignorer = false
"""

ENTRY_HEADINGS = ("Table", "Rubrique", "Texte", "Votes")
ENTRY_SHEET_NAME = "saisie.xlsx"

HELP_NOTE = """\
Ce dossier attend les paroles d'un atelier.

1. Ouvrez atelier.toml avec un éditeur de texte et remplissez l'en-tête.
2. Déposez ici vos fichiers, tels quels :
   - tableaux (csv, tsv, xlsx, xls, ods) : post-its, exports de LimeSurvey, Framaforms, Decidim, Consul, Polis,
     Padlet, Stormz, Klaxoon…
   - notes (docx, odt, html, md, txt, pdf avec du texte) : titres et listes à puces sont compris ;
   - transcriptions (vtt, srt, json de Whisper, docx de Teams, txt) ;
   - ou un zip de tout cela.
   Des photos ou un enregistrement ? Faites-les transcrire d'abord (l'enregistrement peut rester à côté).
   Rien à déposer encore ? Saisissez dans saisie.xlsx, une parole par ligne.
3. Pour voir ce qui sera lu :        rosace inspect CE_DOSSIER
4. Pour obtenir la restitution :     rosace synthesize CE_DOSSIER

Les courriels, téléphones et autres données personnelles sont remplacés par des marques comme [courriel].
Plusieurs ateliers ? Un sous-dossier par atelier, chacun avec son atelier.toml.
"""
HELP_NOTE_NAME = "LISEZ-MOI.txt"
