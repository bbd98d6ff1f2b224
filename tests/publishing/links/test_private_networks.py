"""The link check never connects to what is not on the public internet, whatever a name says."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.links.addresses import NotPublic, is_public, public_address
from publishing.links.asking import MOST_STEPS, ask
from publishing.models import LinkOutcome
from tests.publishing.links.website import PUBLIC, website

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255",  # noqa: S104
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::1",
    "2001:0:7f00:1::", "", "localhost", "127.1", "0x7f000001", "2130706433",
]  # fmt: skip


def as_the_system_reads_it(name: str, port: int) -> list[str]:
    if ":" in name:
        return [name]
    return ["127.0.0.1" if name == "localhost" else socket.inet_ntoa(socket.inet_aton(name))]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "151.101.0.144", "2606:2800:21f:cb07::1"])
def test_an_address_that_is_public_is_known(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_no_private_address_is_public_in_the_clothes_of_ipv6(inner: ipaddress.IPv4Address) -> None:
    six_to_four = str(ipaddress.IPv6Address((0x2002 << 112) | int(inner) << 80))
    for dressed in (f"::ffff:{inner}", six_to_four):
        assert not is_public(dressed) or is_public(str(inner))


@pytest.mark.parametrize("address", PRIVATE[:-5])
def test_nothing_is_connected_to_when_the_name_leads_into_a_private_network(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with website(monkeypatch, page=(200, "")) as site:
        answer = ask("http://harmless.example/page", lambda name, port: [address])
    assert answer.outcome == LinkOutcome.REFUSED
    assert (site.connected_to, site.asked) == ([], [])


def test_one_private_address_among_public_ones_is_enough(monkeypatch) -> None:
    with website(monkeypatch, page=(200, "")) as site:
        answer = ask("http://harmless.example/page", lambda name, port: [PUBLIC, "10.0.0.1"])
    assert (answer.outcome, site.connected_to) == (LinkOutcome.REFUSED, [])


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://[::ffff:10.0.0.1]/",
        "http://localhost/",
    ],
)  # fmt: skip
def test_an_address_written_into_the_link_is_not_connected_to(link: str, monkeypatch) -> None:
    """The system's resolver understands all of these, as `inet_aton` does."""
    with website(monkeypatch) as site:
        answer = ask(link, as_the_system_reads_it)
    assert answer.outcome in (LinkOutcome.REFUSED, LinkOutcome.BROKEN)
    assert site.connected_to == []


def test_a_redirect_into_a_private_network_is_not_followed(monkeypatch) -> None:
    addresses = {"harmless.example": PUBLIC, "metadata.example": "169.254.169.254"}
    with website(monkeypatch, page=(302, "http://metadata.example/secret")) as site:
        answer = ask("http://harmless.example/page", lambda name, port: [addresses[name]])
    assert answer.outcome == LinkOutcome.REFUSED
    assert site.connected_to == [PUBLIC]


def test_a_resolver_that_changes_its_mind_is_asked_once_for_each_connection(monkeypatch) -> None:
    """The second answer of a lying name server is nobody's: the first is what is connected to."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    with website(monkeypatch, page=(200, "")) as site:
        answer = ask("http://rebinding.example/page", lambda name, port: next(answers))
    assert (answer.outcome, site.connected_to) == (LinkOutcome.ANSWERS, [PUBLIC])


def test_the_second_step_of_a_rebinding_name_is_looked_at_anew(monkeypatch) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    with website(monkeypatch, page=(301, "/other"), other=(200, "")) as site:
        answer = ask("http://rebinding.example/page", lambda name, port: next(answers))
    assert (answer.outcome, site.connected_to) == (LinkOutcome.REFUSED, [PUBLIC])


@pytest.mark.parametrize(
    "link",
    [
        "ftp://a.example/", "file:///etc/passwd", "gopher://a.example/", "http://a.example:22/",
        "http://a.example:6379/", "http://user:word@a.example/", "http:///nothing", "javascript:1",
    ],
)  # fmt: skip
def test_only_the_usual_kind_of_address_is_asked(link: str, monkeypatch) -> None:
    with website(monkeypatch) as site:
        assert ask(link, lambda name, port: [PUBLIC]).outcome == LinkOutcome.REFUSED
    assert site.connected_to == []


@pytest.mark.parametrize(
    "leads_to", ["file:///etc/passwd", "http://a.example:6379/", "gopher://a/"]
)
def test_a_redirect_to_another_kind_of_address_is_not_followed(leads_to: str, monkeypatch) -> None:
    with website(monkeypatch, page=(302, leads_to)) as site:
        answer = ask("http://a.example/page", lambda name, port: [PUBLIC])
    assert (answer.outcome, len(site.connected_to)) == (LinkOutcome.REFUSED, 1)


def test_steps_without_an_end_end(monkeypatch) -> None:
    with website(monkeypatch, page=(302, "/page")) as site:
        answer = ask("http://a.example/page", lambda name, port: [PUBLIC])
    assert (answer.outcome, len(site.asked)) == (LinkOutcome.BROKEN, MOST_STEPS)


def test_a_name_without_an_address_is_said(monkeypatch) -> None:
    with pytest.raises(OSError, match="no address"):
        public_address("a.example", 80, lambda name, port: [])
    with pytest.raises(NotPublic):
        public_address("a.example", 80, lambda name, port: ["10.0.0.1"])
