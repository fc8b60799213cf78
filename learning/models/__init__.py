"""Learning: who serves where, what there is to learn, and how far somebody is."""

from learning.models.attempts import Answer, Attempt, AttemptItem, Remarking
from learning.models.certificates import Certificate
from learning.models.dilemmas import DilemmaPage, DilemmaTally
from learning.models.entry import Invitation, JoinLink, JoinRequest
from learning.models.erasing import Departure, ErasureRequest, RetentionNotice
from learning.models.figures import Figure, FigureChange, Snapshot
from learning.models.imports import ImportedChange, ImportRun
from learning.models.jobs import Job, ScheduledRun, Worker
from learning.models.law_review import LawReview
from learning.models.mail import Mailing, MailPreference, OutgoingMail, Reminder
from learning.models.nation import FirstTries
from learning.models.pages import CataloguePage, LessonPage, ModulePage
from learning.models.paths import LearningPath, PathModule
from learning.models.people import Membership, MonitorGrant
from learning.models.places import Municipality
from learning.models.progress import Completion, Enrolment, StepProgress
from learning.models.question_imports import QuestionImport
from learning.models.questions import Question, QuestionVersion, Topic
from learning.models.quizzes import QuizDraw, QuizPage, QuizQuestion
from learning.models.refreshers import Refresher, RefresherCard, RefresherSubscription
from learning.models.requirements import Holding, Requirement, RequirementPerson, Waiver
from learning.models.scim import (
    ScimConnection,
    ScimGroup,
    ScimGroupMember,
    ScimRoleOfGroup,
    ScimToken,
    ScimUser,
)
from learning.models.settings import MunicipalitySettings
from learning.models.sign_on import SignOn, SignOnDomain
from learning.models.statistics import QuestionStatistic, SettledAnswers
from learning.models.versions import NextVersion

__all__ = [
    "Answer",
    "Attempt",
    "AttemptItem",
    "CataloguePage",
    "Certificate",
    "Completion",
    "Departure",
    "DilemmaPage",
    "DilemmaTally",
    "Enrolment",
    "ErasureRequest",
    "Figure",
    "FigureChange",
    "FirstTries",
    "Holding",
    "ImportRun",
    "ImportedChange",
    "Invitation",
    "Job",
    "JoinLink",
    "JoinRequest",
    "LawReview",
    "LearningPath",
    "LessonPage",
    "MailPreference",
    "Mailing",
    "Membership",
    "ModulePage",
    "MonitorGrant",
    "Municipality",
    "MunicipalitySettings",
    "NextVersion",
    "OutgoingMail",
    "PathModule",
    "Question",
    "QuestionImport",
    "QuestionStatistic",
    "QuestionVersion",
    "QuizDraw",
    "QuizPage",
    "QuizQuestion",
    "Refresher",
    "RefresherCard",
    "RefresherSubscription",
    "Remarking",
    "Reminder",
    "Requirement",
    "RequirementPerson",
    "RetentionNotice",
    "ScheduledRun",
    "ScimConnection",
    "ScimGroup",
    "ScimGroupMember",
    "ScimRoleOfGroup",
    "ScimToken",
    "ScimUser",
    "SettledAnswers",
    "SignOn",
    "SignOnDomain",
    "Snapshot",
    "StepProgress",
    "Topic",
    "Waiver",
    "Worker",
]
