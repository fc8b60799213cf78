"""Forms of the admin in which one chooses among things of one's own language alone."""

from typing import Any

from django.db.models import Q
from django.forms import ModelMultipleChoiceField
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.models import TranslatableMixin


class OneLanguage:
    """A Dutch page offers Dutch goals and articles; what was chosen before stays to be seen."""

    fields: dict[str, Any]
    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if not isinstance(field, ModelMultipleChoiceField):
                continue
            if issubclass(field.queryset.model, TranslatableMixin) and self.instance.locale_id:
                chosen = [each.pk for each in self.initial_of(name)]
                field.queryset = field.queryset.filter(
                    Q(locale_id=self.instance.locale_id) | Q(pk__in=chosen)
                )

    def initial_of(self, name: str) -> list[Any]:
        """What is chosen now, for a field of the model."""
        return list(getattr(self.instance, name).all()) if hasattr(self.instance, name) else []


class OneLanguagePageForm(OneLanguage, WagtailAdminPageForm):
    pass


class OneLanguageModelForm(OneLanguage, WagtailAdminModelForm):
    pass
