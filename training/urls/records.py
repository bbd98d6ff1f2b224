from django.urls import path

from training.views import records, scans

urlpatterns = [
    path("training/records/", records.records, name="training_records"),
    path("training/records/new/", records.add, name="training_record_new"),
    path("training/records/<int:completion_id>/scan/", scans.scan, name="completion_scan"),
]
