"""What the upper floors tell the lower ones: every extension point and what fills it."""

from __future__ import annotations

from accounts import archiving, closing, evidence, handing_on, panels
from accounts.actions import importing
from accounts.actions.archives import KIND, demand_for_job, make_archive
from accounts.archive.entries import ENTRIES
from accounts.requests.begun import begun_requests
from jobs import kinds
from jobs.kinds import Kind
from monitoring.archived import MENTIONS
from monitoring.reactions import REPLIES
from publishing.actions import importing as posts_from_files
from publishing.archived import POSTS
from publishing.handing_on import drafts, repeating_posts
from publishing.on_accounts import content_plan, next_posts
from publishing.on_closing import Desk, still_open
from publishing.planning import reactions
from training.actions import importing as completions_from_files
from training.actions import package_imports
from training.evidence import lacks_learning, missing_learning


def install() -> None:
    """Fill the extension points, once, at start-up; doing it again changes nothing."""
    # Evidence: whether a person's learning is in date (accounts/evidence.py).
    evidence.register(missing_learning, lacks_learning)
    # Closing guards: what is still to go out on an account (accounts/closing.py).
    closing.register(still_open)
    # The desk that moves and cancels those posts while an account is being closed.
    closing.put_desk(Desk())
    # What is in an account's archive, in its order (accounts/archiving.py).
    archiving.register(POSTS)
    archiving.register(MENTIONS)
    archiving.register(ENTRIES)
    # Long work, by its key (jobs/kinds.py).
    kinds.register(importing.KIND)
    kinds.register(posts_from_files.KIND)
    kinds.register(completions_from_files.KIND)
    kinds.register(package_imports.KIND)
    kinds.register(Kind(KIND, make_archive, demand_for_job))
    # Account panels, in the order of the page (accounts/panels.py).
    panels.register(next_posts)
    panels.register(content_plan)
    # What people did about our posts (publishing/planning/reactions.py).
    reactions.register(REPLIES)
    # What somebody who leaves has begun, in the order of the form (accounts/handing_on.py).
    handing_on.register(drafts)
    handing_on.register(repeating_posts)
    handing_on.register(begun_requests)
