"""The addresses of the settings of the checks."""

from django.urls import path

from publishing.views import rules

urlpatterns = [
    path("admin/checks/", rules.checks, name="checks"),
    path("admin/checks/<slug:key>/", rules.set_check, name="check_set"),
    path("admin/words/", rules.words, name="words"),
    path("admin/words/new/", rules.add_word, name="word_new"),
    path("admin/words/<int:rule_id>/remove/", rules.remove_word, name="word_remove"),
    path("admin/topics/", rules.topics, name="topics"),
    path("admin/topics/new/", rules.add_topic, name="topic_new"),
    path("admin/topics/<int:topic_id>/", rules.change_topic, name="topic_change"),
]
