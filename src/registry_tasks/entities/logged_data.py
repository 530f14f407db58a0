"""Data that a run outside DVC read: which bytes, and what they look like."""

from typing import Annotated, Final

from pydantic import AfterValidator, Field

from registry_tasks.entities.dataset import DatasetColumn, DatasetShape, DatasetUse
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.texts import check_line

NO_STAGE: Final = ""
"""Instead of a DVC stage, where none read the data."""
_BIGGEST: Final = 2**63 - 1


class LoggedData(Entity):
    """One state of a dataset, told by whoever read it; its bytes stay where they are.

    ``md5`` is that of the file, or DVC's of a folder, which ends in ``.dir``. Without ``format``
    nothing is said of its columns.
    """

    name: Annotated[str, AfterValidator(lambda text: check_line("name of data", text))]
    md5: str = Field(pattern=r"^[0-9a-f]{32}(\.dir)?$")
    size_bytes: int = Field(ge=0, le=_BIGGEST)
    files: int = Field(default=1, ge=0, le=2**31 - 1)
    format: Annotated[str, AfterValidator(lambda text: text and check_line("format", text))] = ""
    rows: int | None = Field(default=None, ge=0, le=_BIGGEST)
    columns: tuple[DatasetColumn, ...] = Field(default=(), max_length=1000)
    note: str = Field(default="", max_length=1000)

    def use(self) -> DatasetUse:
        """Return it as something that a run read, without a DVC stage."""
        return DatasetUse(
            name=self.name,
            md5=self.md5,
            size_bytes=self.size_bytes,
            files=self.files,
            stage=NO_STAGE,
        )

    def shape(self) -> DatasetShape | None:
        """Return what it looks like, if that is told."""
        if not self.format:
            return None
        return DatasetShape(
            name=self.name,
            md5=self.md5,
            format=self.format,
            rows=self.rows,
            columns=self.columns,
            note=self.note,
        )
