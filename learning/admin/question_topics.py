"""Topics of many questions at once: choose, look at what it would do, do it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.models import Locale
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from learning.models import Question, Topic
from learning.topic_changes import change_topics, effects


def topics() -> QuerySet[Topic]:
    """Each topic once, in the site's first language; a question gets it in its own."""
    return Topic.objects.filter(locale=Locale.get_default())


class TopicsForm(forms.Form):
    """Which topics come and which go."""

    add = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Topics that they get"),
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    remove = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Topics that they lose"),
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("add", "remove"):
            self.fields[name].queryset = topics()  # type: ignore[attr-defined] # that is what they are

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        add, remove = set(data.get("add") or ()), set(data.get("remove") or ())
        if not self.errors and not add and not remove:
            raise forms.ValidationError(_("Choose at least one topic."))
        if add & remove:
            names = ", ".join(sorted(str(topic) for topic in add & remove))
            raise forms.ValidationError(
                _("Choose for each topic whether it comes or goes. You chose both for: %(names)s.")
                % {"names": names}
            )
        return data


class TopicsBulkAction(SnippetBulkAction):
    display_name = gettext_lazy("Change topics")
    action_type = "topics"
    aria_label = gettext_lazy("Change the topics of the selected questions")
    template_name = "learning/admin/question_topics.html"
    action_priority = 10
    form_class = TopicsForm
    models = [Question]

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        """What is archived is out of sight in the list, so "all" does not mean that."""
        return Question.objects.current().values_list("pk", flat=True)

    def check_perm(self, question: Question) -> bool:
        return bool(self.request.user.has_perm("learning.change_question"))

    def head(self, request: HttpRequest) -> HttpResponseBase:
        """As GET: Wagtail makes this view in a way in which Django does not add it."""
        return self.get(request)

    @property
    def publishes(self) -> bool:
        return bool(self.request.user.has_perm("learning.publish_question"))

    def prepare_action(
        self, objects: list[Question], objects_without_access: Any
    ) -> HttpResponse | None:
        """Before anything is done, what it would do."""
        if "confirmed" in self.request.POST:
            return None
        chosen = self.cleaned_form.cleaned_data
        found = effects(objects, add=chosen["add"], remove=chosen["remove"], by=self.request.user)
        context = self.get_context_data(form=self.cleaned_form) | {
            "add": chosen["add"],
            "remove": chosen["remove"],
            "changing": [each for each in found if each.changes],
            "locked": [each for each in found if each.is_locked],
            "same": len([each for each in found if not each.changes and not each.is_locked]),
            "drafts": len([each for each in found if each.becomes_draft and not self.publishes]),
        }
        return TemplateResponse(self.request, "learning/admin/question_topics_effect.html", context)

    def get_execution_context(self) -> dict[str, Any]:
        chosen = self.cleaned_form.cleaned_data
        return {
            "add": chosen["add"],
            "remove": chosen["remove"],
            "by": self.request.user,
            "publishes": self.publishes,
        }

    @classmethod
    def execute_action(cls, objects: list[Question], **options: Any) -> tuple[int, int]:
        return change_topics(objects, **options), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "The topics of %(count)d question are changed.",
            "The topics of %(count)d questions are changed.",
            num_parent_objects,
        ) % {"count": num_parent_objects}


hooks.register("register_bulk_action", TopicsBulkAction)
