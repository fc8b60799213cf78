"""Builders: each makes what it needs around it, so that a test says only what it is about."""

import itertools
import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page

from accounts.models import User
from home.models import HomePage, LawArticle, NewsIndexPage, NewsPage, Theme, VisionGoal
from learning.completions import subject_of, write_completion
from learning.memberships import join
from learning.models import (
    CataloguePage,
    Completion,
    DilemmaPage,
    LearningPath,
    LessonPage,
    Membership,
    ModulePage,
    MonitorGrant,
    Municipality,
    PathModule,
    Question,
    QuizPage,
    QuizQuestion,
    Requirement,
)
from learning.requirements import follow_module, save_requirement
from learning.roles import Role
from meetings.models import MeetingIndexPage, MeetingPage

_numbers = itertools.count(1)

PASSWORD = "een-lang-wachtwoord-1"


def locale(code: str = "nl") -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def make_user(email: str = "", *, password: str = PASSWORD, **fields: Any) -> User:
    number = next(_numbers)
    fields.setdefault("name", f"Persoon {number}")
    return User.objects.create_user(
        email or f"persoon{number}@voorbeeld.example", password, **fields
    )


def make_municipality(name: str = "", **fields: Any) -> Municipality:
    number = next(_numbers)
    name = name or f"Voorbeeldstad {number}"
    defaults = {
        # No code of CBS begins so: the real ones may be there too.
        "code": f"V{number:05}",
        "name": name,
        "display_name": name,
        "slug": name.lower().replace(" ", "-"),
        "province": Municipality.Province.UTRECHT,
        "inhabitants": 50_000,
        "council_seats": 33,
        "latitude": 52.0,
        "longitude": 5.0,
        "tile_col": number % 1000,
        "tile_row": 1000 + number // 1000,
    }
    return Municipality.objects.create(**(defaults | fields))


def make_member(
    municipality: Municipality | None = None,
    role: Role = Role.COUNCIL_MEMBER,
    *,
    starts_on: date = date(2026, 4, 1),
    **fields: Any,
) -> Membership:
    return join(make_user(**fields), municipality or make_municipality(), role, starts_on=starts_on)


def make_monitor(municipality: Municipality | None = None, **fields: Any) -> User:
    """A monitor of a municipality; of the nation when none is given."""
    user = make_user(**fields)
    MonitorGrant.objects.create(
        person=user,
        scope=MonitorGrant.Scope.MUNICIPALITY if municipality else MonitorGrant.Scope.NATION,
        municipality=municipality,
    )
    return user


def make_home(code: str = "nl") -> HomePage:
    """The home page of a language; Wagtail's default site points at the Dutch one."""
    from wagtail.models import Site  # noqa: PLC0415  only here

    existing = HomePage.objects.filter(locale=locale(code)).first()
    if existing is not None:
        return existing
    if code != "nl":
        copy = make_home().copy_for_translation(locale(code))
        copy.save_revision().publish()
        return copy
    # A test that others look into from outside leaves an empty database behind.
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(title="Root", locale=locale())
    for page in Page.objects.get(depth=1).get_children():
        page.delete()
    root = Page.objects.get(depth=1)
    home = root.add_child(
        instance=HomePage(
            title="Raadsleden & Veiligheid",
            slug="home",
            locale=locale(),
            hero_title="Blijf overeind",
            hero_text="Leer in korte modules.",
        )
    )
    Site.objects.all().delete()
    Site.objects.create(
        hostname="localhost", root_page=home, is_default_site=True, site_name="Raadsleden"
    )
    return home


def make_news_index(code: str = "nl") -> NewsIndexPage:
    existing = NewsIndexPage.objects.filter(locale=locale(code)).first()
    if existing is not None:
        return existing
    if code != "nl":
        make_home(code)
        copy = make_news_index().copy_for_translation(locale(code))
        copy.save_revision().publish()
        return copy
    return make_home().add_child(
        instance=NewsIndexPage(title="Nieuws", slug="nieuws", locale=locale())
    )


