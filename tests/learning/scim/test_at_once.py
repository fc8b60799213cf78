"""The same request several times at the very same moment."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from accounts.models import User
from learning.models import Membership, ScimGroup, ScimUser
from tests.learning.scim.conftest import GROUP
from tests.other_processes import bring_back_from, open_to_others

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[3]


def send(database, system, path, body):
    arguments = [system.secret, f"/scim/v2/{path}", json.dumps(body), "4"]
    environment = {
        "DATABASE_URL": database,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    done = subprocess.run(  # noqa: S603  ourselves
        [sys.executable, "-m", "tests.learning.scim.worker", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_one_person_and_one_group_come_of_it(tmp_path, zwolle):
    database = open_to_others(tmp_path)
    group = {"schemas": [GROUP], "displayName": "Raad"}

    assert send(database, zwolle, "Users", zwolle.user_body("anna")) == [201, 409, 409, 409]
    assert send(database, zwolle, "Groups", group) == [201, 409, 409, 409]

    bring_back_from(tmp_path)
    assert User.objects.filter(email="anna@zwolle.example").count() == 1
    assert ScimUser.objects.count() == ScimGroup.objects.count() == 1
    assert Membership.objects.count() == 1
