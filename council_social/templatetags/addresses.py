"""Where the rows of a list lead."""

from __future__ import annotations

from django import template

from pages.addresses import address_of

register = template.Library()

register.simple_tag(address_of, name="address")