def make_news(
    title: str = "",
    day: date = date(2026, 11, 2),
    *,
    code: str = "nl",
    themes: Iterable[Theme] = (),
    goals: Iterable[VisionGoal] = (),
    publish: bool = True,
    **fields: Any,
) -> NewsPage:
    number = next(_numbers)
    defaults = {
        "title": title or f"Bericht {number}",
        "slug": f"bericht-{number}",
        "date": day,
        "introduction": "Kort.",
        "body": [("text", "<p>Lang.</p>")],
        "locale": locale(code),
        "live": publish,
    }
    page = make_news_index(code).add_child(instance=NewsPage(**(defaults | fields)))
    page.themes, page.goals = list(themes), list(goals)
    if publish:
        page.save_revision().publish()
    else:
        page.save()
    return page


def translated_news(page: NewsPage, title: str, code: str = "en") -> NewsPage:
    make_news_index(code)
    copy = page.copy_for_translation(locale(code))
    copy.title = title
    copy.save_revision().publish()
    return copy


def make_catalogue() -> CataloguePage:
    existing = CataloguePage.objects.filter(locale=locale()).first()
    if existing is not None:
        return existing
    return make_home().add_child(
        instance=CataloguePage(title="Leren", slug="leren", locale=locale(), show_in_menus=True)
    )


def make_module(slug: str = "", **fields: Any) -> ModulePage:
    number = next(_numbers)
    defaults = {
        "title": f"Module {number}",
        "slug": slug or f"module-{number}",
        "summary": "Waar het over gaat.",
        "goal": "Na deze module weet u meer.",
        "minutes": 20,
        "number": number,
        "roles": [Role.COUNCIL_MEMBER.value],
        "locale": locale(),
        "first_published_at": datetime(2026, 4, 1, 9, tzinfo=UTC),
    }
    module = make_catalogue().add_child(instance=ModulePage(**(defaults | fields)))
    follow_module(module)
    return module


def make_requirement(
    module: ModulePage | None = None, municipality: Municipality | None = None, **fields: Any
) -> Requirement:
    """A requirement for a module. A national one takes the place of what the module brought."""
    module = module or make_module()
    if municipality is None:
        Requirement.objects.filter(subject_key=module.translation_key, follows_module=True).delete()
    defaults = {
        "subject_key": module.translation_key,
        "subject_title": module.title,
        "roles": module.roles,
        "position": module.number,
        "starts_on": date(2026, 4, 1),
        "municipality": municipality,
    }
    return save_requirement(Requirement(**(defaults | fields)), by=None)


def finish(person: User, module: ModulePage, **options: Any) -> Completion:
    """Somebody has finished a module, today or on another day."""
    return write_completion(person, subject_of(module), **options)


def make_path(modules: list[ModulePage], **fields: Any) -> LearningPath:
    number = next(_numbers)
    defaults = {
        "title": f"Leerlijn {number}",
        "slug": f"leerlijn-{number}",
        "summary": "Modules in een volgorde.",
        "roles": [Role.COUNCIL_MEMBER.value],
        "locale": locale(),
    }
    path = LearningPath(**(defaults | fields))
    path.path_modules = [
        PathModule(module=module, sort_order=order) for order, module in enumerate(modules)
    ]
    return make_catalogue().add_child(instance=path)


def make_lesson(module: ModulePage | None = None, **fields: Any) -> LessonPage:
    number = next(_numbers)
    module = module or make_module()
    defaults = {
        "title": f"Les {number}",
        "slug": f"les-{number}",
        "body": [("text", "<p>Een tekst.</p>")],
        "source": "Gemeentewet, artikel 14",
        "checked_on": date(2026, 11, 1),
        "locale": module.locale,
    }
    return module.add_child(instance=LessonPage(**(defaults | fields)))


