"""The addresses of paid promotion."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
