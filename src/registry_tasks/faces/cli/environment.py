"""``registry environment``: the software of a version, written out again."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from registry_tasks.entities.environment_record import DeclaringFile, EnvironmentRecord
from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.hardware import Hardware
from registry_tasks.faces.cli.options import Json, Ref
from registry_tasks.faces.cli.output import (
    cell,
    print_bytes,
    print_items,
    print_json,
    print_text,
    size,
    write_new,
)
from registry_tasks.faces.cli.session import ask, registry_of


class Form(StrEnum):
    """What ``--as`` takes: each form of an environment, and the project's own files."""

    REQUIREMENTS = "requirements"
    CONDA = "conda"
    DOCKERFILE = "dockerfile"
    SBOM = "sbom"
    LOCK = "lock"
    JSON = "json"
    FILES = "files"


As = Annotated[Form | None, typer.Option("--as", help="Write it in this form.")]
To = Annotated[
    Path | None,
    typer.Option("--to", metavar="FILE", help="Where to; for files, a folder."),
]


def environment(
    context: typer.Context, ref: Ref, form: As = None, to: To = None, json: Json = False
) -> None:
    """Show the software of a version, or write it to a file."""
    from registry_tasks.registry.catalogue.environment import read, write

    if to is not None and form is None:
        raise InvalidSetting("--to", str(to), "say with --as what to write there")
    if form is None:
        record = ask(context, read.read_environment, ref)
        print_json(record) if json else print_text(*_page(record))
    elif form is Form.FILES:
        registry = registry_of(context)
        record = read.read_environment(registry, ref)
        files = read.read_declaring_files(registry, record)
        if to is not None:
            for name, content in files.items():
                write_new(to / name, content)
        elif json:
            print_items(read.as_texts(record, files))
        else:
            print_text(*_files(read.as_texts(record, files)))
    else:
        content = ask(context, write.write_environment, ref, form.value)
        if to is not None:
            write_new(to, content)
        else:
            print_bytes(content)


def _page(record: EnvironmentRecord) -> Iterator[str]:
    environment = record.environment
    yield f"{record.ref}  {record.semantic_version}  run {record.run}"
    yield f"  Python {environment.python} on {environment.platform}"
    if record.hardware is not None:
        yield from _machine(record.hardware)
    if environment.files:
        yield f"  declared by {', '.join(sorted(environment.files))}"
    if environment.packages:
        yield f"\n{len(environment.packages)} packages"
        width = max(map(len, environment.packages))
        for name, version in sorted(environment.packages.items()):
            url = environment.direct_urls.get(name)
            origin = "" if url is None else f"  from {cell(url.url)} {url.commit}".rstrip()
            how = "" if url is None or not url.editable else " (editable)"
            yield f"  {name:{width}}  {cell(version)}{origin}{how}"
    else:
        yield "  no packages were recorded with it"


def _machine(hardware: Hardware) -> Iterator[str]:
    memory = "" if hardware.memory_bytes is None else f", {size(hardware.memory_bytes)} of memory"
    yield f"  {cell(hardware.cpu)}, {hardware.cores} cores{memory}"
    for gpu in hardware.gpus:
        holds = "" if gpu.memory_bytes is None else f", {size(gpu.memory_bytes)}"
        yield f"  {cell(gpu.name)}{holds}, driver {cell(gpu.driver)}"


def _files(files: tuple[DeclaringFile, ...]) -> Iterator[str]:
    for file in files:
        yield f"== {file.path}  sha256 {file.sha256}"
        yield file.text.removesuffix("\n")
