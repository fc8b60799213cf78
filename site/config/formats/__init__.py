"""How dates and numbers are written in languages of which Django does not know it."""
