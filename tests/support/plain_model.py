"""The registry as a plain model: one model name, lists and dictionaries, no store.

Written from the documents and not from the code, to hold the two against each other. Every verb
returns what the real one must answer, or raises ``Says`` with the name of the error.
"""

from dataclasses import dataclass, field

from support.plain_approvals import GUARDED, Asked
from support.plain_bytes import Bytes, Kept
from support.plain_catalogue import Catalogue, Says

MODEL = "mower"
POOLS = ("experiment", "archived")
MOVES = {
    "experiment": ("staging",),
    "staging": ("production", "experiment", GUARDED),
    GUARDED: ("production", "experiment"),
    "production": ("experiment",),
    "archived": ("experiment",),
}
FOLLOWS = {"champion": "production"}
KEEP_SUPERSEDED = KEEP_STALE = 1
AT_LEAST = 0.5  # of auc, to enter production
POLICY = """
environments: [eu]
evaluation: {metric: auc, higher_is_better: true}
stages:
  production: [{gate: metric, metric: auc, at_least: 0.5}]
  guarded: [{gate: approved, author_may_approve: true}]
aliases: {champion: production}
retention: {keep_superseded: 1, keep_stale: 1}
"""
"""What a registry has to be told to be as the model."""

Move = tuple[str, str, str, str]  # ref, environment, source, target


@dataclass(frozen=True)
class Content:
    """What a version is made from and came to."""

    trees: int
    month: int  # of data
    columns: int  # of the signature
    content: int

    @property
    def recipe(self) -> tuple[int, int]:
        return self.trees, self.month


@dataclass
class Version(Kept):
    """A version and where it stands."""

    semantic: tuple[int, int, int]
    made: Content
    auc: float
    based_on: int | None
    same_recipe_as: int | None
    description: str = ""
    stages: dict[str, str] = field(default_factory=lambda: {"default": "experiment"})
    attempted: set[str] = field(default_factory=set)
    confirmations: int = 0

    @property
    def ref(self) -> str:
        return f"{MODEL}@{self.number}"

    def stage(self, environment: str = "default") -> str:
        return self.stages.get(environment, "experiment")


