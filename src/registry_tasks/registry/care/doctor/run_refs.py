"""The refs that keep the commits of runs: here, and on the Git remotes that this clone knows."""

import shlex
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple

from registry_tasks.entities.errors import ProgramFailed
from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.run import RUN_REFS
from registry_tasks.registry.care.doctor.ailment import ANEW, BY_SYNC, Ailment, Mend, Remedy, ail
from registry_tasks.registry.care.doctor.refs import Expected, Refs, deliver
from registry_tasks.registry.ledger.share import LIMIT_S
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.git import delivery
from registry_tasks.stores.git.mending import point_ref
from registry_tasks.stores.git.remotes import list_refs_on, list_remotes

_ORIGIN: Final = "origin"


class _Ref(NamedTuple):
    """A ref as it should be, and whether the commit is here to be kept."""

    name: str
    commit: str
    is_here: bool

    @property
    def spec(self) -> str:
        """What fetches it."""
        return f"+{self.name}:{self.name}"

    def keep(self, registry: Registry) -> None:
        """Make it anew."""
        point_ref(registry.repository.common_dir, self.name, self.commit)


class _Elsewhere:
    """What Git remotes keep; asked once, and only if something is not here."""

    def __init__(self, registry: Registry) -> None:
        self.shared, self._folder = registry.settings.git_remote, registry.repository.root

    @cached_property
    def remotes(self) -> tuple[str, ...]:
        """The one that all clones share, else all that this one knows."""
        return (self.shared,) if self.shared else list_remotes(self._folder)

    @cached_property
    def answers(self) -> Mapping[str, Refs | None]:
        """Refs of runs by remote, None for one that does not answer."""
        return {remote: self._ask(remote) for remote in self.remotes}

    def having(self, ref: _Ref) -> str | None:
        """Return a remote that keeps the commit under the ref."""
        for remote, refs in self.answers.items():
            if refs is not None and refs.get(ref.name) == ref.commit:
                return remote
        return None

    def should_have(self) -> bool:
        """Whether the remote that all clones share answers: what it lacks was never sent, or lost."""
        return self.shared is not None and self.answers[self.shared] is not None

    def fetching(self, ref: _Ref) -> Remedy:
        """Name what fetches a ref: from a remote that has it, or from a clone that somebody knows."""
        remote = self.having(ref)
        if remote is not None:
            return Remedy(f"git fetch {shlex.quote(remote)} {ref.spec}")
        guess = next(iter(self.remotes), _ORIGIN)
        advice = f"with a clone that has it in place of {guess}"
        return Remedy(f"git fetch {shlex.quote(guess)} {ref.spec}", advice)

    @property
    def told(self) -> str:
        """Say who lacks what ``having`` did not find, and who may have it."""
        silent = [remote for remote, refs in self.answers.items() if refs is None]
        lacking = [remote for remote in self.answers if remote not in silent]
        told = [f"nor does {' or '.join(lacking)} have it"] if lacking else []
        told += [f"{' and '.join(silent)} did not answer"] if silent else []
        return "".join(f", {one}" for one in told)

    def _ask(self, remote: str) -> Refs | None:
        try:
            return list_refs_on(self._folder, LIMIT_S, remote, f"{RUN_REFS}/*")
        except ProgramFailed:  # which the finding tells
            return None


def kept(registry: Registry, expected: Expected, refs: Refs) -> Iterator[Ailment]:
    """Look for runs whose commit no ref keeps, so that Git may collect it.

    What another clone made and a remote keeps was only not fetched, which harms nothing.
    """
    wrong = [
        (run, run.commit)
        for run in expected.runs
        if run.commit is not None
        and run.repository in expected.names
        and refs.get(f"{RUN_REFS}/{run.uuid}") != run.commit
    ]
    if not wrong:
        return
    commits = (commit for _, commit in wrong)
    here = delivery.look(registry.repository.common_dir, (), (), commits).commits
    elsewhere = _Elsewhere(registry)
    for run, commit in wrong:
        ref = _Ref(f"{RUN_REFS}/{run.uuid}", commit, commit in here)
        lost = f"no ref keeps commit {commit} of {run.ref}"
        if found := refs.get(ref.name):
            what = f"it leads to {found}, not to {commit} of {run.ref} as recorded"
            yield _gone(FindingKind.REF_MOVED, ref, what, elsewhere)
        elif (registry.settings.state / "runs" / run.uuid).is_dir():  # it left its logs
            yield _gone(FindingKind.REF_MISSING, ref, f"{lost}, which was made here", elsewhere)
        else:
            yield _unfetched(ref, lost, elsewhere)


def unknown(expected: Expected, refs: Refs) -> Iterator[Ailment]:
    """Look for refs of runs that the store does not know, as when it was lost or is another."""
    known = {run.uuid for run in expected.runs}
    for ref, commit in refs.items():
        if ref.removeprefix(f"{RUN_REFS}/") not in known:
            what = f"it keeps commit {commit} of a run that is not in the store"
            advice = f"if the store was lost, or is another one; else: git update-ref -d {ref}"
            remedy = Remedy(ANEW.command, advice)
            yield ail(FindingKind.REF_UNKNOWN, ref, what, remedy)


def _gone(kind: FindingKind, ref: _Ref, what: str, elsewhere: _Elsewhere) -> Ailment:
    """Something took it away or moved it; without its commit, another clone has to help."""
    if ref.is_here:
        return ail(
            kind, ref.name, what, Remedy(f"git update-ref {ref.name} {ref.commit}"), ref.keep
        )
    what = f"{what}, and the commit is lost here"
    return ail(kind, ref.name, what, elsewhere.fetching(ref))


def _unfetched(ref: _Ref, lost: str, elsewhere: _Elsewhere) -> Ailment:
    """Another clone made it: an alarm only where it is on no remote, and should be here or there."""
    remote = elsewhere.having(ref)
    if remote is not None:
        what = f"{lost} here; {remote} keeps it, and it was not fetched"
        shared = remote == elsewhere.shared
        remedy = BY_SYNC if shared else elsewhere.fetching(ref)
        mend: Mend | None = deliver if shared else None
        mend = ref.keep if ref.is_here else mend
        return ail(FindingKind.REF_ELSEWHERE, ref.name, what, remedy, mend, note=True)
    if ref.is_here:
        return _gone(FindingKind.REF_MISSING, ref, f"{lost}{elsewhere.told}", elsewhere)
    what = f"{lost}, and the commit is not here{elsewhere.told}"
    if elsewhere.should_have():
        remedy = Remedy(BY_SYNC.command, "in the clone that made it")
        return ail(FindingKind.REF_MISSING, ref.name, what, remedy)
    return ail(FindingKind.REF_ELSEWHERE, ref.name, what, elsewhere.fetching(ref), note=True)
