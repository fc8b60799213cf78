"""Forms of the admin in which one chooses among things of one's own language alone."""

from typing import Any

from django.db.models import Q
from django.forms import ModelMultipleChoiceField
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import TranslatableMixin

from home.editing.deadline_form import DeadlineForm


class OneLanguage:
    """A Dutch page offers Dutch goals and articles; what was chosen before stays to be seen."""

    fields: dict[str, Any]
    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.locale_id is None:  # the preview of what was never saved
            return
        for name, field in self.fields.items():
            offered = field.queryset if isinstance(field, ModelMultipleChoiceField) else None
            if offered is None or not issubclass(offered.model, TranslatableMixin):
                continue
            chosen = [each.pk for each in getattr(self.instance, name).all()]
            field.queryset = offered.filter(Q(locale_id=self.instance.locale_id) | Q(pk__in=chosen))


class OneLanguagePageForm(OneLanguage, DeadlineForm):
    """Every page's form: of one language, and with the day by which the page is needed."""


class OneLanguageModelForm(OneLanguage, WagtailAdminModelForm):
    pass
