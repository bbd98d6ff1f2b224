"""The addresses of the calendar, content plans and recurring posts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
