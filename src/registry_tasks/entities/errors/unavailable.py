"""Something needed is not there now: wait or set it up, then retry."""

from registry_tasks.entities.errors.families import Unavailable


class StoreLocked(Unavailable):
    """Another process held the store longer than the wait."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url

    def __str__(self) -> str:
        return f"{self.url} is locked by another process; nothing was changed, retry in a moment"


class StoreConflict(Unavailable):
    """The database gave up this transaction for another one; a retry goes through."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url

    def __str__(self) -> str:
        return f"{self.url}: another transaction came in between; nothing was changed, retry"


class StoreUnreachable(Unavailable):
    """The database server does not answer, or does not let this user in."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url, self.reason = url, reason

    def __str__(self) -> str:
        return f"{self.url} cannot be reached: {self.reason}; start it or correct REGISTRY_STORE, then retry"


class CommitUnknown(StoreUnreachable):
    """The connection was lost while a change was being committed."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)

    def __str__(self) -> str:
        return (
            f"{self.url} was lost in the middle of a commit ({self.reason}): the change is made as "
            "a whole or not at all, which cannot be told from here. Repeat the same call: with its "
            "key, or by its content, it has one effect"
        )


class StoreTimeout(Unavailable):
    """The store took longer than the limit of a statement, of a transaction or of the pool."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url, self.reason = url, reason

    def __str__(self) -> str:
        return f"{self.url}: {self.reason}; nothing was changed, retry when it is less busy"


class StoreNotDurable(Unavailable):
    """The server would lose acknowledged changes in a power cut."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url

    def __str__(self) -> str:
        return (
            f"{self.url} has fsync or full_page_writes off and could lose what it acknowledged; "
            "turn them on. Where loss does not matter: ALTER DATABASE ... SET "
            "registry.durability = 'relaxed'"
        )


class StoreReadOnly(Unavailable):
    """The store or its folder cannot be written."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    def __str__(self) -> str:
        return f"{self.place} is read-only; give this user the right to write, then retry"


class StoreIoFailed(Unavailable):
    """The operating system failed to read or write the store or a folder, which may be sound."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url, self.reason = url, reason

    def __str__(self) -> str:
        return f"{self.url}: {self.reason}; look at its disk or mount, then retry"


class DiskFull(Unavailable):
    """No space is left."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    def __str__(self) -> str:
        return f"no space left at {self.place}; nothing was half done, free some and retry"


class CpuSpent(Unavailable):
    """DVC stages took all the CPU time that they were given."""

    def __init__(self, cpu_s: int) -> None:
        super().__init__(cpu_s)
        self.cpu_s = cpu_s

    def __str__(self) -> str:
        return (
            f"its DVC stages were ended when they had taken {self.cpu_s} s of CPU time, which is "
            "all that they were given; nothing was kept, give them more and retry"
        )


class SchemaOlder(Unavailable):
    """The store was made by an older release."""

    def __init__(self, url: str, found: str, needed: str) -> None:
        super().__init__(url, found, needed)
        self.url, self.found, self.needed = url, found, needed

    def __str__(self) -> str:
        return (
            f"{self.url} has schema {self.found}, this release needs {self.needed}; back it up, "
            "then run `registry migrate`"
        )


class SchemaNewer(Unavailable):
    """The store was made by a newer release."""

    def __init__(self, url: str, found: str, known: str) -> None:
        super().__init__(url, found, known)
        self.url, self.found, self.known = url, found, known

    def __str__(self) -> str:
        return (
            f"{self.url} has schema {self.found}, which this release (up to {self.known}) does not "
            "know; upgrade registry-tasks"
        )


class LogNewer(Unavailable):
    """A log in Git was written by a newer release."""

    def __init__(self, place: str, commit: str, found: str) -> None:
        super().__init__(place, commit, found)
        self.place, self.commit, self.found = place, commit, found

    def __str__(self) -> str:
        return (
            f"the log in {self.place} has {self.found} at {self.commit}, which this release does "
            "not know: a newer one wrote it; upgrade registry-tasks"
        )


class ExportNewer(Unavailable):
    """An export was written by a newer release."""

    def __init__(self, folder: str, found: str, known: str) -> None:
        super().__init__(folder, found, known)
        self.folder, self.found, self.known = folder, found, known

    def __str__(self) -> str:
        return (
            f"{self.folder} has {self.found}, which this release (up to schema {self.known}) does "
            "not know; upgrade registry-tasks"
        )


class ExportOlder(Unavailable):
    """An export was written by an older release, whose tables were other ones."""

    def __init__(self, folder: str, found: str, needed: str, release: str) -> None:
        super().__init__(folder, found, needed, release)
        self.folder, self.found, self.needed, self.release = folder, found, needed, release

    def __str__(self) -> str:
        return (
            f"{self.folder} has schema {self.found}, this program imports {self.needed}; import it "
            f"into an empty store with a registry-tasks of schema {self.found}, which "
            f"`registry --version` tells (release {self.release} wrote it), then run "
            "`registry migrate` with this one"
        )


class RemoteMissing(Unavailable):
    """The place where objects live is not set up or not there."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason

    def __str__(self) -> str:
        return f"object remote {self.place}: {self.reason}; set REGISTRY_REMOTE or mount it, then retry"


