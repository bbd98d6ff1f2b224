"""The addresses of routes, cover for absence, comments and emergencies."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
