"""*Update the translations*, where only who may publish a translation publishes it.

wagtail-localize asks for the right to translate alone, and would put what an editor has just
begun on the site: in the words of the source, under the other language's address.
"""

from typing import Any

from django.forms import Form, HiddenInput
from wagtail.models import DraftStateMixin, Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.update_translations import UpdateTranslationsView

from accounts.models import User


def may_publish(user: User, source: TranslationSource) -> bool:
    """Whether somebody may publish every translation of it."""
    targets = [each.get_target_instance() for each in source.translations.filter(enabled=True)]
    return all(may_publish_one(user, target) for target in targets)


def may_publish_one(user: User, target: Any) -> bool:
    if isinstance(target, Page):
        return bool(target.permissions_for_user(user).can_publish())
    # What has no drafts is published by storing it.
    action = "publish" if isinstance(target, DraftStateMixin) else "change"
    opts = target._meta
    return user.has_perm(f"{opts.app_label}.{action}_{opts.model_name}")


class UpdateAsAllowed(UpdateTranslationsView):
    def get_form(self) -> Form:
        form: Form = super().get_form()
        user = self.request.user
        if not (isinstance(user, User) and may_publish(user, self.object)):
            field = form.fields["publish_translations"]
            # Whatever is sent for it counts as no.
            field.disabled = True
            field.widget = HiddenInput()
        return form
