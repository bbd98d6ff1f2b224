"""Writing courses. Before the addresses of taking them: “courses” is no course."""

from django.urls import path

from training.views.writing import courses, drafts, lessons, questions, reading

AT = "training/courses/<slug:slug>/"
DRAFT = f"{AT}draft/"

urlpatterns = [
    path("training/courses/", courses.courses, name="writing_courses"),
    path("training/courses/new/", courses.add, name="writing_course_new"),
    path("training/courses/that-come-with-it/", courses.add_starters, name="writing_starters"),
    path(AT, courses.course, name="writing_course"),
    path(f"{AT}settings/", courses.settings, name="writing_settings"),
    path(f"{AT}start/", courses.start, name="writing_start"),
    path(f"{AT}put-away/", courses.archive, name="writing_put_away"),
    path(f"{AT}bring-back/", courses.unarchive, name="writing_bring_back"),
    path(f"{AT}versions/<int:number>/", reading.read, name="writing_read"),
    path(
        f"{AT}versions/<int:number>/<int:position>/",
        reading.read_lesson,
        name="writing_read_lesson",
    ),
    path(DRAFT, drafts.draft, name="writing_draft"),
    path(f"{DRAFT}settings/", drafts.draft_settings, name="writing_draft_settings"),
    path(f"{DRAFT}changes/", drafts.changes, name="writing_changes"),
    path(f"{DRAFT}publish/", drafts.publish, name="writing_publish"),
    path(f"{DRAFT}withdraw/", courses.withdraw, name="writing_withdraw"),
    path(f"{DRAFT}preview/", lessons.preview_text, name="writing_text_preview"),
    path(f"{DRAFT}lessons/new/", lessons.new_lesson, name="writing_lesson_new"),
    path(f"{DRAFT}lessons/<int:pk>/", lessons.lesson, name="writing_lesson"),
    path(f"{DRAFT}lessons/<int:pk>/move/", lessons.move, name="writing_lesson_move"),
    path(f"{DRAFT}lessons/<int:pk>/delete/", lessons.delete, name="writing_lesson_delete"),
    path(f"{DRAFT}questions/new/", questions.new_question, name="writing_question_new"),
    path(f"{DRAFT}questions/<int:pk>/", questions.question, name="writing_question"),
    path(f"{DRAFT}questions/<int:pk>/move/", questions.move, name="writing_question_move"),
    path(f"{DRAFT}questions/<int:pk>/delete/", questions.delete, name="writing_question_delete"),
]
