"""The addresses of the settings of the checks."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
