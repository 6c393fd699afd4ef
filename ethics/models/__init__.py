"""Models of the Ethikrat's office, one module a subject."""

from ethics.models.cases import CaseEvent, CaseVersion, ReviewCase, ScreeningAnswerSet
from ethics.models.council import ChecklistVersion, CouncilSeat, QuorumRule
from ethics.models.dpia import Consultation, Dpia, DpiaDecision, DpiaRecord, DpiaVersion, DpoStatement
from ethics.models.meetings import AgendaItem, Attendance, FolderMark, Invitation, Meeting, Minutes
from ethics.models.public import DossierFile, Inquiry, ReviewTalk, SentReminder
from ethics.models.recommendations import Condition, DissentingOpinion, Recommendation
from ethics.models.review import Assignment, ConflictDeclaration, Objection, Opinion, OutsideOpinion
from ethics.models.talk import Attachment, CaseQuestion, Remark
from ethics.models.votes import Ballot, Vote, WrittenObjection

__all__ = [
    "AgendaItem",
    "Assignment",
    "Attachment",
    "Attendance",
    "Ballot",
    "CaseEvent",
    "CaseQuestion",
    "CaseVersion",
    "ChecklistVersion",
    "Condition",
    "ConflictDeclaration",
    "Consultation",
    "CouncilSeat",
    "DissentingOpinion",
    "DossierFile",
    "Dpia",
    "DpiaDecision",
    "DpiaRecord",
    "DpiaVersion",
    "DpoStatement",
    "FolderMark",
    "Inquiry",
    "Invitation",
    "Meeting",
    "Minutes",
    "Objection",
    "Opinion",
    "OutsideOpinion",
    "QuorumRule",
    "Recommendation",
    "Remark",
    "ReviewCase",
    "ReviewTalk",
    "ScreeningAnswerSet",
    "SentReminder",
    "Vote",
    "WrittenObjection",
]
