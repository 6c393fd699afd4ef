"""Dialogue events, live World-Café boards and their log."""

from dialogues.models.board import Board, Participant, Round, Table
from dialogues.models.cards import Card, Cluster, Vote
from dialogues.models.events import Event, Result
from dialogues.models.log import BoardEvent

__all__ = ["Board", "BoardEvent", "Card", "Cluster", "Event", "Participant", "Result", "Round", "Table", "Vote"]
