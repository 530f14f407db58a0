"""Write an environment as a bill of materials: CycloneDX 1.6, by its own library."""

from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import TYPE_CHECKING
from uuid import UUID

from registry_tasks.entities.environment import DirectUrl, UrlKind
from registry_tasks.entities.environment_record import EnvironmentRecord
from registry_tasks.entities.errors import EnvironmentNotRecorded, ExtraMissing
from registry_tasks.registry.catalogue.environment.requirements import NAME

if TYPE_CHECKING:
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component
    from cyclonedx.model.license import License
    from packageurl import PackageURL


def write_sbom(record: EnvironmentRecord) -> str:
    """Return JSON: the model, and every distribution it was made with.

    The same version gives the same text, but for licences: they are those of the distributions
    that are installed here in the recorded version, and left out for all others.
    Raises: ExtraMissing, EnvironmentNotRecorded.
    """
    try:
        from cyclonedx.output.json import JsonV1Dot6
    except ModuleNotFoundError:
        raise ExtraMissing("writing a bill of materials", "sbom") from None
    if not record.environment.packages:
        raise EnvironmentNotRecorded(record.ref, "no software was recorded with it")
    return JsonV1Dot6(_bom(record)).output_as_string(indent=2) + "\n"


def _bom(record: EnvironmentRecord) -> "Bom":
    from cyclonedx.model import Property
    from cyclonedx.model.bom import Bom, BomMetaData

    model, components = _model(record), [_python(record), *_packages(record)]
    facts = {"run": record.run, "commit": record.commit, "platform": record.environment.platform}
    bom = Bom(
        serial_number=UUID(record.uuid),
        metadata=BomMetaData(
            component=model,
            timestamp=record.ended_at,
            properties=[
                Property(name=f"registry:{name}", value=value) for name, value in facts.items()
            ],
        ),
        components=components,
    )
    bom.register_dependency(model, components)
    return bom


def _model(record: EnvironmentRecord) -> "Component":
    from cyclonedx.model import HashAlgorithm, HashType
    from cyclonedx.model.component import Component, ComponentType

    return Component(
        type=ComponentType.MACHINE_LEARNING_MODEL,
        name=record.model,
        version=record.semantic_version,
        bom_ref=record.ref,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=record.sha256)],
    )


def _python(record: EnvironmentRecord) -> "Component":
    from cyclonedx.model.component import Component, ComponentType
    from packageurl import PackageURL

    version = record.environment.python
    purl = PackageURL("generic", name="python", version=version)
    return Component(
        type=ComponentType.PLATFORM, name="python", version=version, purl=purl, bom_ref=str(purl)
    )


def _packages(record: EnvironmentRecord) -> Iterator["Component"]:
    from cyclonedx.model import Property
    from cyclonedx.model.component import Component, ComponentType

    for name, version in sorted(record.environment.packages.items()):
        url = record.environment.direct_urls.get(name)
        is_local = url is not None and url.kind is UrlKind.LOCAL
        purl = None if is_local else _purl(name, version, url)
        where = [Property(name="registry:installed-from", value=url.url)] if url else []
        yield Component(
            type=ComponentType.LIBRARY,
            name=name,
            version=version,
            purl=purl,
            bom_ref=f"local:{name}@{version}" if purl is None else str(purl),
            licenses=list(_licenses(name, version)),
            properties=where,
        )


def _purl(name: str, version: str, url: DirectUrl | None) -> "PackageURL | None":
    """Name a distribution as the package-URL specification does; None if its name is none."""
    from packageurl import PackageURL

    if not NAME.fullmatch(name):
        return None
    qualifiers = {}
    if url is not None and url.kind is UrlKind.VCS:
        qualifiers["vcs_url"] = f"{url.vcs}+{url.url}@{url.commit}"
    elif url is not None and url.kind is UrlKind.ARCHIVE:
        qualifiers["download_url"] = url.url
    return PackageURL("pypi", name=name, version=version, qualifiers=qualifiers)


def _licenses(name: str, version: str) -> Iterator["License"]:
    from cyclonedx.contrib.license.factories import LicenseFactory

    if not NAME.fullmatch(name):
        return
    try:
        here = distribution(name)
    except PackageNotFoundError:
        return
    if here.version != version:
        return
    factory = LicenseFactory()
    words = list(_license_words(here))
    for word in words:
        made = factory.make_from_string(word)
        if len(words) == 1 or not hasattr(made, "value"):  # an expression stands alone
            yield made


def _license_words(here: Distribution) -> Iterator[str]:
    """Give what a distribution says of its licence: an SPDX expression, else what it classifies."""
    told = here.metadata
    if "License-Expression" in told:
        yield told["License-Expression"]
        return
    named = [c for c in told.get_all("Classifier") or () if c.startswith("License :: ")]
    words = dict.fromkeys(c.rpartition(" :: ")[2] for c in named)
    short = (told.get_all("License") or [""])[0]
    if short and short != "UNKNOWN" and len(short) <= 60 and "\n" not in short:
        yield short
    else:
        yield from (word for word in words if word != "OSI Approved")
