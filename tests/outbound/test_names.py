"""A name is looked up once, and connected to where it was checked.

Public addresses are played by addresses on ``lo`` in a network of the test's own; a
listener on 127.0.0.1, port 80, counts who comes.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.absent import absent, program
from harness.cases import each

SCENES = Path(__file__).with_name("scenes.py")
NAMES = {
    "F79": "a_name_with_a_closed_address_is_refused_as_a_whole",
    "F80 A06": "a_name_that_turns_inward_is_not_followed",
    "F82": "a_kept_connection_is_used_only_for_the_place_it_was_made_for",
    "F74": "a_public_server_cannot_send_us_inside",
    "A06 once": "a_public_name_is_fetched_and_asked_for_once",
    "A06 planted": "a_planted_check_of_the_name_alone_is_caught",
}


@pytest.mark.parametrize("scene", each(NAMES))
def test_scene(scene):
    with_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    apart = [program("unshare"), "--net", *with_root]
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        absent("a network namespace")
    program("ip")
    played = subprocess.run(
        [*apart, sys.executable, str(SCENES), scene], capture_output=True, text=True, check=False
    )
    assert played.returncode == 0, played.stderr
