"""What the database itself refuses about packages: that one in use changes or goes.

People were judged by what its manifest said, by the pass marks of its parts and by those very
files. A package is written while its version is a draft, and the last step publishes that.

As with `training.triggers.courses`, a later migration of `ScormPackage`, `PackageFile` or
`PackagePart` must call `remove` before and `install` after.
"""

from __future__ import annotations

from training.triggers.published import parts_stand

REFUSED = "a published package is never changed"

_OF_PACKAGE = "SELECT p.version_id FROM training_scormpackage p WHERE p.id = {row}.package_id"
_TRIGGERS = parts_stand(
    {
        "training_scormpackage": (
            "SELECT id FROM training_courseversion WHERE id = {row}.version_id"
        ),
        "training_packagefile": _OF_PACKAGE,
        "training_packagepart": _OF_PACKAGE,
    },
    REFUSED,
)
install, remove = _TRIGGERS.install, _TRIGGERS.remove
