"""A mail is a row in the caller's transaction; delivery survives failures and gives nothing out twice unmarked."""

import smtplib
import socket
import threading
from datetime import timedelta

import pytest
from django.core.mail import BadHeaderError, EmailMessage, send_mail
from django.db import transaction
from django.utils import timezone

from portal.outbox.domain import delivery, queue
from portal.outbox.enums import State
from portal.outbox.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _outbox(settings):
    settings.EMAIL_BACKEND = "portal.outbox.backend.OutboxBackend"


def put(to="a@test.example", subject="Grüße aus Paderborn"):
    send_mail(subject, "Text mit Ümlaut", None, [to])
    return Mail.objects.latest("pk")


def test_mail_vanishes_with_the_transaction():
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_delivery_hands_over_the_finished_message():
    put()
    seen = []
    assert delivery.deliver_due(lambda mail: seen.append(bytes(mail.message))) == 1
    assert b"Message-ID:" in seen[0]
    mail = Mail.objects.get()
    assert (mail.state, mail.attempts, mail.addresses) == (State.DELIVERED, 1, ["a@test.example"])


def test_delivered_mail_is_not_sent_again():
    put()
    seen = []
    delivery.deliver_due(seen.append)
    delivery.deliver_due(seen.append)
    assert len(seen) == 1


def refuse(error):
    def transport(mail):
        raise error

    return transport


def test_failure_is_noted_and_tried_later():
    put()
    assert delivery.deliver_due(refuse(ConnectionRefusedError())) == 0
    mail = Mail.objects.get()
    assert (mail.state, mail.attempts, mail.last_error) == (State.WAITING, 1, "ConnectionRefusedError")
    assert mail.next_attempt_at > timezone.now() + timedelta(seconds=5)
    assert delivery.deliver_due(lambda mail: None) == 0


def test_refused_address_is_given_up_at_once():
    put()
    delivery.deliver_due(refuse(smtplib.SMTPRecipientsRefused({"a@test.example": (550, b"no")})))
    assert Mail.objects.get().state == State.FAILED


def test_last_attempt_gives_up():
    put()
    Mail.objects.update(attempts=delivery.MAX_ATTEMPTS - 1)
    delivery.deliver_due(refuse(TimeoutError()))
    assert Mail.objects.get().state == State.FAILED


def test_mail_of_a_dead_sender_goes_back_to_waiting():
    mail = put()
    Mail.objects.update(state=State.SENDING, claimed_at=timezone.now() - timedelta(minutes=6))
    seen = []
    delivery.deliver_due(lambda one: seen.append(one.message_id))
    assert seen == [mail.message_id]


def test_without_mail_server_mails_wait(settings):
    put()
    assert delivery.deliver_due() == 0
    assert Mail.objects.get().state == State.WAITING
    settings.DEMO = True
    assert delivery.deliver_due() == 1


def test_line_break_in_subject_is_refused():
    with pytest.raises(BadHeaderError):
        put(subject="Hallo\r\nBcc: viele@test.example")
    assert not Mail.objects.exists()


def test_bodies_go_after_delivery_and_rows_later():
    put()
    delivery.deliver_due(lambda mail: None)
    assert queue.purge_bodies(older_than=timedelta(0)) == 1
    mail = Mail.objects.get()
    assert (mail.text, bytes(mail.message)) == ("", b"")
    assert queue.delete_old(older_than=timedelta(0)) == 1


def test_waiting_mails_are_never_pruned():
    put()
    Mail.objects.update(created_at=timezone.now() - timedelta(days=400))
    queue.prune()
    assert Mail.objects.get().text


def test_erasure_removes_only_this_address():
    put("a@test.example")
    put("ba@test.example")
    assert queue.remove_address(address="A@Test.example") == 1
    assert Mail.objects.get().addresses == ["ba@test.example"]


def test_mail_without_recipient_is_dropped():
    assert queue.enqueue(message=EmailMessage("x", "y", to=[])) is None


class OneMailServer(threading.Thread):
    """A mail server that takes one mail on the loopback address and keeps its lines."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.lines = []

    def run(self):
        connection, _peer = self.listener.accept()
        with connection, connection.makefile("rwb") as stream:
            in_data = False
            self._say(stream, b"220 bereit")
            for line in stream:
                self.lines.append(line.rstrip(b"\r\n"))
                if in_data:
                    in_data = line != b".\r\n"
                    if not in_data:
                        self._say(stream, b"250 ok")
                elif line.upper().startswith(b"DATA"):
                    in_data = True
                    self._say(stream, b"354 los")
                elif line.upper().startswith(b"QUIT"):
                    self._say(stream, b"221 tschuess")
                    return
                else:
                    self._say(stream, b"250 ok")

    @staticmethod
    def _say(stream, words):
        stream.write(words + b"\r\n")
        stream.flush()


def test_smtp_delivers_to_a_real_server(settings):
    server = OneMailServer()
    server.start()
    settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
    mail = put()
    assert delivery.deliver_due() == 1
    server.join(5)
    assert b"rcpt TO:<a@test.example>" in server.lines
    assert f"Message-ID: {mail.message_id}".encode() in server.lines
