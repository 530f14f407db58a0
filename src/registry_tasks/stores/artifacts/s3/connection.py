"""Requests to one bucket through s3fs: each is retried, and each ends in time."""

import asyncio
import os
import random
import threading
import weakref
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Final, TypeVar

import s3fs

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.errors import RemoteDenied, RemoteUnreachable
from registry_tasks.stores.artifacts.s3.answers import Hidden, Transient, judge
from registry_tasks.stores.artifacts.s3.deadline import Deadline

ATTEMPTS: Final = 10
_FIRST_PAUSE_S: Final = 0.1
_LONGEST_PAUSE_S: Final = 5.0
_open: Final = weakref.WeakValueDictionary[int, Any]()
"""Every file system of this process that is still of use."""
_inherited: Final = list[Any]()
"""Those of the processes that this one was forked from, never let go of.

Their loops' epoll is shared: to close their sockets here would make them deaf there.
"""
os.register_at_fork(after_in_child=lambda: _inherited.extend(_open.values()))
_T = TypeVar("_T")
Act = Callable[[Any], Awaitable[_T]]
"""One request, given aiobotocore's client."""


class Connection:
    """One bucket, reached as botocore's own chain of settings and credentials says.

    Neither s3fs nor botocore retries here: they know nothing of the deadline.
    """

    def __init__(self, bucket: Bucket) -> None:
        self.bucket, self.place = bucket, str(bucket)
        self._lock = threading.Lock()
        self._filesystem: Any = None
        self._process = 0

    def run(self, work: Coroutine[Any, Any, _T], deadline: Deadline) -> _T:
        """Do the work in s3fs's own thread; when time is up, or the caller is, it is cancelled.

        Raises: RemoteUnreachable and what the work raises.
        """
        future = asyncio.run_coroutine_threadsafe(work, self._opened().loop)
        try:
            # The work ends in time by itself; this is for the case that it cannot.
            return future.result(deadline.left() + deadline.seconds * 0.05)
        except TimeoutError as error:
            raise RemoteUnreachable(self.place, f"{deadline.seconds:.0f} s are over") from error
        finally:
            future.cancel()

    async def request(
        self, action: str, act: Act[_T], deadline: Deadline, size_bytes: int = 0
    ) -> _T:
        """Make a request of so many bytes until it works, time is up or it makes no sense.

        Raises: RemoteUnreachable, RemoteMissing, RemoteRefused, RemoteCredentials, RemoteDenied,
        RemoteCannot, ClockSkewed, NoSuchObject, NotOnRecord, Hidden.
        """
        for attempt in range(ATTEMPTS):
            try:
                return await asyncio.wait_for(self._once(act), deadline.attempt(size_bytes))
            except Exception as error:
                why = judge(self.place, action, error)
                if not isinstance(why, Transient):
                    raise why from (None if why is error else error)
                pause = min(_FIRST_PAUSE_S * 2**attempt, _LONGEST_PAUSE_S) * random.uniform(0.5, 1)
                if attempt + 1 == ATTEMPTS or pause >= deadline.left():
                    tried = f"{action} tried {attempt + 1} times in {deadline.spent():.1f} s"
                    raise RemoteUnreachable(self.place, f"{tried}: {why}") from error
            await asyncio.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    async def call(self, method: str, deadline: Deadline, **parameters: Any) -> dict[str, Any]:
        """Call a method of the S3 API whose answer is small."""

        async def act(client: Any) -> dict[str, Any]:
            answer: dict[str, Any] = await getattr(client, method)(
                Bucket=self.bucket.name, **parameters
            )
            return answer

        try:
            return await self.request(method, act, deadline, len(parameters.get("Body", b"")))
        except Hidden as error:
            await self._ask_why(deadline, parameters.get("Key"))
            raise RemoteDenied(self.place, f"{method} ({error})") from error

    async def _ask_why(self, deadline: Deadline, key: str | None) -> None:
        """Ask for the same with a method whose refusal has a body. Raises what it says."""

        async def act(client: Any) -> None:
            if key is None:
                await client.list_objects_v2(Bucket=self.bucket.name, MaxKeys=1)
            else:
                answer = await client.get_object(Bucket=self.bucket.name, Key=key)
                answer["Body"].close()

        await self.request("list_objects_v2" if key is None else "get_object", act, deadline)

    async def _once(self, act: Act[_T]) -> _T:
        return await act(await self._opened().set_session())

    def _opened(self) -> Any:
        """Return s3fs's file system, one a process: no socket is shared with a fork."""
        with self._lock:
            if self._filesystem is None or self._process != os.getpid():
                self._process = os.getpid()
                self._filesystem = s3fs.S3FileSystem(
                    use_listings_cache=False,
                    skip_instance_cache=True,
                    config_kwargs={
                        "retries": {"total_max_attempts": 1, "mode": "standard"},
                        "max_pool_connections": 32,
                        "signature_version": "s3v4",  # also in links, where older ones linger
                        # Not every server knows them, and the bytes are hashed here anyway.
                        "request_checksum_calculation": "when_required",
                        "response_checksum_validation": "when_required",
                    },
                )
                _open[id(self._filesystem)] = self._filesystem
            return self._filesystem


async def all_of(works: Sequence[Coroutine[Any, Any, _T]]) -> list[_T]:
    """Await all; the first that fails cancels the others, and its error is the one raised."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
