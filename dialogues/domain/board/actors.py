"""Who acts on a board, and the signed tokens that prove it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.utils.translation import gettext as _

from dialogues.enums import View
from dialogues.models import Board, Participant
from dialogues.permissions import can_moderate
from portal.exceptions import NotAllowed

BOARD_TOKEN_DAYS = 7
_participant_signer = Signer(salt="dialogues.participant")
_board_signer = TimestampSigner(salt="dialogues.board")


@dataclass(frozen=True)
class Actor:
    """A guest, a moderator (account or board token) or a projector (which may do nothing but look).

    `key` names the actor in the log: commands repeat safely per board, actor and `cid`.
    """

    view: str
    key: str
    participant_id: int | None = None
    user: Any = None
    access_version: int | None = None

    @property
    def is_moderator(self) -> bool:
        return self.view == View.MODERATOR


def guest(participant: Participant) -> Actor:
    return Actor(View.PUBLIC, f"p:{participant.pk}", participant_id=participant.pk)


def moderator(user: Any) -> Actor:
    """Raises NotAllowed unless this account may lead World Cafés."""
    if not can_moderate(user):
        raise not_allowed()
    return Actor(View.MODERATOR, f"u:{user.pk}", user=user)


def board_access(board: Board, view: str) -> Actor:
    """Someone with a token of this board instead of an account, or the system itself (demo, rehearsal)."""
    return Actor(view, f"b:{view}", access_version=board.access_version)


def recheck(actor: Actor, board: Board) -> None:
    """Asks again, at the moment of the act, whether the right still stands. Guests are checked with their seat."""
    if actor.user is not None:
        fresh = get_user_model().objects.filter(pk=actor.user.pk).first()
        if not can_moderate(fresh):
            raise NotAllowed(_("Ihre Berechtigung wurde entzogen."), code="revoked")
    elif actor.participant_id is None and actor.access_version != board.access_version:
        raise NotAllowed(_("Dieser Zugang gilt nicht mehr."), code="revoked")


def not_allowed() -> NotAllowed:
    return NotAllowed(_("Das darf nur die Moderation."))


def new_secret() -> tuple[str, str]:
    """A random secret for a guest's token, and the hash that is stored."""
    secret = secrets.token_urlsafe(12)
    return secret, digest(secret)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def participant_token(participant: Participant, secret: str) -> str:
    return "p." + _participant_signer.sign(f"{participant.uuid.hex}.{secret}")


def board_token(board: Board, view: str) -> str:
    """A token for a whole board as moderator, projector or observer; ends after a week or with the access version."""
    return "b." + _board_signer.sign(f"{board.uuid.hex}.{view}.{board.access_version}")


def find_participant(token: object, board: Board) -> Participant | None:
    """The guest this token belongs to on this board, or None."""
    return find_participants([(token, board.pk)])[0]


def find_participants(claims: Iterable[tuple[object, int | None]]) -> list[Participant | None]:
    """The guest for each token and key of a board, or None.

    Signatures are checked before the database is asked, once for all.
    """
    read = [(named_by(token), board) for token, board in claims]
    names = {name for name, _secret in filter(None, (claim for claim, _board in read))}
    if not names:
        return [None] * len(read)
    people = {guest.uuid: guest for guest in Participant.objects.select_related("table").filter(uuid__in=names)}
    found: list[Participant | None] = []
    for claim, board in read:
        guest = people.get(claim[0]) if claim else None
        known = guest is not None and guest.board_id == board
        found.append(guest if claim and guest and known and is_secret_of(guest, claim[1]) else None)
    return found


def is_secret_of(guest: Participant, secret: str) -> bool:
    return secrets.compare_digest(guest.token_hash, digest(secret))


def named_by(token: object) -> tuple[UUID, str] | None:
    """Name and secret in a guest's token, where its signature holds."""
    if not isinstance(token, str) or not token.startswith("p.") or len(token) > 300:
        return None
    try:
        name, _dot, secret = _participant_signer.unsign(token[2:]).partition(".")
        return UUID(hex=name), secret
    except (BadSignature, ValueError):
        return None


def find_view(token: object, board: Board) -> str | None:
    """`moderator`, `projector` or `observer` where the token opens this board, else None."""
    if not isinstance(token, str) or not token.startswith("b.") or len(token) > 300:
        return None
    try:
        value = _board_signer.unsign(token[2:], max_age=BOARD_TOKEN_DAYS * 86400)
    except BadSignature:
        return None
    parts = value.split(".")
    if len(parts) != 3 or parts[0] != board.uuid.hex or parts[2] != str(board.access_version):
        return None
    return parts[1] if parts[1] in (View.MODERATOR, View.PROJECTOR, View.OBSERVER) else None
