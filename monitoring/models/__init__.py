"""What is said to and about the council, and how its accounts are doing."""

from monitoring.models.cursors import IntakeCursor
from monitoring.models.figures import DailyFigure
from monitoring.models.mentions import DailyMentions, Mention

__all__ = ["DailyFigure", "DailyMentions", "IntakeCursor", "Mention"]
