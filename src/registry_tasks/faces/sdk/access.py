"""Access: who may do what."""

from typing import TYPE_CHECKING

from registry_tasks.entities.access import DAYS
from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.access import Account, IssuedToken, Right, Token


class Access(Session):
    """Accounts, their rights and their tokens; all but one's own tokens is for admins."""

    def start_accounts(self, account: str, *, days: int = DAYS) -> "IssuedToken":
        """Let nobody act without a token from now on; returns one of the first account, an admin."""
        from registry_tasks.entities.access import TurnOnAccounts
        from registry_tasks.registry.access.accounts import turn_on_accounts

        return self._ask(turn_on_accounts, TurnOnAccounts(account=account, days=days))

    def add_account(
        self,
        account: str,
        *,
        rights: "tuple[Right, ...]" = (),
        service: bool = False,
        key: str | None = None,
    ) -> "Account":
        """Add an account: a person's, or a program's with ``service``."""
        from registry_tasks.entities.access import AccountKind, AddAccount
        from registry_tasks.registry.access.accounts import add_account

        kind = AccountKind.SERVICE if service else AccountKind.PERSON
        return self._ask(
            add_account, AddAccount(account=account, kind=kind, rights=rights, key=key)
        )

    def close_account(self, account: str, reason: str = "", *, key: str | None = None) -> "Account":
        """Close an account for good, its tokens with it."""
        from registry_tasks.entities.access import CloseAccount
        from registry_tasks.registry.access.accounts import close_account

        return self._ask(close_account, CloseAccount(account=account, reason=reason, key=key))

    def grant_right(
        self, account: str, right: "Right", reason: str = "", *, key: str | None = None
    ) -> "Account":
        """Let an account do something; a model that is not there yet is made."""
        from registry_tasks.entities.access import GrantRight
        from registry_tasks.registry.access.accounts import grant_right

        request = GrantRight(account=account, right=right, reason=reason, key=key)
        return self._ask(grant_right, request)

    def revoke_right(
        self, account: str, right: "Right", reason: str = "", *, key: str | None = None
    ) -> "Account":
        """Take a right away."""
        from registry_tasks.entities.access import RevokeRight
        from registry_tasks.registry.access.accounts import revoke_right

        request = RevokeRight(account=account, right=right, reason=reason, key=key)
        return self._ask(revoke_right, request)

    def accounts(self, *, after: str = "", limit: int = 100) -> "tuple[Account, ...]":
        """Return accounts with their rights, by name; ``after`` is one to go on from."""
        from registry_tasks.registry.access.accounts import list_accounts

        return self._ask(list_accounts, after=after, limit=limit)

    def issue_token(self, account: str, *, label: str = "", days: int = DAYS) -> "IssuedToken":
        """Make a token. Its secret is in the answer and kept nowhere."""
        from registry_tasks.entities.access import IssueToken
        from registry_tasks.registry.access.tokens import issue_token

        return self._ask(issue_token, IssueToken(account=account, label=label, days=days))

    def tokens(
        self, account: str | None = None, *, before: str | None = None, limit: int = 100
    ) -> "tuple[Token, ...]":
        """Return an account's tokens, newest first, or everybody's; ``before`` is a token's id."""
        from registry_tasks.registry.access.tokens import list_tokens

        return self._ask(list_tokens, account, before=before, limit=limit)

    def revoke_token(self, token: str, *, key: str | None = None) -> "Token":
        """Make a token worthless by its id, and the sessions that it began."""
        from registry_tasks.entities.access import RevokeToken
        from registry_tasks.registry.access.tokens import revoke_token

        return self._ask(revoke_token, RevokeToken(token=token, key=key))
