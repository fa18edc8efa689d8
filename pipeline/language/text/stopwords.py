"""French words that carry no subject: grammar, auxiliaries, fillers of speech and of meetings.

Written for this project. Words are folded as in `pipeline.language.text.words.fold` (lower case, no accents).
Words of wish and lack ("falloir", "manque") stand here too: they tell the axis of an item, not what it is about.
"""

from __future__ import annotations

_GRAMMAR = """
a ai aie aient ait alors apres as au aucun aucune aujourd aupres auquel aura aurait auraient auront aussi autant
autre autres aux auxquels avaient avait avant avec avez avoir avons ayant beaucoup bien ca car ce ceci cela celle
celles celui cependant ces cet cette ceux chaque chacun chacune chez ci comme comment contre d dans de dedans dehors
deja depuis des desormais desquels dessous dessus deux devant devrait devraient doit doivent donc dont du duquel
durant elle elles en encore enfin entre es est et etaient etait etant etc ete etes etre eu eux fait faire fais font
fois hors hui ici il ils j je jusqu jusque l la laquelle le lequel les lesquels leur leurs lors lorsque lui m ma
mais malgre me meme memes mes mien mieux moi moins mon n ne ni non nos notre nous on ont ou oui par parce parfois
parmi pas pendant peu peut peuvent plus plusieurs plutot pour pourquoi pourrait pourraient pouvait pouvoir pres
presque puis puisque qu quand que quel quelle quelles quelque quelques quels qui quoi rien s sa sans sauf se selon
sera serait seraient seront ses si sien sinon soi soient sois soit sommes son sont souvent sous suis sur surtout t
ta tandis tant te tel telle telles tels tes toi ton toujours tous tout toute toutes tres trop tu un une va vais vers
voici voila vont vos votre vous vraiment vu y
"""
_NUMBERS_AND_TIME = """
un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante
cent mille dizaine douzaine quinzaine vingtaine moitie an ans annee annees mois semaine semaines jour jours heure
heures min minute minutes demi demie fois lundi mardi mercredi jeudi vendredi matin midi maintenant hier demain tard
tot premier premiere deuxieme dernier derniere prochain com
"""
_FILLERS = """
aller alle arrive bah ben bon chose choses cote coup debat disons dire dit donner effectivement euh exemple
evidemment facon fin finalement gens genre grand grande gros hein idee idees mettre met mis monde nombreux notamment
oh ok parler parle partir passer penser pense personne personnes petit petite plein point possible prendre probleme
problemes question questions quoi rendre rester savoir sait sens sorte sujet super tas tellement temps toujours
trouver trouve truc trucs type venir vient viennent voir voit vouloir veut veulent voudrait vrai
"""
_WISH_AND_LACK = """
absence actuellement ameliorer assez augmenter avis besoin besoins comprendre creer creation developper
developpement devoir difficile difficulte difficultes eviter faudra faudrait faut falloir favoriser fallait imposer
interdire manque manquent manquer mettre necessaire obliger oblige place proposer propose permettre permet
permettrait pourrions reduire renforcer souhait souhaite souhaiter supprimer utiliser
"""

STOP_WORDS: frozenset[str] = frozenset((_GRAMMAR + _NUMBERS_AND_TIME + _FILLERS + _WISH_AND_LACK).split())
"""Folded words left out of keywords and of the lexical likeness of items."""
