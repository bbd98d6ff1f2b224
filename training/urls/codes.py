from django.urls import path

from training.views import codes

urlpatterns = [
    path("training/codes/", codes.codes, name="personal_codes"),
    path("training/people/<int:person_id>/code/", codes.give, name="personal_code_give"),
]
