"""A process of its own, for tests: people finish a dilemma, and it prints how often one counted.

`python -m tests.learning.dilemma_worker DILEMMA PERSON,PERSON,… [dies]`, with DATABASE_URL. One
that dies does so when it has written everything, before it is committed.
"""

import os
import sys


def main(page_pk: str, people: str, *options: str) -> None:
    import django  # noqa: PLC0415  the environment comes first

    django.setup()
    from accounts.models import User  # noqa: PLC0415
    from learning import dilemmas  # noqa: PLC0415
    from learning.models import DilemmaPage  # noqa: PLC0415

    if "dies" in options:
        write = dilemmas.count

        def write_and_die(*args, **kwargs):
            write(*args, **kwargs)
            os._exit(9)

        dilemmas.count = write_and_die
    page = DilemmaPage.objects.get(pk=page_pk)
    scene = page.story.scenes[0]
    counted = 0
    for number, pk in enumerate(people.split(",")):
        path = ((scene.key, scene.choices[number % 2].key),)
        counted += dilemmas.finish_dilemma(User.objects.get(pk=pk), page, path)
    sys.stdout.write(str(counted))


if __name__ == "__main__":
    main(*sys.argv[1:])
