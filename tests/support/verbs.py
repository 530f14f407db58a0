"""Which verb carries out which request, those that take no key among them.

Turning accounts on is the one verb that asks nobody: it finds accounts on and says so.
"""

from typing import Final

from registry_tasks.entities.access import IssueToken
from registry_tasks.registry.access.tokens import issue_token
from support import asking

VERBS: Final = {**asking.VERBS, IssueToken: issue_token}
