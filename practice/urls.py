"""Addresses of handing in a case, and of following it."""

from django.urls import path

from practice.views import mine, writing

urlpatterns = [
    path("praktijk/insturen/", writing.begin, name="practice_begin"),
    path("mijn/praktijk/", mine.overview, name="practice_mine"),
    path("mijn/praktijk/<int:submission_id>/", mine.follow, name="practice_submission"),
    path("mijn/praktijk/<int:submission_id>/stap/<slug:step>/", writing.step, name="practice_step"),
    path("mijn/praktijk/<int:submission_id>/versturen/", writing.send, name="practice_send"),
    path("mijn/praktijk/<int:submission_id>/antwoorden/", mine.answer, name="practice_answer"),
    path("mijn/praktijk/<int:submission_id>/toestemming/", mine.consent, name="practice_consent"),
    path("mijn/praktijk/<int:submission_id>/intrekken/", mine.withdraw, name="practice_withdraw"),
]
