from django.urls import path

from training.views import learning, policies, records

urlpatterns = [
    path("training/", learning.training, name="training"),
    path("training/records/", records.records, name="training_records"),
    path("training/records/new/", records.add, name="training_record_new"),
    path("policies/<slug:slug>/", policies.policy, name="policy"),
]
