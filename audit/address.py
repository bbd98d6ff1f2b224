"""The network address from which the work at hand was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_address: ContextVar[str] = ContextVar("audit_address", default="")


def current() -> str:
    """The client's address within a request; "" in a worker or a command."""
    return _address.get()


@contextmanager
def coming_from(address: str) -> Iterator[None]:
    """Whatever is recorded inside carries this address."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)
