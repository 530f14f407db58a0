"""What can go wrong when a Prefect server is asked to run a flow."""

from registry_tasks.entities.errors.families import NotFound, Unavailable


class PrefectFailed(Unavailable):
    """A Prefect server cannot be reached, or does not do what it is asked to."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url, self.reason = url, reason

    def __str__(self) -> str:
        return f"Prefect at {self.url}: {self.reason}; look into its log, then retry"


class PrefectMissing(Unavailable):
    """A flow is to run, and no Prefect server is named to ask."""

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self.ref = ref

    def __str__(self) -> str:
        return (
            "no Prefect server is named; start the registry's server by `registry up` without "
            "--no-prefect, or set PREFECT_API_URL, or in a checkout run "
            f"`registry reproduce {self.ref}`"
        )


class FlowNotDeployed(Unavailable):
    """A Prefect server does not know a deployment that is asked for."""

    def __init__(self, url: str, deployment: str) -> None:
        super().__init__(url, deployment)
        self.url, self.deployment = url, deployment

    def __str__(self) -> str:
        return (
            f"Prefect at {self.url} has no deployment {self.deployment}; deploy it from the "
            "checkout: `registry deploy`"
        )


class FlowRunNotFound(NotFound):
    """A Prefect server does not know a flow run, or not any more."""

    def __init__(self, uuid: str) -> None:
        super().__init__(uuid)
        self.uuid = uuid

    def __str__(self) -> str:
        return f"Prefect has no flow run {self.uuid}; what came of it is in the version's history"
