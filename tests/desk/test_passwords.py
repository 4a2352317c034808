"""A one-time password lets its owner in to change it, and to nothing else."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from wireroom.desk import passwords
from wireroom.desk.roles import make_roles

pytestmark = pytest.mark.django_db

OWN = "correct horse of mine"


@pytest.fixture(autouse=True)
def _quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(params=[True, False])
def given(request):
    """An account with a one-time password, of an admin or an editor; the password."""
    make_roles()
    password = passwords.one_time()
    user = get_user_model().objects.create_user(
        username="asha", password=password, is_superuser=request.param
    )
    user.groups.add(Group.objects.get(name="editor"))
    passwords.given(user)
    return password


def sign_in(client, password):
    """Sign in through the desk's own form, and say where that leads."""
    words = {"username": "asha", "password": password, "next": "/desk/"}
    return client.post("/desk/login/", words, follow=True)


def change(client, old, new):
    """Change the password through the desk's own form."""
    names = ("old_password", "new_password1", "new_password2")
    words = dict(zip(names, (old, new, new), strict=True))
    return client.post(
        "/desk/account/",
        {f"password-{name}": word for name, word in words.items()}
        | {"name_email-first_name": "Asha", "name_email-last_name": "Rao"}
        | {"name_email-email": "asha@news.example", "theme-theme": "system"}
        | {"theme-contrast": "system", "theme-density": "default"},
    )


def test_who_signs_in_with_it_is_led_to_the_form_that_changes_it(client, given):
    answer = sign_in(client, given)
    assert answer.redirect_chain[-1] == ("/desk/account/", 302)
    assert 'name="password-new_password1"' in answer.text
    assert "Change your one-time password" in answer.text


@pytest.mark.parametrize("path", ["", "users/", "groups/", "stories/1", "accounts"])
def test_no_other_page_of_the_desk_opens_until_it_is_changed(client, given, path):
    sign_in(client, given)
    for answer in (client.get(f"/desk/{path}"), client.post(f"/desk/{path}")):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/account/")


def test_readers_pages_and_the_way_out_stay_open(client, given):
    sign_in(client, given)
    assert client.get("/").status_code == 200
    assert client.post("/desk/logout/").headers["Location"] == "/desk/login/"


def test_once_it_is_changed_the_desk_opens(client, given):
    sign_in(client, given)
    assert change(client, given, OWN).status_code == 302
    assert client.get("/desk/").status_code == 200
    client.logout()
    assert sign_in(client, OWN).redirect_chain[-1] == ("/desk/", 302)


def test_the_same_once_more_is_no_change(client, given):
    sign_in(client, given)
    answer = change(client, given, given)
    assert "Choose another password than the one-time password." in answer.text
    assert client.get("/desk/").headers["Location"] == "/desk/account/"


def test_hashing_it_anew_is_no_change(client, given, settings):
    hashers = "django.contrib.auth.hashers."
    settings.PASSWORD_HASHERS = [f"{hashers}PBKDF2PasswordHasher", f"{hashers}MD5PasswordHasher"]
    sign_in(client, given)
    assert get_user_model().objects.get().password.startswith("pbkdf2")
    assert client.get("/desk/").headers["Location"] == "/desk/account/"


def test_a_new_one_time_password_must_be_changed_again(client, given):
    user = get_user_model().objects.get()
    user.set_password(OWN)
    user.save()
    assert not passwords.must_change(user)
    passwords.given(user)
    assert sign_in(client, OWN).redirect_chain[-1] == ("/desk/account/", 302)
