from django.urls import path

from training.views import conversations

ONE = "training/conversations/<int:conversation_id>/"

urlpatterns = [
    path("training/conversations/", conversations.mine, name="my_conversations"),
    path(ONE, conversations.conversation, name="conversation"),
    path(f"{ONE}comment/", conversations.comment, name="conversation_comment"),
    path(f"{ONE}correct/", conversations.correct, name="conversation_correct"),
    path(f"{ONE}follow-up/", conversations.follow_up, name="conversation_follow_up"),
    path(
        "training/people/<int:person_id>/conversations/",
        conversations.of_person,
        name="conversations_of",
    ),
    path(
        "training/people/<int:person_id>/conversations/new/",
        conversations.add,
        name="conversation_new",
    ),
]