class Model(Catalogue, Bytes):
    """What a registry of one model must come to."""

    def __init__(self) -> None:
        super().__init__()
        self.versions: list[Version] = []
        self.aliases: dict[str, int] = {}
        self.left: dict[str, list[int]] = {}  # environment -> numbers, the last to leave first
        self.compared: set[tuple[int, int]] = set()  # version, incumbent
        self.requests: list[Asked] = []  # the oldest first
        self.has_pipeline = False
        self.runs: list[tuple[int, int | None]] = []

    # ---------------------------------------------------------------- references

    def find(self, kind: str, value: object) -> Version:
        """The version that a reference names, deleted or not."""
        there = [v for v in self.versions if not v.deleted]
        found: list[Version] = []
        match kind:
            case "number":
                found = [v for v in self.versions if v.number == value]
            case "semantic":
                found = [v for v in self.versions if v.semantic == value]
            case "latest":
                found = there[-1:]
            case "digest":
                same = [v for v in self.versions if v.made.content == value]
                found = [v for v in same if not v.deleted][:1] or same[:1]
            case "label":
                found = self._labelled(str(value))
        if not self.versions and kind != "digest":
            raise Says("ModelNotFound")
        if not found:
            raise Says("VersionNotFound")
        return found[0]

    def use(self, kind: str, value: object) -> Version:
        """The version that a reference names, to use it."""
        found = self.find(kind, value)
        if found.deleted:
            raise Says("VersionDeleted")
        return found

    def _labelled(self, label: str) -> list[Version]:
        for stage in ("staging", "production"):
            for environment in ("default", "eu"):
                if label == (stage if environment == "default" else f"{stage}-{environment}"):
                    return [v for v in self.versions if v.stage(environment) == stage]
        return [v for v in self.versions if v.number == self.aliases.get(label)]

    def holder(self, stage: str, environment: str) -> Version | None:
        if stage in POOLS:
            return None
        return next((v for v in self.versions if v.stage(environment) == stage), None)

    # ---------------------------------------------------------------- verbs

    def register(self, made: Content, auc: float) -> tuple[Version, bool]:
        """The version, and whether it is new."""
        for old in self.versions:
            if (old.made.recipe, old.made.content) == (made.recipe, made.content):
                if old.deleted:
                    self._run(made, None)
                    raise Says("ContentDeleted")
                self._run(made, old)
                old.confirmations += 1
                self._tell("version.confirmed", old)
                return old, False
        if not self.versions:
            self.history.append(("model.created", None, None, None))
        base = self._base()
        same = next((v for v in self.versions if v.made.recipe == made.recipe), None)
        new = Version(
            number=len(self.versions) + 1,
            semantic=self._next(base, made),
            made=made,
            auc=auc,
            based_on=None if base is None else base.number,
            same_recipe_as=None if same is None else same.number,
        )
        self.versions.append(new)
        self._run(made, new)
        self._tell("version.registered", new)
        return new, True

    def _run(self, made: Content, version: Version | None) -> None:
        if self.has_pipeline:
            self.runs.append((made.content, None if version is None else version.number))

    def _base(self) -> Version | None:
        there = [v for v in self.versions if not v.deleted]
        newest = (there or self.versions or [None])[-1]
        return self.holder("production", "default") or newest

    def _next(self, base: Version | None, made: Content) -> tuple[int, int, int]:
        if base is None:
            return 1, 0, 0
        taken = [v.semantic for v in self.versions]
        major, minor, _ = base.semantic
        if base.made.columns != made.columns:
            return max(s[0] for s in taken) + 1, 0, 0
        if base.made.trees != made.trees:
            return major, max(s[1] for s in taken if s[0] == major) + 1, 0
        return major, minor, max(s[2] for s in taken if s[:2] == (major, minor)) + 1

    def promote(
        self, version: Version, to: str, environment: str, expect: int | None
    ) -> tuple[list[Move], dict[str, str]]:
        source = version.stage(environment)
        if version.stage() == "archived":
            source = "archived"
        if source == to:
            return [], {}
        if to not in MOVES[source]:
            raise Says("IllegalMove")
        holder = self.holder(to, environment)
        if expect is not None and expect != (0 if holder is None else holder.number):
            raise Says("CurrentMoved")
        self.check_has_bytes(version)
        version.attempted.add(to)
        if to == "production" and version.auc < AT_LEAST:
            self._tell("version.refused", version)
            raise Says("GateFailed")
        if to == GUARDED:
            self._wait(version, environment)
            raise Says("AwaitingApproval")
        return self._enter(version, to, environment)

    def _enter(
        self, version: Version, to: str, environment: str
    ) -> tuple[list[Move], dict[str, str]]:
        holder, moves = self.holder(to, environment), []
        if holder is not None:
            moves.append(self._move(holder, "experiment", environment, "version.displaced"))
        moves.append(self._move(version, to, environment, "version.promoted"))
        return moves, self._follow(version, to, environment)

    def _wait(self, version: Version, environment: str) -> None:
        """Ask people, unless they are asked already about just this."""
        for asked in self.requests:
            if (asked.number, asked.environment, asked.outcome) == (
                version.number,
                environment,
                None,
            ):
                if asked.shown == self._shown(version, environment) and not asked.is_late:
                    return
                self._close(asked, "expired" if asked.is_late else "voided")
        self.requests.append(Asked(version.number, environment, self._shown(version, environment)))
        self._tell("approval.requested", version)

    def approve(self, asked: Asked) -> Asked:
        """Whoever says yes again hears what came of it."""
        if asked.outcome == "promoted":
            return asked
        version = self._decidable(asked)
        if over := self._over(asked):
            self._close(asked, over)
            raise Says("ApprovalClosed")
        self._tell("approval.decided", version)
        self._enter(version, GUARDED, asked.environment)
        self._close(asked, "promoted")
        return asked

    def reject(self, asked: Asked) -> Asked:
        if asked.outcome == "rejected":
            return asked
        version = self._decidable(asked)
        if asked.is_late:
            self._close(asked, "expired")
            raise Says("ApprovalClosed")
        self._tell("approval.decided", version)
        self._close(asked, "rejected")
        return asked

    def _decidable(self, asked: Asked) -> Version:
        if asked.outcome is not None:
            raise Says("ApprovalClosed")
        return self.versions[asked.number - 1]

    def let_requests_expire(self) -> None:
        for asked in self.requests:
            asked.is_late = True

    def carry_on(self) -> list[Asked]:
        """Close what is over; returns it."""
        found = [(a, over) for a in self.requests if a.outcome is None and (over := self._over(a))]
        for asked, over in found:
            self._close(asked, over)
        return [asked for asked, _ in found]

    def _over(self, asked: Asked) -> str | None:
        """How a request ends that nobody says yes to."""
        if asked.is_late:
            return "expired"
        version = self.versions[asked.number - 1]
        source = "archived" if version.stage() == "archived" else version.stage(asked.environment)
        is_free = not version.deleted and GUARDED in MOVES[source]
        holds = is_free and asked.shown == self._shown(version, asked.environment)
        return None if holds else "voided"

    def _shown(self, version: Version, environment: str) -> object:
        """What of the evidence can change: who is there, and whether the two were compared."""
        production = self.holder("production", environment)
        there = self.holder(GUARDED, environment)
        numbers = tuple(None if v is None else v.number for v in (production, there))
        return *numbers, (version.number, numbers[0]) in self.compared

    def _close(self, asked: Asked, outcome: str) -> None:
        asked.outcome = outcome
        self._tell("approval.closed", self.versions[asked.number - 1])

    def roll_back(self, environment: str, expect: int | None) -> tuple[list[Move], dict[str, str]]:
        if not self.versions:
            raise Says("ModelNotFound")
        holder = self.holder("production", environment)
        now = 0 if holder is None else holder.number
        if expect is not None and expect != now:
            raise Says("CurrentMoved")
        left = [n for n in self.left.get(environment, []) if not self.versions[n - 1].deleted]
        earlier = [n for n in left if n != now]
        if not earlier:
            raise Says("NothingToRollBack")
        back, moves = self.versions[earlier[0] - 1], []
        self.check_has_bytes(back)
        if holder is not None:
            moves.append(self._move(holder, "experiment", environment, "version.displaced"))
        if environment != "default" and back.stage() == "archived":
            moves.append(self._move(back, "experiment", "default", "version.restored"))
        moves.append(self._move(back, "production", environment, "version.rolled_back"))
        return moves, self._follow(back, "production", environment)

    def archive(self, version: Version) -> list[Move]:
        if version.stage() == "archived":
            return []
        if self._in_use(version):
            raise Says("InUse")
        return [self._move(version, "archived", "default", "version.archived")]

    def restore(self, version: Version) -> list[Move]:
        if version.stage() != "archived":
            raise Says("NotArchived")
        self.check_has_bytes(version)
        return [self._move(version, "experiment", "default", "version.restored")]

    def archive_by_policy(self) -> list[Move]:
        if not self.versions:
            raise Says("ModelNotFound")
        there = [v for v in self.versions if not v.deleted]
        left = [n for n in self.left.get("default", []) if not self.versions[n - 1].deleted]
        risen = [v.number for v in there if {"staging", "production"} & {*v.stages.values()}]
        pool = [v for v in there if {*v.stages.values()} == {"experiment"}]
        free = [v for v in pool if not (v.held or self._in_use(v))]
        old = [v for v in free if v.number in left[KEEP_SUPERSEDED:]]
        stale = [v for v in free if v.number not in left and v.number < max(risen, default=0)]
        chosen = [*old, *sorted(stale, key=lambda v: -v.number)[KEEP_STALE:]]
        return [
            self._move(v, "archived", "default", "version.archived")
            for v in sorted(chosen, key=lambda v: v.number)
        ]

    def point_alias(self, version: Version, alias: str, expect: int | None) -> None:
        if alias in FOLLOWS or alias in MOVES:
            raise Says("ReservedAlias")
        if expect is not None and expect != self.aliases.get(alias, 0):
            raise Says("CurrentMoved")
        self.check_has_bytes(version)
        self._point(version, alias)

    def remove_alias(self, alias: str) -> Version:
        if alias in FOLLOWS or alias in MOVES:
            raise Says("ReservedAlias")
        if not self.versions:
            raise Says("ModelNotFound")
        if alias not in self.aliases:
            raise Says("VersionNotFound")
        version = self.versions[self.aliases.pop(alias) - 1]
        before = {"alias": alias, "version": version.number}
        self.history.append(("alias.removed", version.number, before, None))
        return version

    def describe(self, version: Version, text: str) -> None:
        before, version.description = version.description, text
        told = {"description": before}, {"description": text}
        self.history.append(("version.described", version.number, *told))

    def delete(self, version: Version, reason: str) -> str:
        """The reason on the tombstone."""
        if version.deleted:
            return version.deleted
        if self._in_use(version) or version.held or self._judged_by(version):
            raise Says("NotDeletable")
        version.deleted = reason
        self._tell("version.deleted", version)
        return reason

    def hold(self, version: Version, reason: str) -> None:
        self.check_has_bytes(version)
        if version.held != reason:
            self._tell("version.held", version)
        version.held = reason

    def release(self, version: Version) -> None:
        if version.held:
            self._tell("version.released", version)
        version.held = None

    def drop(self, version: Version, reason: str) -> str:
        """Why it is without its bytes."""
        is_free = version.stage() == "archived" and not self._in_use(version)
        return self.drop_bytes(version, version.made.content, reason, is_free)

    def compare(self, version: int, incumbent: int) -> None:
        self.compared.add((version, incumbent))
        self.history.append(("run.compared", None, None, None))

    def aliases_of(self, version: Version) -> tuple[str, ...]:
        return tuple(sorted(a for a, number in self.aliases.items() if number == version.number))

    # ---------------------------------------------------------------- what follows from a change

    def _move(self, version: Version, to: str, environment: str, kind: str) -> Move:
        source = version.stage(environment)
        version.stages[environment] = to
        if source == "production":
            left = self.left.setdefault(environment, [])
            self.left[environment] = [version.number, *(n for n in left if n != version.number)]
        before = {"stage": source, "environment": environment}
        after = {"stage": to, "environment": environment}
        self.history.append((kind, version.number, before, after))
        return version.ref, environment, source, to

    def _follow(self, version: Version, stage: str, environment: str) -> dict[str, str]:
        names = [a for a, s in FOLLOWS.items() if s == stage and environment == "default"]
        for name in names:
            self._point(version, name)
        return dict.fromkeys(names, version.ref)

    def _point(self, version: Version, alias: str) -> None:
        before = self.aliases.get(alias)
        if before == version.number:
            return
        self.aliases[alias] = version.number
        told = {"alias": alias, "version": before}, {"alias": alias, "version": version.number}
        self.history.append(("alias.moved", version.number, *told))

    def _in_use(self, version: Version) -> bool:
        stands = any(stage not in POOLS for stage in version.stages.values())
        return stands or version.number in self.aliases.values() or version.is_used

    def _judged_by(self, version: Version) -> bool:
        return any(
            incumbent == version.number
            and any(s not in POOLS for s in self.versions[other - 1].stages.values())
            for other, incumbent in self.compared
        )

    def _tell(self, kind: str, version: Version) -> None:
        self.history.append((kind, version.number, None, None))
