"""The demo's dilemmas, from learning/demo/d*.toml, and invented counts of how people chose."""

import random
from collections.abc import Iterator
from typing import Any, Final

from home.demo_blocks import Assets, stable_id
from home.demo_loader import publish_if_changed
from learning.dilemma_story import Path, Story
from learning.dilemmas import Pool, answer_from, pool_for
from learning.models import DilemmaPage, DilemmaTally, Membership, ModulePage, QuizPage, Topic
from learning.rules import spread as rules
from learning.rules.spread import Table

SEED: Final = 20260403


def item(kind: str, key: str, value: Any) -> dict[str, Any]:
    """A block or an item of a list, with an id that never changes between runs."""
    return {"type": kind, "id": str(stable_id("dilemma", key)), "value": value}


def choice_from(entry: dict[str, Any], key: str) -> dict[str, Any]:
    value = {
        "text": entry["text"],
        "name": entry["key"],
        "pro": entry["for"],
        "con": entry["against"],
        "binding": entry["binding"],
        "next": entry["next"],
    }
    return item("item", f"{key}-{entry['key']}", value)


def scene_from(entry: dict[str, Any], key: str, *, name: str) -> dict[str, Any]:
    value = {
        "name": name,
        "text": entry["scene"].strip(),
        "question": entry["question"],
        "choices": [choice_from(choice, f"{key}-{name}") for choice in entry["choices"]],
    }
    return item("scene", f"{key}-{name}", value)


def scenes_from(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """The beginning, and the scenes to which choices lead."""
    key = entry["key"]
    further = entry.get("scenes", [])
    return [
        scene_from(entry, key, name=""),
        *(scene_from(scene, key, name=scene["key"]) for scene in further),
    ]


def voices_from(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        item("voice", f"{entry['key']}-voice-{number}", dict(voice))
        for number, voice in enumerate(entry["voices"], start=1)
    ]


def load_dilemma(
    entry: dict[str, Any], module: ModulePage, assets: Assets, topics: dict[str, Topic]
) -> DilemmaPage:
    """A dilemma as a step: after the lessons, before the test."""
    key = stable_id("dilemma-page", entry["key"])
    page = DilemmaPage.objects.filter(translation_key=key, locale=module.locale).first()
    is_new = page is None
    page = page or DilemmaPage(slug=entry["slug"], translation_key=key, locale=module.locale)
    publish_if_changed(
        page,
        module,
        {
            "title": entry["title"],
            "minutes": entry["minutes"],
            "scenes": scenes_from(entry),
            "voices": voices_from(entry),
            "closing": entry["closing"].strip(),
            "law_articles": [assets.articles[law] for law in entry["law"]],
            "topics": [topics[topic] for topic in entry["topics"]],
        },
    )
    quiz = QuizPage.objects.child_of(module).first()
    if is_new and quiz is not None:
        # The demo was loaded before there were dilemmas.
        page.move(quiz, pos="left")
        page = DilemmaPage.objects.get(pk=page.pk)
    return page


def walks(story: Story, dice: random.Random) -> Iterator[tuple[Path, str]]:
    """Invented people, one after the other: the path of each, and what they think at the end."""
    # Each scene has choices that more people make than others.
    weights = {
        scene.key: [dice.uniform(1, 4) for _choice in scene.choices] for scene in story.scenes
    }
    while True:
        path: list[tuple[str, str]] = []
        scene = story.first
        while scene is not None:
            choice = dice.choices(scene.choices, weights[scene.key])[0]
            path.append((scene.key, choice.key))
            scene = story.named(choice.next)
        choices = story.scenes[0].choices
        changes = dice.random() < 0.2
        yield tuple(path), dice.choice(choices).key if changes else path[0][1]


def load_counts() -> int:
    """Invented answers to each dilemma that has none. Returns how many were counted."""
    dice = random.Random(SEED)  # noqa: S311  no secret
    invented = Membership.objects.current().filter(
        person__email__regex=r"^(persoon|elders)\d+@voorbeeld\.example$"
    )
    members = list(invented.select_related("municipality__successor").order_by("pk"))
    counted = 0
    for page in DilemmaPage.objects.filter(locale__language_code="nl").order_by("path"):
        if DilemmaTally.objects.filter(dilemma_key=page.translation_key).exists():
            continue
        counted += load_counts_of(page, members, dice)
    return counted


def load_counts_of(page: DilemmaPage, members: list[Membership], dice: random.Random) -> int:
    """Let about half of the invented people have done a dilemma, in an order of chance."""
    tables: dict[Pool, dict[str, Table]] = {}

    def tally(pool: Pool) -> dict[str, Table]:
        return tables.setdefault(pool, {"waiting": {}, "held": {}, "shown": {}})

    of_all = tally((DilemmaTally.Scope.ALL, ""))
    story = page.story
    people = dice.sample(members, len(members) // 2)
    for membership, (path, afterwards) in zip(people, walks(story, dice), strict=False):
        answer = answer_from(story, path, afterwards)
        if answer is None:
            continue
        pool = tally(pool_for(membership, dice))
        pool["waiting"], block = rules.count(pool["waiting"], answer, coin=dice.random() < 0.5)
        if block is not None:
            pool["shown"] = rules.added(pool["shown"], {answer.scene: block[answer.scene]})
            of_all["shown"], of_all["held"] = rules.show(
                of_all["shown"], of_all["held"], block, answer.scene
            )
    scene = story.scenes[0].key
    DilemmaTally.objects.bulk_create(
        DilemmaTally(
            dilemma_key=page.translation_key, scene=scene, scope=scope, value=value, **counts
        )
        for (scope, value), counts in tables.items()
    )
    return len(people)
