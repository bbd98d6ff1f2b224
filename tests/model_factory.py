"""The class that the factories of models inherit from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model
from factory.django import DjangoModelFactory

Made = TypeVar("Made", bound=Model)


class ModelFactory(DjangoModelFactory[Made]):
    """`UserFactory()` makes a `User`: factory-boy's metaclass hides that from the type checker."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:

        def __new__(cls, **values: Any) -> Made: ...  # type: ignore[misc]
