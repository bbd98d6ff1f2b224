"""The addresses of takedowns."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
