"""The example of a kind of question in the block picker: asked as a learner sees it."""

from typing import Any, ClassVar


class QuestionExample:
    """For a block of answers that has a `preview_value`: it is asked under an invented question."""

    stem: ClassVar[str] = "Wanneer mag u aan het werk als raadslid?"

    def get_preview_template(self, value: Any, context: Any = None) -> str:
        return "learning/blocks/question_preview.html"

    def get_preview_context(self, value: Any, parent_context: Any = None) -> Any:
        from learning.models import Question  # noqa: PLC0415  questions are made of these blocks
        from learning.previews import preview_question  # noqa: PLC0415  likewise

        name: str = self.name  # type: ignore[attr-defined]
        question = Question(stem=f"<p>{self.stem}</p>", answers=[(name, value)])
        return {**(parent_context or {}), "question": preview_question(question)}
