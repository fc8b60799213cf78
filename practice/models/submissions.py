"""Cases that people hand in: drafts of their own, and how they stand with the editors."""

from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practice.models.cases import CasePage
from practice.rules.standing import Standing, standing_of

# What is stored of one field; a form asks for less.
MOST: Final = 20_000


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, viewer: Any) -> Self:
        """One's own, and to nobody anybody else's: editors read by `handed_in`."""
        if isinstance(viewer, AnonymousUser) or viewer is None:
            return self.none()
        return self.filter(sender=viewer)

    def handed_in(self) -> Self:
        """What editors may see: never a draft, nor what was withdrawn before it was published."""
        return self.exclude(state__in=(Submission.State.DRAFT, Submission.State.WITHDRAWN))

    def waiting_for_editors(self) -> Self:
        """With something for editors to do: to decide, or to take off the site."""
        return self.filter(
            Q(state__in=Submission.OPEN) | Q(state=Submission.State.PUBLISHED, may_publish=False)
        )

    def with_standing(self) -> Self:
        """Each with whether a question waits for its sender."""
        waiting = SubmissionQuestion.objects.filter(submission=OuterRef("pk"), answered_at=None)
        return self.annotate(is_asked=Exists(waiting))

    def newest_first(self) -> Self:
        return self.order_by("-updated_at", "-pk")


class Submission(models.Model):
    """A case that somebody writes, hands in and follows.

    The link between `sender` and `page` is what must not be known: no page, revision, log or
    mail of the editors holds it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SENT = "sent", _("sent to the editors")
        IN_HAND = "in_hand", _("being looked at")
        PUBLISHED = "published", _("published")
        DECLINED = "declined", _("not published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        TAKEN_DOWN = "taken_down", _("taken off the site")

    # With the editors, who can still decide anything.
    OPEN: Final = (State.SENT, State.IN_HAND)
    TEXTS: Final = ("title", "happened", "done", "outcome", "learned", "questions")

    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sender"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    page = models.OneToOneField(
        CasePage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)

    title = models.TextField(_("title"), blank=True)
    happened = models.TextField(_("what happened"), blank=True)
    done = models.TextField(_("what was done"), blank=True)
    outcome = models.TextField(_("what came of it"), blank=True)
    learned = models.TextField(_("what was learned"), blank=True)
    questions = models.TextField(_("questions to discuss"), blank=True)
    kind = models.CharField(_("how it went"), max_length=10, blank=True, choices=CasePage.Kind)
    # Slugs, which are the same in every language.
    themes = models.JSONField(_("themes"), default=list, blank=True)
    lessons = models.JSONField(_("lessons"), default=list, blank=True)
    roles = models.JSONField(_("whom it concerns"), default=list, blank=True)
    looked_through = models.BooleanField(_("looked through"), default=False)

    may_publish = models.BooleanField(_("may be published"), default=False)
    may_name_municipality = models.BooleanField(_("municipality may be named"), default=False)
    municipality_name = models.CharField(_("municipality"), max_length=80, blank=True)
    may_ask = models.BooleanField(_("may be asked questions"), default=True)
    shows_name = models.BooleanField(_("editors may know my name"), default=False)
    # Whether the step about consent was answered, since its answers may all be no.
    consent_answered = models.BooleanField(default=False)

    started_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now)
    sent_at = models.DateTimeField(_("handed in on"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    reason = models.TextField(_("why not"), blank=True, max_length=2000)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("case handed in")
        verbose_name_plural = _("cases handed in")
        default_permissions = ()
        permissions: ClassVar = [("handle_submission", _("Can handle cases that were handed in"))]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "draft",
                        "sent",
                        "in_hand",
                        "published",
                        "declined",
                        "withdrawn",
                        "taken_down",
                    ]
                ),
                name="submission_has_a_known_state",
            ),
            # A draft is nobody's but its writer's.
            models.CheckConstraint(
                condition=~Q(state="draft") | Q(sent_at=None, page=None),
                name="draft_was_not_sent",
            ),
            # Nobody is told no without being told why.
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="declined_for_a_reason"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "updated_at"], name="submission_by_state"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Case without a title"))

    def get_absolute_url(self) -> str:
        return reverse("practice_submission", args=[self.pk])

    @property
    def standing(self) -> Standing:
        """How it stands for its sender; asks the database when `with_standing` did not."""
        is_asked = getattr(self, "is_asked", None)
        if is_asked is None:
            is_asked = self.asked.filter(answered_at=None).exists()
        return standing_of(self.state, is_asked=is_asked, may_publish=self.may_publish)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class SubmissionQuestion(models.Model):
    """What an editor asks whoever handed a case in, and what they answer."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="asked")
    text = models.TextField(_("question"), max_length=2000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answer = models.TextField(_("answer"), blank=True, max_length=5000)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("question about a case")
        verbose_name_plural = _("questions about cases")
        default_permissions = ()
        ordering: ClassVar = ["asked_at", "pk"]
        constraints: ClassVar = [
            # One at a time: a sender who answers knows what they answer.
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(answered_at=None),
                name="one_open_question_per_submission",
            ),
        ]

    def __str__(self) -> str:
        return str(self.asked_at.date())
