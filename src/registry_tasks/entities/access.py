"""Who may do what: accounts, tokens, and the rights that an account was granted."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar, Final, Self

from pydantic import AfterValidator, Field, model_validator

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.names import ModelName, check_account, check_label
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.request import Request
from registry_tasks.entities.secrets import PREFIX
from registry_tasks.entities.texts import Prose

ANY: Final = "*"
"""Instead of a stage or an alias: every one of them."""
DAYS: Final = 90
"""How long a token holds if nobody says it."""
MAX_DAYS: Final = 3_660
SESSION: Final = timedelta(hours=12)
"""How long a browser stays logged in, unless its token ends before."""


def _check_token_id(text: str) -> str:
    if text.startswith(PREFIX):
        raise ValueError("name a token by its id, which is no secret; nobody lists secrets")
    return text


AccountName = Annotated[str, AfterValidator(check_account)]
StageOrAlias = Annotated[
    str, AfterValidator(lambda text: text if text == ANY else check_label(text))
]


class AccountKind(StrEnum):
    """A person, who can log in and approve; or a program, such as a scheduled flow."""

    PERSON = "person"
    SERVICE = "service"


class Role(StrEnum):
    """What somebody does with models: rules/access.py says what each may."""

    VIEWER = "viewer"
    DEVELOPER = "developer"
    APPROVER = "approver"
    ADMIN = "admin"


class Right(Entity):
    """One thing an account may: a role, or to move one stage or one alias. Of all models if None.

    Exactly one of ``role``, ``stage`` and ``alias`` is there; ``*`` means every stage or alias. A
    stage in an environment is written ``production-eu``.
    """

    model: ModelName | None = None
    role: Role | None = None
    stage: StageOrAlias | None = None
    alias: StageOrAlias | None = None

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if [self.role, self.stage, self.alias].count(None) != 2:
            raise ValueError("name one of role, stage and alias")
        return self

    def __str__(self) -> str:
        what = self.role or (f"stage {self.stage}" if self.stage else f"alias {self.alias}")
        return f"{what} of {self.model or 'all models'}"


class Identity(Entity):
    """Who acts, and what they may; ``rights`` is None in a registry without accounts."""

    actor: str
    rights: tuple[Right, ...] | None = None


class Account(Entity):
    """Somebody or something that acts; a closed one never acts again, and keeps its name."""

    name: str
    kind: AccountKind
    created_at: datetime
    created_by: str
    closed_at: datetime | None = None
    rights: tuple[Right, ...] = ()


class Token(Entity):
    """What is known of a secret; the secret itself is nowhere."""

    uuid: str
    account: str
    label: str
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None = None
    session: bool = False  # of a browser, made by logging in with another token


class IssuedToken(Entity):
    """A new token with its secret, which is shown here and never again."""

    token: Token
    secret: str = Field(repr=False)


class TurnOnAccounts(Request):
    """Let nobody act without a token any more; ``account`` is the first one, an admin.

    Where accounts are on and no admin has a token that holds, it lets an admin in again.
    """

    needs: ClassVar = Permission.ACCESS
    takes_key: ClassVar = False

    account: AccountName
    days: int = Field(default=DAYS, ge=1, le=MAX_DAYS)


class AddAccount(Request):
    """Add an account to a registry that has accounts."""

    needs: ClassVar = Permission.ACCESS

    account: AccountName
    kind: AccountKind = AccountKind.PERSON
    rights: tuple[Right, ...] = ()


class CloseAccount(Request):
    """Close an account for good, its tokens with it."""

    needs: ClassVar = Permission.ACCESS

    account: AccountName
    reason: Prose = ""


class GrantRight(Request):
    """Let an account do something."""

    needs: ClassVar = Permission.ACCESS

    account: AccountName
    right: Right
    reason: Prose = ""


class RevokeRight(Request):
    """Take a right away."""

    needs: ClassVar = Permission.ACCESS

    account: AccountName
    right: Right
    reason: Prose = ""


class IssueToken(Request):
    """Make a token for an account; people may for themselves."""

    needs: ClassVar = Permission.OWN_TOKENS
    tells_secret: ClassVar = True

    account: AccountName
    label: Prose = ""
    days: int = Field(default=DAYS, ge=1, le=MAX_DAYS)


class RevokeToken(Request):
    """Make a token worthless, and the sessions that it began."""

    needs: ClassVar = Permission.OWN_TOKENS

    token: Annotated[str, AfterValidator(_check_token_id)]  # UUID
