"""Taking a course. Last in training's addresses: any word after /training/ may be a course."""

from django.urls import path

from training.views import courses, lesson_files, lessons, quizzes

urlpatterns = [
    path("training/<slug:slug>/", courses.course, name="course"),
    path("training/<slug:slug>/start/", courses.start, name="course_start"),
    path("training/<slug:slug>/lessons/<int:position>/", lessons.lesson, name="lesson"),
    path("training/<slug:slug>/quiz/", quizzes.quiz, name="quiz"),
    path("training/<slug:slug>/quiz/<int:position>/", quizzes.question, name="quiz_question"),
    path("training/<slug:slug>/quiz/result/", quizzes.result, name="quiz_result"),
    path("training/<slug:slug>/file/<int:pk>/", lesson_files.lesson_file, name="lesson_file"),
]
