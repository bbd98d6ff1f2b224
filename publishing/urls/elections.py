"""The addresses of election periods."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
