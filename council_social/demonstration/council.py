"""Who works at Wealdmoor District Council, and how it is divided. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.permissions import CorporateRole

DOMAIN = "wealdmoor.example"
PASSWORD = "wealdmoor demonstration"  # noqa: S105 - everybody is told it

DIRECTORATES: dict[str, tuple[str, ...]] = {
    "Chief executive’s office": ("Communications", "Democratic services", "Internal audit"),
    "Communities": ("Libraries", "Leisure and parks", "Housing", "Community safety"),
    "Place": ("Highways", "Waste and recycling", "Planning", "Emergency planning"),
    "Resources": ("Human resources", "Customer services", "Digital"),
}
"""Each directorate with its service areas."""


@dataclass(frozen=True, slots=True)
class Person:
    """`key` is the first part of the e-mail address; `manager` is another person's key."""

    key: str
    name: str
    job: str
    area: str
    manager: str = ""
    roles: tuple[CorporateRole, ...] = ()
    training: str = "in date"
    """"in date", "lapsed" (a course ran out), "none" or "soon" (runs out within the month)."""
    left: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


_R = CorporateRole

PEOPLE: tuple[Person, ...] = (
    # Digital team
    Person(
        "tom.okafor", "Tom Okafor", "Digital manager", "Digital", "ruth.alder", (_R.DIGITAL_TEAM,)
    ),
    Person(
        "mei.lin",
        "Mei Lin",
        "Digital officer",
        "Digital",
        "tom.okafor",
        (_R.DIGITAL_TEAM, _R.DUTY_OFFICER),
    ),
    # Communications
    Person(
        "ana.lewis",
        "Ana Lewis",
        "Communications manager",
        "Communications",
        "ruth.alder",
        (_R.COMMUNICATIONS_OFFICER,),
    ),
    Person(
        "david.brandt",
        "David Brandt",
        "Communications officer",
        "Communications",
        "ana.lewis",
        (_R.COMMUNICATIONS_OFFICER,),
    ),
    Person(
        "sian.morgan",
        "Siân Morgan",
        "Communications officer",
        "Communications",
        "ana.lewis",
        (_R.COMMUNICATIONS_OFFICER,),
        training="soon",
    ),
    # Corporate
    Person(
        "ruth.alder",
        "Ruth Alder",
        "Chief executive",
        "Chief executive’s office",
        roles=(_R.BUDGET_HOLDER,),
    ),
    Person(
        "ingrid.vale",
        "Ingrid Vale",
        "Head of legal, Monitoring Officer",
        "Democratic services",
        "ruth.alder",
        (_R.MONITORING_OFFICER,),
    ),
    Person(
        "hugh.penrose",
        "Hugh Penrose",
        "HR business partner",
        "Human resources",
        "ruth.alder",
        (_R.HR,),
    ),
    Person("farah.aziz", "Farah Aziz", "HR adviser", "Human resources", "hugh.penrose", (_R.HR,)),
    Person(
        "owen.clarke",
        "Owen Clarke",
        "Internal auditor",
        "Internal audit",
        "ruth.alder",
        (_R.AUDITOR,),
    ),
    # Elected members
    Person(
        "cllr.hartley",
        "Councillor Jean Hartley",
        "Leader of the council",
        "Democratic services",
        roles=(_R.ELECTED_MEMBER,),
    ),
    Person(
        "cllr.singh",
        "Councillor Amar Singh",
        "Portfolio holder for communities",
        "Democratic services",
        roles=(_R.ELECTED_MEMBER,),
    ),
    Person(
        "cllr.boyd",
        "Councillor Moira Boyd",
        "Chair of scrutiny",
        "Democratic services",
        roles=(_R.ELECTED_MEMBER,),
    ),
    # Libraries
    Person("grace.holloway", "Grace Holloway", "Head of libraries", "Libraries", "ruth.alder"),
    Person("priya.shah", "Priya Shah", "Library officer", "Libraries", "grace.holloway"),
    Person("ben.carter", "Ben Carter", "Events librarian", "Libraries", "grace.holloway"),
    Person(
        "lucy.marsh",
        "Lucy Marsh",
        "Library assistant",
        "Libraries",
        "grace.holloway",
        training="lapsed",
    ),
    # Leisure and parks
    Person("isaac.webb", "Isaac Webb", "Parks manager", "Leisure and parks", "ruth.alder"),
    Person("nadia.farouk", "Nadia Farouk", "Ranger", "Leisure and parks", "isaac.webb"),
    # Housing and community safety
    Person("colin.frost", "Colin Frost", "Housing manager", "Housing", "ruth.alder"),
    Person("jo.whitaker", "Jo Whitaker", "Tenancy officer", "Housing", "colin.frost"),
    Person("dev.patel", "Dev Patel", "Safety officer", "Community safety", "colin.frost"),
    # Highways, waste, planning, emergencies
    Person("martin.hale", "Martin Hale", "Highways manager", "Highways", "ruth.alder"),
    Person("ewa.nowak", "Ewa Nowak", "Roadworks coordinator", "Highways", "martin.hale"),
    Person("kelly.adams", "Kelly Adams", "Waste manager", "Waste and recycling", "ruth.alder"),
    Person("sam.osei", "Sam Osei", "Recycling officer", "Waste and recycling", "kelly.adams"),
    Person("helen.moss", "Helen Moss", "Planning manager", "Planning", "ruth.alder"),
    Person("rob.tandy", "Rob Tandy", "Planning officer", "Planning", "helen.moss"),
    Person(
        "yusuf.demir",
        "Yusuf Demir",
        "Emergency planning officer",
        "Emergency planning",
        "ruth.alder",
    ),
    # Customer services, and somebody who has left
    Person(
        "carol.dean",
        "Carol Dean",
        "Customer services adviser",
        "Customer services",
        "tom.okafor",
        training="none",
    ),
    Person(
        "peter.vance",
        "Peter Vance",
        "Waste officer",
        "Waste and recycling",
        "kelly.adams",
        left=True,
    ),
)
