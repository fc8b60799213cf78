"""What an editor may do within a text: no more than a reader needs."""

from typing import Final

# Headings are blocks of their own, so that their order can be checked and linked to.
TEXT_FEATURES: Final = ["bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_FEATURES: Final = ["bold", "italic", "link"]
