"""First names common in France, written by us from general knowledge; data only. No rare name: those are met by cue."""

from __future__ import annotations

FIRST_NAMES = frozenset(
    "Abdel Abdelkader Abdou Adama Adèle Adeline Adrien Agathe Agnès Ahmed Aïcha Alain Alban Albert Alex Alexandra Alexandre Alexis "
    "Alfred Ali Alice Alicia Aline Alix Alphonse Amadou Amandine Ambre Amel Amélie Amin Amina Aminata Amine Amir Anaïs André Andréa Andrée "
    "Angélique Anissa Anita Ann Anna Annabelle Anne Annick Annie Anthony Antoine Antonin Antonio Armand Arnaud Arthur Assia Astrid Audrey "
    "Auguste Augustin Aurélie Aurélien Awa Axel Aya Aymeric Ayoub Bachir Baptiste Barbara Bastien Béatrice Bénédicte Benjamin Benoît Bernadette Bernard "
    "Berthe Bertrand Bilal Boris Brahim Brigitte Bruno Camille Carine Carla Carole Caroline Catherine Cathy Cécile Cédric Céline Chantal Charlène "
    "Charles Charlotte Chloé Christel Christelle Christian Christiane Christine Christophe Cindy Clara Claude Claudette Claudine Clémence Clotilde "
    "Colette Coralie Coralie Corentin Corinne Cyril Cyrille Damien Daniel Danièle Danielle David Déborah Delphine Denis Denise Diane Didier Djamila Dominique "
    "Dorian Dorothée Driss Dylan Édith Edmond Édouard Élise Élisabeth Elisabeth Elsa Élodie Elodie Éloïse Emilie Émilie Emma Emmanuel Emmanuelle Enzo Éric Eric Erwan "
    "Estelle Esther Ethan Étienne Etienne Eugène Eugénie Eva Évelyne Evelyne Fabien Fabienne Fabrice Fanny Farid Farida Fatima Fatou Fatoumata Fernand Flavie "
    "Florent Florian Floriane Francine Francis Franck François Françoise Fred Frédéric Frédérique Gabin Gabriel Gabrielle Gaël Gaëlle Gaston Gauthier Geneviève Geoffrey Georges "
    "Georgette Gérald Géraldine Gérard Germaine Ghislaine Gilbert Gilles Ginette Gisèle Grégoire Grégory Guillaume Gustave Guy Gwenaëlle Hakim Hamid Hamza "
    "Hassan Hélène Henri Henriette Hervé Hicham Hubert Hugo Hugues Ibrahim Ibrahima Idriss Ilan Ilyes Imane Inès Irène Isabelle Ismaël Issa Ivan Jacky Jacqueline "
    "Jacques Jade Jamal Jamila Jean Jeanne Jeannine Jennifer Jérémie Jérémy Jérôme Jessica Jimmy Joël Joëlle Johan Johanna Jonathan Jordan José Josette Joseph "
    "Josiane Josselin Julie Julien Juliette Justin Justine Kader Karim Karima Karine Katia Kelly Kevin Kévin Khadija Khaled Khalid Killian Laetitia Lætitia Lamia Laura Laure Laurence Laurent "
    "Laurène Laurie Léa Leïla Leila Léna Léo Léon Léonie Liliane Lilou Lina Lionel Lisa Lise Loïc Lola Lou Louane Louis Louise Louisette Luc Lucas Lucette Lucie Lucien Lucienne Ludivine "
    "Ludovic Lydia Lydie Lylou Maël Maëlle Maëlys Maeva Magali Mahamadou Mahmoud Malik Malika Mamadou Manon Manuel Manuela Marc Marcel Marcelle Marc-Antoine Margaux Margot Maria Mariam Marianne Marie "
    "Marielle Marine Marion Maryline Maryse Mathias Mathéo Mathieu Mathilde Mathis Matthieu Maud Maurice Maxence Mehdi Mélanie Mélissa Michaël Michel Michèle "
    "Micheline Michelle Mickaël Mireille Mohamed Mohammed Monique Morgane Mounir Mourad Moussa Muriel Myriam Nabil Nadège Nadia Nadine Naïma Nassim Natacha Nathalie Nathan "
    "Nicolas Nicole Nina Noah Noé Noémie Nora Norbert Nordine Odette Odile Olga Olivia Olivier Omar Ophélie Oscar Oumar Ousmane Pascale Patrice Patricia Patrick Paul Paula "
    "Paule Paulette Pauline Philippe Pierrette Quentin Rachel Rachid Rachida Raoul Raphaël Rayan Raymond Raymonde Rebecca Rémi Rémy René Renée Ricardo Richard Robert Rodolphe Roger Roland "
    "Romain Romane Ronan Roselyne Roxane Ryan Sabine Sabrina Said Saïd Salima Salomé Samia Samir Samira Samuel Sandra Sandrine Sara Sarah Sébastien Ségolène Sélim Serge Séverine "
    "Simon Simone Slimane Sofia Sofiane Solange Solène Sonia Sophie Stéphane Stéphanie Steve Steven Suzanne Sylvain Sylvaine Sylvia Sylviane Sylvie Tania Tatiana Théo Théophile "
    "Thérèse Thibault Thibaut Thierry Thomas Tiphaine Titouan Tom Tony Tristan Ugo Valentin Valérie Vanessa Véronique Vincent Virginie Viviane Vivien Wafa "
    "Walid Wassim Wilfried William Xavier Yacine Yan Yann Yanis Yannick Yasmine Yassine Yasmina Yoann Yohan Yolande Youssef Yvan Yves Yvette Yvonne Zakaria Zineb Zoé Zohra".split()
)
"""Never a common word of French with a capital."""

AMBIGUOUS_NAMES = frozenset(
    "Aimé Ange Aurore Claire Clément Constance Constant Côme Désiré Fleur Florence Iris Jasmin Juste Lucas Madeleine Marguerite Martin Maxime "
    "Modeste Noël Olive Pascal Pierre Prune Reine Rose Sacha Victoire Victor Violette Salomon Maya Félix Charlie Capucine Clémentine Blanche".split()
)
"""Also words, places or surnames: suggested only beside a cue or a surname, or inside a sentence."""
