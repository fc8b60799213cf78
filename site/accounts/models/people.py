"""The person who signs in: an e-mail address, a name, a language. Nothing else (DESIGN §4.8)."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.languages import language_choices


class UserManager(BaseUserManager["User"]):
    """Makes people; an address is stored in lower case, so that it is one person however typed."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store a person. Raises ValueError without an address."""
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store an administrator (`manage.py createsuperuser`)."""
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What they learn and where they serve hangs on `learning`, not here."""

    class Language(models.TextChoices):
        DUTCH = "nl", _("Dutch")
        ENGLISH = "en", _("English")

    class ExtraTime(models.IntegerChoices):
        """In percent of the time that a quiz gives."""

        NONE = 0, _("no extra time")
        QUARTER = 25, _("a quarter more")
        HALF = 50, _("half as much again")
        DOUBLE = 100, _("twice as much")

    class TextSize(models.TextChoices):
        NORMAL = "normal", _("as usual")
        LARGE = "large", _("large")
        LARGEST = "largest", _("largest")

    class Contrast(models.TextChoices):
        DEVICE = "device", _("as your device is set")
        HIGH = "high", _("high contrast")

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(
        _("language"), max_length=5, choices=language_choices, default=Language.DUTCH
    )
    # Their own word is enough, and why is nobody's business.
    extra_time = models.PositiveSmallIntegerField(
        _("extra time in quizzes with a time limit"), choices=ExtraTime, default=ExtraTime.NONE
    )
    # How the pages look to them (base.html), on every device.
    text_size = models.CharField(
        _("size of the text"), max_length=10, choices=TextSize, default=TextSize.NORMAL
    )
    contrast = models.CharField(
        _("contrast"), max_length=10, choices=Contrast, default=Contrast.DEVICE
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Switch off rather than delete: what this person learned is kept."),
    )
    is_staff = models.BooleanField(_("staff"), default=False, editable=False)
    # By this the audit log names a person; erasing somebody gives them another.
    audit_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # While somebody's account waits to be erased (learning/erasing.py): stands here so that every
    # page can say so without a question to the database.
    erase_after = models.DateTimeField(_("to be erased on"), null=True, editable=False)
    # Whoever said *not now* is not offered a passkey again.
    passkey_was_offered = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [
            # One address is one person, also when it is typed with capitals.
            models.UniqueConstraint(Lower("email"), name="one_person_per_email"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ", 1)[0]


def display_name(user: User) -> str:
    """How allauth calls a person on its pages."""
    return str(user)
