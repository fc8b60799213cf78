"""Which pages are judged, and what is read from a report."""

import pytest

from tools.figures import CATEGORIES, check_markup, first_like, lighthouse, verdict_of
from tools.say import Problem

PATHS = ["/", "/nieuws/", "/nieuws/2026/", "/nieuws/een-bericht/", "/nieuws/nog-een/"]


def test_the_first_page_of_a_kind_is_judged_and_not_the_archive_of_a_year():
    assert first_like("/nieuws/*/", PATHS) == "/nieuws/een-bericht/"
    assert first_like("/zoeken/?q=eed", PATHS) == "/zoeken/?q=eed"


def test_a_kind_without_a_page_is_a_problem():
    with pytest.raises(Problem):
        first_like("/praktijk/*/", PATHS)


def test_only_what_costs_points_is_told():
    report = {
        "categories": {
            name: {"score": 0.995, "auditRefs": [{"id": "counted", "weight": 1}]}
            for name in CATEGORIES
        },
        "audits": {
            "counted": {"title": "Contrast", "score": 0.5},
            "not counted": {"title": "Advice", "score": 0},
            "network-requests": {
                "score": None,
                "details": {"items": [{"transferSize": 1500}, {"transferSize": 500}]},
            },
        },
    }
    report["categories"]["seo"]["auditRefs"].append({"id": "not counted", "weight": 0})
    verdict = verdict_of(report)
    assert verdict.faults == ["Contrast (0.5)"]
    assert (verdict.kilobytes, verdict.requests) == (2.0, 2)
    assert set(verdict.scores.values()) == {100}


def test_a_page_that_was_not_painted_is_judged_once_more(monkeypatch):
    def report(score):
        return {
            "categories": {name: {"score": score, "auditRefs": []} for name in CATEGORIES},
            "audits": {"network-requests": {"score": None, "details": {"items": []}}},
            "runtimeError": {"message": "nothing was painted"},
        }

    reports = [report(1), report(None)]
    monkeypatch.setattr("tools.figures.reported", lambda *_arguments: reports.pop())
    assert set(lighthouse("http://127.0.0.1/", "", {}).scores.values()) == {100}
    reports += [report(1), report(None), report(None)]
    with pytest.raises(Problem, match="nothing was painted"):
        lighthouse("http://127.0.0.1/", "", {})
    # Not a third time.
    assert len(reports) == 1


def test_without_java_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(Problem, match="Java"):
        check_markup([("/", "<!doctype html>")])
