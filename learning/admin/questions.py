"""The question bank in Wagtail's admin: its list, its forms and its chooser."""

from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import (
    CopyView,
    CreateView,
    EditView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from home.snippet_views import HouseSnippets
from learning.admin.question_archiving import MAY_ARCHIVE, archive_button
from learning.admin.question_comparison import QuestionCompareView
from learning.admin.question_filters import QuestionFilterSet
from learning.admin.question_list import COLUMNS, QuestionIndexView
from learning.archiving import use_of
from learning.models import Question, Topic


class RefusesBrokenForms:
    """Half a form is a bad request: Wagtail's blocks ask for parts that are not there."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc] # a view's
        except MultiValueDictKeyError:
            raise BadRequest("A part of the form was not sent.") from None


class QuestionCreateView(RefusesBrokenForms, CreateView):
    pass


class QuestionEditView(RefusesBrokenForms, EditView):
    @property
    def header_more_buttons(self) -> list[Any]:
        buttons = [*super().header_more_buttons]
        buttons.append(
            Button(
                _("Figures"),
                url=reverse("figures_of_question", args=[self.object.translation_key]),
                icon_name="table",
                priority=22,
            )
        )
        if self.request.user.has_perm(MAY_ARCHIVE):
            buttons.append(archive_button(self.object))
        if use_of([self.object.translation_key])[self.object.translation_key].is_used:
            remove = self.get_delete_url()
            buttons = [button for button in buttons if button.url != remove]
        return buttons


class QuestionCopyView(RefusesBrokenForms, CopyView):
    """A new question that begins as another stands: with the changes that are not published."""

    def get_object(self, queryset: Any = None) -> Question:
        found: Question = super().get_object(queryset).get_latest_revision_as_object()
        return found


class ChoosesCurrent:
    """What is archived is not taken into a quiz any more."""

    def get_object_list(self) -> QuerySet[Question]:
        return Question.objects.current()


class QuestionChooseView(ChoosesCurrent, ChooseView):
    pass


class QuestionChooseResultsView(ChoosesCurrent, ChooseResultsView):
    pass


class QuestionChooserViewSet(SnippetChooserViewSet):
    choose_view_class = QuestionChooseView
    choose_results_view_class = QuestionChooseResultsView


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = gettext_lazy("Questions")
    index_view_class = QuestionIndexView
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    copy_view_class = QuestionCopyView
    revisions_compare_view_class = QuestionCompareView
    chooser_viewset_class = QuestionChooserViewSet
    filterset_class = QuestionFilterSet
    list_display = COLUMNS
    list_per_page = 50


class TopicViewSet(HouseSnippets):
    model = Topic
    icon = "tag"
    menu_label = gettext_lazy("Topics")


class QuestionBankGroup(SnippetViewSetGroup):
    """The question bank: questions and the topics by which they are found."""

    items = (QuestionViewSet, TopicViewSet)
    menu_label = gettext_lazy("Question bank")
    menu_icon = "help"
    menu_order = 150


register_snippet(QuestionBankGroup)
