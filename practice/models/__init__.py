"""Cases from practice, and how people hand them in."""

from practice.models.cases import CaseIndexPage, CasePage
from practice.models.lessons import LearnedLesson
from practice.models.submissions import Submission, SubmissionQuestion

__all__ = ["CaseIndexPage", "CasePage", "LearnedLesson", "Submission", "SubmissionQuestion"]
