"""What is refused in the answers of a question, said where an editor can mend it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail import blocks


def refuse(message: str, *, at: str) -> blocks.StructBlockValidationError:
    """An error that stands with one list of the block."""
    return blocks.StructBlockValidationError(
        block_errors={
            at: blocks.ListBlockValidationError(non_block_errors=[ValidationError(message)])
        }
    )


def refuse_twins(texts: list[str], message: str, *, at: str) -> None:
    """Raise when two texts are the same but for case and outer spaces."""
    spellings = [text.strip().casefold() for text in texts]
    if len(set(spellings)) < len(spellings):
        raise refuse(message, at=at)


def refuse_key(*, right: int, total: int, at: str) -> None:
    """Raise when all or none of several are right: then ticking all would be the answer."""
    if right == 0 or right == total:
        raise refuse(gettext("Mark at least one answer as right and leave one wrong."), at=at)
