"""What people must learn and accept, and the records that they did."""

from training.models.courses import Completion, Course
from training.models.policies import Acknowledgement, PolicyDocument, PolicyVersion

__all__ = ["Acknowledgement", "Completion", "Course", "PolicyDocument", "PolicyVersion"]
