"""Addresses under /reports/."""

from django.urls import path

from council_social.reports.audit_page import audit, audit_bundle, audit_csv

urlpatterns = [
    path("audit/", audit, name="audit"),
    path("audit.csv", audit_csv, name="audit_csv"),
    path("audit.zip", audit_bundle, name="audit_bundle"),
]
