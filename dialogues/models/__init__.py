"""Dialogue events, live World-Café boards and their log; online dialogues with contributions, answers and polls."""

from dialogues.models.answers import Answer
from dialogues.models.board import Board, Handover, Participant, Round, Table
from dialogues.models.cards import Card, Cluster, Vote
from dialogues.models.contributions import (
    Contribution,
    ContributionImage,
    ContributionKey,
    ContributionRevision,
    ContributionSupport,
)
from dialogues.models.events import Event, Result
from dialogues.models.feedback import Feedback, FeedbackAnswer
from dialogues.models.log import BoardEvent
from dialogues.models.online import Category, OnlineDialogue
from dialogues.models.polls import Poll, PollOption, PollParticipation
from dialogues.models.programme import ProgrammePoint, Speaker
from dialogues.models.proposals import EventProposal
from dialogues.models.registration import Admission, Registration
from dialogues.models.series import Series

__all__ = [
    "Admission", "Answer", "Board", "BoardEvent", "Card", "Category", "Cluster", "Contribution", "ContributionImage",
    "ContributionKey", "ContributionRevision", "ContributionSupport", "Event", "EventProposal", "Feedback",
    "FeedbackAnswer", "Handover", "OnlineDialogue", "Participant", "Poll", "PollOption", "PollParticipation",
    "ProgrammePoint", "Registration", "Result", "Round", "Series", "Speaker", "Table", "Vote",
]  # fmt: skip
