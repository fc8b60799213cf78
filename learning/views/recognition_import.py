"""`/gemeente/<slug>/erkenningen/inlezen/`: earlier training of many people from one list."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from learning import access_log, monitoring
from learning.import_forms import ACCEPTED
from learning.models import Municipality
from learning.recognition_import import carried, carried_rows, plan, record, why
from learning.rules.recognition_file import Row, read_recognitions
from learning.rules.sheets import LARGEST_FILE, FileFault, UnreadableError
from learning.views.monitoring import viewer_of
from learning.views.places import watched


class ListForm(forms.Form):
    """The list. It is read, and nothing more, until somebody decides."""

    file = forms.FileField(
        label=gettext_lazy("Your list"),
        help_text=gettext_lazy(
            "An Excel workbook (.xlsx) or CSV, at most 500 rows, with these words above the "
            "columns: e-mail, module, dag, bewijs."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "missing": gettext_lazy("Choose a file first."),
        },
    )

    def clean_file(self) -> list[Row]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            if (file.size or 0) > LARGEST_FILE:
                raise UnreadableError(FileFault.TOO_LARGE)
            return read_recognitions(file.read())
        except UnreadableError as error:
            raise forms.ValidationError(why(error)) from error


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def read_in(request: HttpRequest, place: Municipality) -> HttpResponse:
    """Choose a file, look at it row by row, record all of it or nothing."""
    if "rows" in request.POST:
        try:
            return look(request, place, carried_rows(request.POST["rows"]), decided=True)
        except BadSignature:
            messages.error(request, _("That was too long ago. Choose your file again."))
            return redirect("recognition_import", place.slug)
    form = ListForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    if form.is_bound and form.is_valid():
        return look(request, place, form.cleaned_data["file"], decided=False)
    return render(
        request,
        "learning/recognition_import.html",
        {"municipality": place, "form": form},
        status=422 if form.errors else 200,
    )


def look(
    request: HttpRequest, place: Municipality, rows: list[Row], *, decided: bool
) -> HttpResponse:
    """What each row would do; when it is decided and nothing is wrong, it is done."""
    members = monitoring.members_for(viewer_of(request), place)
    planned = plan(members, rows)
    wrong = sum(bool(each.wrong) for each in planned)
    if decided and not wrong:
        recorded = record(members, planned, by=viewer_of(request))
        messages.success(
            request,
            ngettext("%(rows)s recognition recorded.", "%(rows)s recognitions recorded.", recorded)
            % {"rows": recorded},
        )
        return redirect(place)
    access_log.record(viewer_of(request), place, access_log.What.IMPORT)
    context = {
        "municipality": place,
        "planned": planned,
        "wrong": wrong,
        "new": sum(not each.wrong and not each.is_known for each in planned),
        "rows": carried(rows),
    }
    return render(
        request, "learning/recognition_look.html", context, status=422 if decided else 200
    )
