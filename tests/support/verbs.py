"""Which verb carries out which request, those that take no key among them.

Turning accounts on is the one verb that asks nobody: it finds accounts on and says so.
"""

from typing import Final

from registry_tasks.entities.access import IssueToken
from registry_tasks.entities.approval import DecideByCode, IssueCode
from registry_tasks.entities.reproduction import Reproduce
from registry_tasks.entities.subscription import RotateSecret, Subscribe
from registry_tasks.faces.reproducing import reproduce
from registry_tasks.registry.access.tokens import issue_token
from registry_tasks.registry.lifecycle.approval_codes import decide_by_code, issue_code
from registry_tasks.registry.outward.subscriptions import rotate_secret, subscribe
from support import asking

VERBS: Final = {
    **asking.VERBS,
    IssueToken: issue_token,
    Subscribe: subscribe,
    RotateSecret: rotate_secret,
    IssueCode: issue_code,
    DecideByCode: decide_by_code,
    Reproduce: reproduce,
}
