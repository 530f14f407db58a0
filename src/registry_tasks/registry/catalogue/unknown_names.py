"""Unknown names: what a search that found nothing asks about and nobody has ever recorded."""

from registry_tasks.entities.search import Search, Subject
from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.rules.search.checking import check_filter, check_order
from registry_tasks.rules.search.parsing import comparisons, parse_filter, parse_order
from registry_tasks.stores.metadata.search import unknown_names


def list_unknown_names(reader: Reader, subject: Subject, search: Search) -> tuple[str, ...]:
    """Return metrics, parameters, tags, packages, datasets, stages and aliases, as written."""
    read = parse_filter(search.filter)
    asked = comparisons(None if read is None else check_filter(search.filter, subject, read))
    fields = [compared.field for compared in asked]
    if search.order_by is not None:
        fields.append(check_order(search.order_by, subject, parse_order(search.order_by)).field)
    with reader.reading() as query:
        return tuple(unknown_names.unknown_names(query, subject, fields, asked))
