"""What one does to have a thing that people propose, by the first noun of its name. French data for titles.

Written for this project from the nouns of its own corpus. A noun that is not here keeps its phrase: nothing says
whether one would raise or cut « des impôts ».
"""

from __future__ import annotations

_NOUNS = """
organiser : fête soirée rencontre réunion forum repas bourse journée atelier petit-déjeuner déjeuner formation visite
  sortie marché concours festival débat café-débat apéro goûter tournée cycle stage chantier vide-grenier séance
  rendez-vous assises semaine demi-journée session projection concert expo exposition balade randonnée tournoi vote jury
  tirage référendum rencontres ramassage cueillette
créer : livret guide annuaire carte site cahier fiche charte plaquette agenda calendrier journal lettre application
  appli registre répertoire dossier affiche plateforme film podcast jardin café lieu maison local épicerie tiers-lieu
  association collectif coopérative groupement recyclerie ressourcerie garage magasin centre cellule groupe commission
  comité fonds crèche école légumerie cuisine équipe parc grainothèque bibliothèque pépinière caisse cagnotte régie
  potager instrumenthèque colocation résidence foyer catalogue label brigade zone boutique vitrine trésorerie internat
  studio budget poste mi-temps office
obtenir : médecin médecins secrétaire animateur animatrice agent agents postes éducateur éducatrice infirmier infirmière
  infirmières coordinateur coordinatrice conseiller conseillère aesh personnel dentiste dentistes kiné orthophoniste
  psychologue psychologues soignants bénévoles facteur gardien subvention subventions financement dérogation atsem
recruter : médiateur médiateurs médiatrice remplaçant remplaçante remplaçants interprète interprètes cantonnier
  régisseur comptable nounou saisonniers écrivain référent référente chauffeur chauffeurs
mettre en place : pédibus vélobus bus navette navettes car cours créneau créneaux numéro portage barème pool planning
  permanence permanences consigne tour relais système service dispositif réseau programme accueil parrainage tutorat
  plan collecte compost composteurs tri prêt échange échanges temps tarif tarifs banque mutuelle suivi ligne commande
  commandes accompagnement covoiturage garde standard guichet partenariat observatoire
installer : banc bancs toilettes fontaine climatisation casiers boîte boîtes citerne table tables plaque caméra caméras
  cuves récupérateurs borne bornes abri abris lampadaire lampadaires panneau panneaux station congélateurs préau
  distributeur arceaux ralentisseurs poubelles benne
ouvrir : garderie cantine halle déchèterie déchetterie salle abattoir laverie ligne-directe
aménager : piste voie chemin parking trottoir trottoirs passage aire
acheter : minibus camion vélo vélos terrain débroussailleuse broyeur bétaillère tracteur remorque triporteur véhicule
  matériel logiciel sono barnum perceuse congélateur
planter : arbres haie haies verger vergers
signer : convention conventions contrat
écrire : protocole règlement motion
"""


def _read() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _NOUNS.replace("\n  ", " ").strip().splitlines():
        verb, nouns = line.split(" : ")
        found.update(dict.fromkeys(nouns.split(), verb))
    return found


VERBS_OF_OBJECTS: dict[str, str] = _read()
"""Noun → the infinitive that takes it as its object."""
