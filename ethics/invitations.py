"""Invitations to a meeting: the mail and its calendar file."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from ethics.announcements import anchor_lines
from ethics.models import Meeting
from portal.accounts.models import User

LENGTH = timedelta(hours=2)


def calendar_file(meeting: Meeting) -> bytes:
    """The meeting as iCalendar; names title, time and place, never a case."""
    event = Event()
    event.add("uid", f"ethikrat-sitzung-{meeting.pk}@{settings.BASE_URL.split('//')[-1].split(':')[0]}")
    event.add("summary", meeting.title)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + LENGTH)
    event.add("dtstamp", meeting.invited_at or meeting.created_at)
    event["location"] = vText(meeting.place)
    event.add("url", f"{settings.BASE_URL}{meeting.get_office_url()}")
    calendar = Calendar()
    calendar.add("prodid", "-//Digitale Heimat PB//Ethikrat//DE")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def invite(meeting: Meeting, members: list[User]) -> None:
    """Puts one mail a member into the outbox, in the caller's transaction. The agenda stays behind the login.

    The heads of the meeting's and the Council's chain stand below as outside anchors.
    """
    when = timezone.localtime(meeting.starts_at)
    lines = [
        _("Sie sind zur Sitzung des Ethikrats eingeladen."),
        "",
        f"{meeting.title}",
        _("Beginn: %(time)s Uhr") % {"time": when.strftime("%d.%m.%Y, %H:%M")},
        _("Ort: %(place)s") % {"place": meeting.place},
    ]
    if meeting.second_invitation_of_id:
        lines += [
            "",
            _(
                "Dies ist eine zweite Ladung. Der Rat kann über die vertagten Punkte ohne Rücksicht auf die Zahl der "
                "Anwesenden beschließen (§ 90 Abs. 2 VwVfG)."
            ),
        ]
    lines += ["", _("Tagesordnung und Unterlagen: %(url)s") % {"url": f"{settings.BASE_URL}{meeting.get_office_url()}"}]
    lines += anchor_lines(f"meeting:{meeting.pk}", "council")
    for member in members:
        mail = EmailMessage(_("Einladung: %(title)s") % {"title": meeting.title}, "\n".join(lines), to=[member.email])
        mail.attach("sitzung.ics", calendar_file(meeting).decode(), "text/calendar")
        mail.send()