def choice_answers(
    kind: str = "single_choice", correct: tuple[int, ...] = (0,), total: int = 3
) -> list[dict[str, Any]]:
    """StreamField data of a choice question with `total` options."""
    return [
        {
            "type": kind,
            "id": str(uuid.uuid4()),
            "value": {
                "options": [
                    {
                        "type": "item",
                        "id": str(uuid.uuid4()),
                        "value": {
                            "text": f"Antwoord {n + 1}",
                            "correct": n in correct,
                            "feedback": f"Uitleg bij {n + 1}.",
                        },
                    }
                    for n in range(total)
                ]
            },
        }
    ]


def true_false_answers(answer: str = "true") -> list[dict[str, Any]]:
    return [
        {
            "type": "true_false",
            "id": str(uuid.uuid4()),
            "value": {"answer": answer, "feedback_true": "Ja.", "feedback_false": "Nee."},
        }
    ]


def listed(values: list[Any]) -> list[dict[str, Any]]:
    """StreamField data of a list within a block."""
    return [{"type": "item", "id": str(uuid.uuid4()), "value": value} for value in values]


# What a question of each kind may look like, in the values of its block.
ANSWERS: dict[str, Callable[[], dict[str, Any]]] = {
    "single_choice": lambda: choice_answers()[0]["value"],
    "multiple_response": lambda: choice_answers("multiple_response", (0, 1), 4)[0]["value"],
    "true_false": lambda: true_false_answers()[0]["value"],
    "matching": lambda: {
        "pairs": listed(
            [
                {"left": "Gemeentewet 14", "right": "De eed", "feedback": "Eerst de eed."},
                {"left": "Gemeentewet 27", "right": "Zonder last", "feedback": ""},
                {"left": "Gemeentewet 15", "right": "Verboden", "feedback": ""},
            ]
        ),
        "decoys": listed(["De begroting"]),
    },
    "ordering": lambda: {"items": listed([{"text": text} for text in ("Een", "Twee", "Drie")])},
    "fill_in": lambda: {"accepted": listed(["gedragscode", "de code"]), "typo_allowed": True},
    "number": lambda: {"value": "45", "tolerance": "1", "unit": "procent"},
    "choose_in_text": lambda: {"text": "De [raad|griffier] stelt de [code|begroting|agenda] vast."},
    "mark_sentences": lambda: {
        "sentences": listed(
            [
                {
                    "text": "Hij betaalt alles met geld in een tas.",
                    "correct": True,
                    "feedback": "Let op.",
                },
                {"text": "Hij woont in de buurt.", "correct": False, "feedback": ""},
                {"text": "Er komt nooit een klant.", "correct": True, "feedback": ""},
            ]
        )
    },
    "reflection": lambda: {"example": "Ik vraag eerst mijn griffier."},
}


def answers_of(kind: str) -> list[dict[str, Any]]:
    """StreamField data of a question of any kind."""
    return [{"type": kind, "id": str(uuid.uuid4()), "value": ANSWERS[kind]()}]


def make_question(answers: list[dict[str, Any]] | None = None, **fields: Any) -> Question:
    question = Question(
        stem=fields.pop("stem", f"<p>Vraag {next(_numbers)}?</p>"),
        feedback="<p>Zo staat het in de wet.</p>",
        locale=fields.pop("locale", locale()),
        **fields,
    )
    question.answers = question.answers.stream_block.to_python(answers or choice_answers())
    question.save()
    question.save_revision().publish()
    return question


def make_law_article(**fields: Any) -> LawArticle:
    defaults = {
        "law": "Gemeentewet",
        "number": "14",
        "title": "Eed of belofte",
        "summary": "U begint na de eed.",
        "checked_on": date(2026, 11, 1),
        "locale": locale(),
    }
    return LawArticle.objects.create(**(defaults | fields))


