"""The desk until it is built: a login, an honest home, roles."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Page

from wireroom.config.commands.user import ROLES as NAMED
from wireroom.desk.home import COMMANDS
from wireroom.desk.roles import ROLES, make_roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(params=ROLES)
def person(request, client):
    """Somebody in each role, signed in."""
    make_roles()
    user = get_user_model().objects.create_user(
        username="asha", password="correct horse", is_superuser=request.param == "admin"
    )
    user.groups.add(Group.objects.get(name=request.param))
    client.force_login(user)
    return user


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/desk").headers["Location"] == "/desk/"
    answer = client.get("/desk/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/desk/login/?next=/desk/"
    assert "Sign in to the desk" in client.get("/desk/login/").content.decode()


def test_a_person_signs_in_with_name_and_password(client, person):
    client.logout()
    given = {"username": "asha", "password": "wrong", "next": "/desk/"}
    assert client.post("/desk/login/", given).status_code == 200
    answer = client.post("/desk/login/", given | {"password": "correct horse"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")


def test_somebody_without_a_role_stays_outside(client):
    client.force_login(get_user_model().objects.create_user(username="ravi", password="x"))
    assert client.get("/desk/").headers["Location"].startswith("/desk/login/")


def test_the_home_says_what_is_not_there_and_what_works(client, person):
    answer = client.get("/desk/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "not built yet" in page
    assert all(command in page for command, _ in COMMANDS)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["", "login/", "account/", "users/", "groups/"])
def test_each_page_bears_the_houses_name(client, django_user_model, settings, path):
    settings.WAGTAIL_SITE_NAME = "Harbour News"
    if path != "login/":
        client.force_login(django_user_model.objects.create_superuser("asha"))
    [title] = re.findall(r"<title>(.*?)</title>", client.get(f"/desk/{path}").text, re.DOTALL)
    assert title.strip().endswith(" - Harbour News")


def test_the_home_asks_no_other_server(client, person):
    page = client.get("/desk/").content.decode()
    assert "releases.wagtail" not in page
    assert "gravatar" not in page


def test_the_menu_leads_to_no_empty_room(client, person):
    page = client.get("/desk/").content.decode()
    assert '"name": "explorer"' not in page
    assert '"name": "images"' not in page


def test_each_door_in_an_admins_frame_opens(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("asha"))
    page = client.get("/desk/").content.decode()
    doors = set(re.findall(r'"(?:url|action)": "(/desk/[^"]*)"', page)) - {"/desk/logout/"}
    assert "/desk/users/" in doors
    assert {door for door in doors if client.get(door).status_code != 200} == set()


@pytest.mark.parametrize("path", ["stories/", "stories", "stories/1/kill", "feeds?x=1", "login/x"])
def test_an_address_that_does_not_exist_yet_is_not_found(client, person, path):
    assert client.get(f"/desk/{path}").status_code == 404


@pytest.mark.parametrize("path", ["account/", "users/", "groups/", "password_reset/", "jsi18n/"])
def test_no_room_that_is_open_crashes(client, person, path):
    assert client.get(f"/desk/{path}").status_code in {200, 302, 404}


@pytest.mark.parametrize("path", ["account/", "users/", "groups/", "users/new/"])
def test_an_admin_looks_after_people(client, django_user_model, path):
    client.force_login(django_user_model.objects.create_superuser("asha"))
    assert client.get(f"/desk/{path}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "pages/", "pages/1/", "pages/1/edit/", "images/", "documents/", "documents/1/", "sites/",
        "reports/locked/", "reports/site-history/", "workflows/list/", "collections/",
        "snippets/", "api/main/pages/", "choose-page/", "bulk/wagtailcore/page/delete/",
    ],
)  # fmt: skip
def test_wagtails_empty_rooms_are_not_found_whatever_is_in_them(client, django_user_model, path):
    get_document_model().objects.create(title="A letter", file=ContentFile(b"x", "letter.txt"))
    assert Page.objects.filter(title__startswith="Welcome to your new").exists()
    client.force_login(django_user_model.objects.create_superuser("asha"))
    assert client.get(f"/desk/{path}").status_code == 404


def test_strangers_are_not_told_which_rooms_there_are(client):
    for path in ("pages/", "users/", "nowhere/"):
        assert client.get(f"/desk/{path}").headers["Location"].startswith("/desk/login/")


def test_roles_are_made_once_and_named_alike():
    make_roles()
    make_roles()
    assert set(Group.objects.filter(name__in=ROLES).values_list("name", flat=True)) == set(ROLES)
    assert NAMED == ROLES
