"""What people must learn and accept, and the records that they did."""

from training.models.ambassadors import Ambassador
from training.models.assignments import Assignment, Group, LearningReminder, ReminderKind
from training.models.bookings import (
    SEATED,
    Booking,
    BookingState,
    SessionLetter,
    SessionLetterKind,
)
from training.models.completions import CompletedBy, Completion
from training.models.consultation import (
    APPROVING,
    CommitteeDecision,
    Consultee,
    ConsulteeAnswer,
    Interest,
    LetterKind,
    Opinion,
    PolicyComment,
    PolicyLetter,
    Verdict,
)
from training.models.conversations import (
    About,
    AdditionKind,
    Conversation,
    ConversationAddition,
)
from training.models.courses import (
    Answer,
    Course,
    CourseVersion,
    Lesson,
    LessonFile,
    Question,
    QuestionKind,
)
from training.models.imports import CompletionImport
from training.models.learning import DrawnQuestion, Enrolment, LessonRead, QuizAttempt
from training.models.packages import (
    PackageFile,
    PackageImport,
    PackagePart,
    PackageState,
    PartStatus,
    Scorm,
    ScormPackage,
)
from training.models.policies import (
    NEED_A_COMMITTEE,
    Acknowledgement,
    PolicyDocument,
    PolicyKind,
    PolicyVersion,
    PolicyWording,
)
from training.models.sessions import OpenTo, SessionState, TrainingSession
from training.models.timetable import ActionState, Phase, StrategyAction

__all__ = [
    "APPROVING",
    "NEED_A_COMMITTEE",
    "SEATED",
    "About",
    "Acknowledgement",
    "ActionState",
    "AdditionKind",
    "Ambassador",
    "Answer",
    "Assignment",
    "Booking",
    "BookingState",
    "CommitteeDecision",
    "CompletedBy",
    "Completion",
    "CompletionImport",
    "Consultee",
    "ConsulteeAnswer",
    "Conversation",
    "ConversationAddition",
    "Course",
    "CourseVersion",
    "DrawnQuestion",
    "Enrolment",
    "Group",
    "Interest",
    "LearningReminder",
    "Lesson",
    "LessonFile",
    "LessonRead",
    "LetterKind",
    "OpenTo",
    "Opinion",
    "PackageFile",
    "PackageImport",
    "PackagePart",
    "PackageState",
    "PartStatus",
    "Phase",
    "PolicyComment",
    "PolicyDocument",
    "PolicyKind",
    "PolicyLetter",
    "PolicyVersion",
    "PolicyWording",
    "Question",
    "QuestionKind",
    "QuizAttempt",
    "ReminderKind",
    "Scorm",
    "ScormPackage",
    "SessionLetter",
    "SessionLetterKind",
    "SessionState",
    "StrategyAction",
    "TrainingSession",
    "Verdict",
]
