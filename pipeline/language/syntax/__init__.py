"""How French words go together: phrases, clauses, finite verbs, the forms a sentence takes."""
