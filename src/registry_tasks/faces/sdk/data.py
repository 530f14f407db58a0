"""Data and software: what models were made from and with."""

import datetime as dt
from typing import TYPE_CHECKING

from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.dataset_record import (
        DatasetRecord,
        DatasetState,
        DatasetSummary,
        DatasetUser,
        DescribedDataset,
    )
    from registry_tasks.entities.environment_record import EnvironmentRecord


class Data(Session):
    """What the registry knows of datasets and of software environments."""

    def datasets(self, after: str = "", limit: int = 50) -> tuple["DatasetSummary", ...]:
        """Return all data that runs have read, by name; ``after`` is a name to go on from."""
        from registry_tasks.registry.catalogue.datasets import list_datasets

        return self._ask(list_datasets, after=after, limit=limit)

    def dataset(self, dataset: str) -> "DatasetRecord":
        """Return what is known of ``name`` in its newest state, or of ``name@md5``."""
        from registry_tasks.registry.catalogue.datasets import show_dataset

        return self._ask(show_dataset, dataset)

    def dataset_states(
        self, name: str, before: str | None = None, limit: int = 50
    ) -> tuple["DatasetState", ...]:
        """Return every state of data, newest first; ``before`` is an MD5 to go on from."""
        from registry_tasks.registry.catalogue.datasets import list_dataset_states

        return self._ask(list_dataset_states, name, before=before, limit=limit)

    def dataset_users(
        self, state: str, before: str | None = None, limit: int = 50
    ) -> tuple["DatasetUser", ...]:
        """Return the runs that read ``name@md5`` or ``md5:hash``, newest first, with their versions.

        ``before`` is a run to go on from.
        """
        from registry_tasks.registry.catalogue.datasets import list_dataset_users

        return self._ask(list_dataset_users, state, before=before, limit=limit)

    def describe_dataset(
        self,
        name: str,
        *,
        description: str | None = None,
        owner: str | None = None,
        sensitivity: str | None = None,
        source: str | None = None,
        retain_until: dt.date | str | None = None,
        key: str | None = None,
    ) -> "DescribedDataset":
        """Say what data is; None leaves a field alone, an empty text takes it away."""
        from registry_tasks.entities.dataset_record import DescribeDataset
        from registry_tasks.registry.catalogue.datasets import describe_dataset

        request = DescribeDataset.model_validate(
            {
                "name": name,
                "description": description,
                "owner": owner,
                "sensitivity": sensitivity,
                "source": source,
                "retain_until": retain_until,
                "key": key,
            }
        )
        return self._ask(describe_dataset, request)

    def environment(self, ref: str) -> "EnvironmentRecord":
        """Return the software and the machine that a version was made with."""
        from registry_tasks.registry.catalogue.environment.read import read_environment

        return self._ask(read_environment, ref)

    def environment_file(self, ref: str, form: str = "requirements") -> bytes:
        """Return a version's software as ``requirements``, ``conda``, ``dockerfile``, ``sbom``,
        ``json``, or the project's own ``lock`` file byte for byte.
        """
        from registry_tasks.registry.catalogue.environment.write import write_environment

        return self._ask(write_environment, ref, form)
