"""Sign-in by code, password and second factor; `next` survives each step; nobody learns who has an account."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail

from portal.accounts.models import User

PASSWORD = "Testquelle-2026"
TARGET = "/projekte/?bereich=umwelt"


def totp_now(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_code_signs_in_and_keeps_next(client, make_user, last_code):
    user = make_user()
    page = client.get("/konto/login/", {"next": TARGET})
    assert "/konto/login/code/?next=%2Fprojekte%2F%3Fbereich%3Dumwelt" in page.content.decode()
    sent = client.post("/konto/login/code/", {"email": user.email, "next": TARGET})
    confirm = client.get(sent["Location"])
    assert 'name="next" value="/projekte/?bereich=umwelt"' in confirm.content.decode()
    done = client.post("/konto/login/code/confirm/", {"code": last_code(), "next": TARGET})
    assert (done.status_code, done["Location"]) == (302, TARGET)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_wrong_code_is_refused_and_ends_after_three_tries(client, make_user):
    user = make_user()
    client.post("/konto/login/code/", {"email": user.email})
    answers = [client.post("/konto/login/code/confirm/", {"code": "AAAA-BBBB"}) for _ in range(3)]
    assert "Dieser Code stimmt nicht" in answers[0].content.decode()
    assert answers[2].status_code == 302
    assert "_auth_user_id" not in client.session


def test_password_signs_in_and_keeps_next(client, make_user):
    user = make_user()
    done = client.post("/konto/login/", {"login": user.email, "password": PASSWORD, "next": TARGET})
    assert (done.status_code, done["Location"]) == (302, TARGET)


def test_foreign_next_is_ignored(client, make_user):
    user = make_user()
    done = client.post("/konto/login/", {"login": user.email, "password": PASSWORD, "next": "//evil.example/"})
    assert done["Location"] == "/konto/"


def test_password_with_totp_keeps_next(client, make_user):
    user = make_user()
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    first = client.post("/konto/login/", {"login": user.email, "password": PASSWORD, "next": TARGET})
    assert first["Location"].startswith("/konto/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    wrong = client.post("/konto/2fa/authenticate/", {"code": "000000"})
    assert "Dieser Code stimmt nicht" in wrong.content.decode()
    done = client.post("/konto/2fa/authenticate/", {"code": totp_now(secret)})
    assert (done.status_code, done["Location"]) == (302, TARGET)


def test_code_by_mail_does_not_replace_the_second_factor(client, make_user, last_code):
    user = make_user()
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client.post("/konto/login/code/", {"email": user.email})
    done = client.post("/konto/login/code/confirm/", {"code": last_code()})
    assert done["Location"].startswith("/konto/2fa/authenticate/")
    assert "_auth_user_id" not in client.session


def test_totp_secret_is_encrypted_in_the_database(make_user):
    user = make_user()
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in str(Authenticator.objects.get(user=user).data)


def test_signup_needs_the_code_and_keeps_next(client, last_code):
    data = {
        "email": "Neu@Test.example",
        "display_name": "Neu\u202e hier",
        "password1": "Ein langer Satz 1",
        "next": TARGET,
    }
    sent = client.post("/konto/signup/", data)
    assert sent["Location"].startswith("/konto/confirm-email/")
    assert "_auth_user_id" not in client.session
    done = client.post("/konto/confirm-email/", {"code": last_code()})
    assert (done.status_code, done["Location"]) == (302, TARGET)
    user = User.objects.get(email="neu@test.example")
    assert (user.display_name, str(user)) == ("Neu hier", "Neu hier")


def test_signup_with_short_password_keeps_the_other_fields(client):
    page = client.post("/konto/signup/", {"email": "a@test.example", "display_name": "Anna", "password1": "kurz"})
    html = page.content.decode()
    assert 'value="Anna"' in html
    assert "12 Zeichen" in html
    assert not User.objects.exists()


def test_signup_honeypot_makes_no_account(client):
    data = {"email": "bot@test.example", "display_name": "Bot", "password1": "Ein langer Satz 1", "telefon": "123"}
    client.post("/konto/signup/", data)
    assert not User.objects.filter(email="bot@test.example").exists()


def test_unknown_address_looks_like_a_known_one(client, make_user):
    known = client.post("/konto/login/code/", {"email": make_user().email})
    client.cookies.clear()
    unknown = client.post("/konto/login/code/", {"email": "niemand@test.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert "kein Konto" in mail.outbox[-1].body


def test_signup_with_known_address_looks_the_same_and_tells_the_owner(client, make_user):
    user = make_user()
    data = {"display_name": "Neu hier", "password1": "Ein langer Satz 1"}
    again = client.post("/konto/signup/", data | {"email": user.email})
    client.cookies.clear()
    fresh = client.post("/konto/signup/", data | {"email": "frisch@test.example"})
    assert again["Location"] == fresh["Location"]
    assert "schon eines" in mail.outbox[-2].body


def test_wrong_passwords_are_limited(client, make_user):
    user = make_user()
    for _ in range(5):
        client.post("/konto/login/", {"login": user.email, "password": "falsch"})
    page = client.post("/konto/login/", {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert "Zu viele Fehlversuche" in page.content.decode()


def test_logout_needs_post(client, make_user):
    client.force_login(make_user())
    assert client.get("/konto/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/konto/logout/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("language", ["en", "de-x-leicht"])
def test_login_exists_in_each_language(client, language):
    assert client.get(f"/{language}/konto/login/").status_code == 200


def test_passkey_is_offered_on_names_and_led_to_localhost_on_numbers(client, settings):
    settings.DEMO = True
    by_name = client.get("/konto/login/", HTTP_HOST="localhost:8123").content.decode()
    by_number = client.get("/konto/login/?next=/x/", HTTP_HOST="127.0.0.1:8123").content.decode()
    assert 'id="passkey_login"' in by_name
    assert 'id="passkey_login"' not in by_number
    assert "http://localhost:8123/konto/login/?next=/x/" in by_number


def test_passkey_options_name_the_host_one_came_by(client):
    data = client.get("/konto/2fa/webauthn/login/", HTTP_ACCEPT="application/json", HTTP_HOST="localhost:8123").json()
    assert data["request_options"]["publicKey"]["rpId"] == "localhost"
