"""The example accounts stand as the contract names them, and only in the demo."""

import pytest
from allauth.account.models import EmailAddress

from portal.accounts.enums import Role
from portal.demo import accounts

EXPECTED = {
    "buergerin": set(),
    "redaktion": {Role.COMMUNICATIONS, Role.SENSOR_DESK},
    "moderation": {Role.MODERATOR},
    "moderation2": {Role.MODERATOR},
    "projektleitung": {Role.PROJECT_LEAD},
    "amtsleitung": {Role.PROJECT_LEAD},
    "geschaeftsstelle": {Role.ETHICS_OFFICE},
    "ethik1": {Role.ETHICS_CHAIR, Role.ETHICS_MEMBER},
    **{f"ethik{n}": {Role.ETHICS_MEMBER} for n in range(2, 9)},
    "dsb": {Role.DPO},
    "admin": {Role.ADMIN, Role.SENSOR_DESK},
}


def test_accounts_have_their_roles(db, settings):
    settings.DEMO = True
    built = accounts.build()
    assert {address.split("@")[0]: set(user.roles) for address, user in built.items()} == EXPECTED
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(EXPECTED)
    assert all(user.check_password(settings.DEMO_PASSWORD) for user in built.values())


def test_building_twice_changes_nothing(db, settings):
    settings.DEMO = True
    first = accounts.build()
    accounts.User.objects.filter(email=accounts.CITIZEN).update(display_name="Selbst geändert")
    second = accounts.build()
    assert {u.pk for u in first.values()} == {u.pk for u in second.values()}
    assert second[accounts.CITIZEN].display_name == "Selbst geändert"


def test_there_are_none_outside_the_demo(db):
    with pytest.raises(RuntimeError):
        accounts.build()


def test_outbox_page_exists_only_in_the_demo(client, db, settings):
    assert client.get("/demo/postfach/").status_code == 404
    settings.DEMO = True
    assert client.get("/demo/postfach/").status_code == 200


def test_outbox_shows_text_safely_and_filters(client, db, settings):
    from django.core.mail import EmailMessage

    from portal.outbox.domain.queue import enqueue

    settings.DEMO = True
    mail = enqueue(message=EmailMessage("<b>Betreff</b>", "Code: 123456 <script>x</script>", to=["A@demo.example"]))
    enqueue(message=EmailMessage("Andere", "Text", to=["b@demo.example"]))
    html = client.get("/demo/postfach/", {"an": "a@demo.example"}).content.decode()
    assert "&lt;b&gt;Betreff" in html
    assert "Andere" not in html
    page = client.get(f"/demo/postfach/{mail.uuid}/").content.decode()
    assert "Code: 123456 &lt;script&gt;" in page