def make_quiz(
    module: ModulePage | None = None, questions: list[Question] | None = None, **fields: Any
) -> QuizPage:
    number = next(_numbers)
    module = module or make_module()
    defaults = {
        "title": f"Toets {number}",
        "slug": f"toets-{number}",
        "pass_mark": 70,
        "locale": module.locale,
    }
    quiz = QuizPage(**(defaults | fields))
    if questions is None:
        questions = [
            make_question(),
            make_question(choice_answers("multiple_response", correct=(0, 1), total=4)),
            make_question(true_false_answers()),
        ]
    quiz.quiz_questions = [
        QuizQuestion(question=question, sort_order=order)
        for order, question in enumerate(questions)
    ]
    return module.add_child(instance=quiz)


def scene(
    name: str, choices: list[tuple[str, str]], *, key: str = "", text: str = ""
) -> dict[str, Any]:
    """StreamField data of a scene; each choice is its name and the scene that it leads to."""
    key = key or name or "begin"
    return {
        "type": "scene",
        "id": key,
        "value": {
            "name": name,
            "text": text or f"<p>Wat er gebeurt in {key}.</p>",
            "question": f"Wat doet u in {key}?",
            "choices": [
                {
                    "type": "item",
                    "id": f"{key}-{choice}",
                    "value": {
                        "text": f"U kiest {choice}.",
                        "name": choice,
                        "pro": f"<p>Voor {choice}.</p>",
                        "con": f"<p>Tegen {choice}.</p>",
                        "binding": f"<p>Wat bindt bij {choice}.</p>",
                        "next": leads_to,
                    },
                }
                for choice, leads_to in choices
            ],
        },
    }


def branching_scenes() -> list[dict[str, Any]]:
    """A beginning with three choices, of which one leads to a second scene."""
    return [
        scene("", [("zwijgen", ""), ("melden", "later"), ("vragen", "")]),
        scene("later", [("volhouden", ""), ("toegeven", "")]),
    ]


def make_dilemma(
    module: ModulePage | None = None, scenes: list[dict[str, Any]] | None = None, **fields: Any
) -> DilemmaPage:
    number = next(_numbers)
    module = module or make_module()
    articles = fields.pop("law_articles", [])
    defaults = {
        "title": f"Dilemma {number}",
        "slug": f"dilemma-{number}",
        "closing": "<p>Wat u meeneemt.</p>",
        "locale": module.locale,
    }
    page = DilemmaPage(**(defaults | fields))
    page.scenes = page.scenes.stream_block.to_python(scenes or branching_scenes())
    if not page.voices:
        voice = {"who": "griffier", "text": "Ik denk mee.", "choice": "melden"}
        data = [{"type": "voice", "id": str(uuid.uuid4()), "value": voice}]
        page.voices = page.voices.stream_block.to_python(data if scenes is None else [])
    page.law_articles = articles
    return module.add_child(instance=page)


def make_meeting_index() -> MeetingIndexPage:
    existing = MeetingIndexPage.objects.filter(locale=locale()).first()
    if existing is not None:
        return existing
    return make_home().add_child(
        instance=MeetingIndexPage(title="Bijeenkomsten", slug="bijeenkomsten", locale=locale())
    )


def make_meeting(*, in_days: float = 10, minutes: int = 120, **fields: Any) -> MeetingPage:
    """A meeting so many days from now, published as an editor does."""
    number = next(_numbers)
    starts = fields.pop("starts_at", timezone.now() + timedelta(days=in_days))
    defaults = {
        "title": f"Bijeenkomst {number}",
        "slug": f"bijeenkomst-{number}",
        "introduction": "Waar het over gaat.",
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=minutes),
        "place": "Markt 1, Voorbeeldstad",
        "locale": locale(),
    }
    page = make_meeting_index().add_child(instance=MeetingPage(**(defaults | fields)))
    page.save_revision().publish()
    return page
