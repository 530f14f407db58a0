"""Accounts, rights and tokens: who may not, and why an account cannot be changed so."""

from registry_tasks.entities.errors.families import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Refused,
)


class AccountClosed(Refused):
    """A closed account gets no rights and no tokens."""

    def __init__(self, account: str) -> None:
        super().__init__(account)
        self.account = account

    def __str__(self) -> str:
        return f"account {self.account!r} was closed; add another one under another name"


class LastAdmin(Refused):
    """Nobody could manage access any more; nothing was changed."""

    def __init__(self, account: str) -> None:
        super().__init__(account)
        self.account = account

    def __str__(self) -> str:
        way = "make somebody else an admin first: `registry access grant NAME admin`"
        return f"{self.account!r} is the only admin of all models; {way}"


class AccountsOff(Refused):
    """A registry without accounts has nobody to give a right or a token to."""

    def __init__(self, account: str) -> None:
        super().__init__(account)
        self.account = account

    def __str__(self) -> str:
        way = "the first one turns them on: `registry access start NAME`"
        return f"account {self.account!r}: this registry has no accounts; {way}"


class AccountsOn(Refused):
    """Accounts are turned on once."""

    def __str__(self) -> str:
        way = "an admin adds others: `registry access add`"
        again = "Where no admin has a token that holds, name an admin to let in again"
        return f"this registry has accounts already; {way}. {again}"


class AccountExists(Conflict):
    """Somebody is or was called so."""

    def __init__(self, account: str) -> None:
        super().__init__(account)
        self.account = account

    def __str__(self) -> str:
        return f"there is an account {self.account!r}; a name is given once, also a closed one's"


class AccountNotFound(NotFound):
    """Nobody is called so."""

    def __init__(self, account: str) -> None:
        super().__init__(account)
        self.account = account

    def __str__(self) -> str:
        return f"no account {self.account!r}; `registry access list` shows them"


class TokenNotFound(NotFound):
    """No token has this id."""

    def __init__(self, token: str) -> None:
        super().__init__(token)
        self.token = token

    def __str__(self) -> str:
        return f"no token {self.token!r}; `registry access tokens` lists them by id"


class KeyNotAllowed(Invalid):
    """What is asked for cannot be answered twice, so it takes no idempotency key."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"{self.what} takes no key: its answer is a secret, and is kept nowhere"


class TokenRefused(Forbidden):
    """The registry has accounts, and nobody is known by the token, or by none."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        way = "set REGISTRY_TOKEN, or ask an admin for one: `registry access token`"
        return f"this registry has accounts: {self.reason}; {way}"


class NotPermitted(Forbidden):
    """An account lacks a right; nothing was changed."""

    def __init__(self, actor: str, what: str, right: str) -> None:
        super().__init__(actor, what, right)
        self.actor, self.what, self.right = actor, what, right

    def __str__(self) -> str:
        way = f"an admin can give it: `registry access grant {self.actor} {self.right}`"
        return f"{self.actor} may not {self.what}; nothing was changed; {way}"
