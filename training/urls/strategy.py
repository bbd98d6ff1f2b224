from django.urls import path

from training.views import timetable

urlpatterns = [
    path("strategy/", timetable.strategy, name="strategy"),
    path("strategy/phases/new/", timetable.add_phase, name="phase_new"),
    path("strategy/phases/<int:phase_id>/", timetable.change_phase, name="phase_change"),
    path("strategy/actions/new/", timetable.add, name="strategy_action_new"),
    path("strategy/actions/<int:action_id>/", timetable.action, name="strategy_action"),
    path(
        "strategy/actions/<int:action_id>/change/", timetable.change, name="strategy_action_change"
    ),
    path("strategy/actions/<int:action_id>/progress/", timetable.move, name="strategy_action_move"),
    path(
        "strategy/actions/<int:action_id>/picture/",
        timetable.picture,
        name="strategy_action_picture",
    ),
]