class RemoteUnreachable(Unavailable):
    """The server of the object remote gave no answer that could be used, in all the time it had."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason

    def __str__(self) -> str:
        return (
            f"object remote {self.place} gives no good answer: {self.reason}; nothing was half "
            "done, retry in a while (REGISTRY_S3_DEADLINE gives it longer)"
        )


class RemoteRefused(Unavailable):
    """The server of the object remote understood a request and says no for a reason of its own."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason

    def __str__(self) -> str:
        return f"object remote {self.place} refuses: {self.reason}; set it right there, then retry"


class RemoteCredentials(Unavailable):
    """The credentials for the object remote are missing, wrong or expired."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason

    def __str__(self) -> str:
        return (
            f"object remote {self.place} does not know who asks: {self.reason}; renew the "
            "credentials that AWS_PROFILE, AWS_ACCESS_KEY_ID or ~/.aws name, then retry"
        )


class RemoteDenied(Unavailable):
    """The credentials are right, but may not do this."""

    def __init__(self, place: str, action: str) -> None:
        super().__init__(place, action)
        self.place, self.action = place, action

    def __str__(self) -> str:
        return (
            f"object remote {self.place} denies {self.action}; let its policy allow s3:ListBucket, "
            "s3:GetObject and, for writing, s3:PutObject to these credentials, then retry"
        )


class ClockSkewed(Unavailable):
    """This machine's clock is too far from the clock of the object remote's server."""

    def __init__(self, place: str, here: str, there: str) -> None:
        super().__init__(place, here, there)
        self.place, self.here, self.there = place, here, there

    def __str__(self) -> str:
        return (
            f"object remote {self.place} says it is {self.there}, this machine says {self.here}; "
            "set the clock that is wrong (NTP), then retry"
        )


class ProgramFailed(Unavailable):
    """Git or DVC ended with an error."""

    def __init__(self, program: str, arguments: str, said: str) -> None:
        super().__init__(program, arguments, said)
        self.program, self.arguments, self.said = program, arguments, said

    def __str__(self) -> str:
        return f"`{self.program} {self.arguments}` failed: {self.said.strip() or 'it said nothing'}"


class CodeNotHere(Unavailable):
    """The code of a version is in a repository that is not at hand."""

    def __init__(self, ref: str, commit: str, place: str) -> None:
        super().__init__(ref, commit, place)
        self.ref, self.commit, self.place = ref, commit, place

    def __str__(self) -> str:
        return (
            f"the code of {self.ref} is commit {self.commit} of {self.place}; "
            "run this in a checkout of that repository"
        )


class ExtraMissing(Unavailable):
    """An optional part of the package is not installed."""

    def __init__(self, purpose: str, extra: str) -> None:
        super().__init__(purpose, extra)
        self.purpose, self.extra = purpose, extra

    def __str__(self) -> str:
        return f"{self.purpose} needs an extra: pip install 'registry-tasks[{self.extra}]'"


class BrowserMissing(Unavailable):
    """A picture needs a browser to draw it, and there is none, or it does not start."""

    def __init__(self, file: str, said: str) -> None:
        super().__init__(file, said)
        self.file, self.said = file, said

    def __str__(self) -> str:
        return (
            f"{self.file} needs Chrome or Chromium to be drawn: {self.said}; install one (such as "
            "`apt install chromium`) or set BROWSER_PATH to it; a file that ends in .html needs none"
        )


class PortTaken(Unavailable):
    """Another program listens where a server was to."""

    def __init__(self, host: str, port: int, option: str, reason: str) -> None:
        super().__init__(host, port, option, reason)
        self.host, self.port, self.option, self.reason = host, port, option, reason

    def __str__(self) -> str:
        return (
            f"port {self.port} of {self.host} cannot be had: {self.reason}; nothing was started. "
            f"End what listens there, or name another port by {self.option}"
        )
