"""Models of the Ethikrat's office, one module a subject."""

from ethics.models.cases import CaseEvent, CaseVersion, ReviewCase, ScreeningAnswerSet
from ethics.models.council import ChecklistVersion, CouncilSeat, QuorumRule
from ethics.models.meetings import AgendaItem, Attendance, Invitation, Meeting
from ethics.models.recommendations import Condition, DissentingOpinion, Recommendation
from ethics.models.review import Assignment, ConflictDeclaration, Objection, Opinion
from ethics.models.votes import Ballot, Vote

__all__ = [
    "AgendaItem",
    "Assignment",
    "Attendance",
    "Ballot",
    "CaseEvent",
    "CaseVersion",
    "ChecklistVersion",
    "Condition",
    "ConflictDeclaration",
    "CouncilSeat",
    "DissentingOpinion",
    "Invitation",
    "Meeting",
    "Objection",
    "Opinion",
    "QuorumRule",
    "Recommendation",
    "ReviewCase",
    "ScreeningAnswerSet",
    "Vote",
]
