"""What is found: entries, the words of the site, and what editors say about them."""

from search.models.choices import MissedWord, PromotedResult, SynonymGroup
from search.models.entries import Entry, Word

__all__ = ["Entry", "MissedWord", "PromotedResult", "SynonymGroup", "Word"]
