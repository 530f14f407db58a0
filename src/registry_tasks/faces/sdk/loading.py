"""Load a model from bytes that were verified in memory, running no code that came with them."""

from enum import Enum, auto
from io import BytesIO
from typing import Any, Final

from registry_tasks.entities.errors import ExtraMissing, UntrustedFormat
from registry_tasks.entities.model_version import ModelVersion


class Trust(Enum):
    """How far the bytes of a model are trusted."""

    FORMAT_ONLY = auto()  # only formats that cannot bring code of their own
    PICKLE = auto()  # whoever wrote the file may run code here


ALLOWED_TYPES: Final = frozenset(
    {
        "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
        "sklearn.tree._tree.Tree",
    }
)
"""What a skops file may hold beyond what skops trusts itself. Never taken from a file."""


def load(version: ModelVersion, content: bytes, trust: Trust) -> Any:
    """Return the model. Raises UntrustedFormat, ExtraMissing."""
    match version.model_format:
        case "lightgbm":
            return _lightgbm(version, content)
        case "skops":
            return _skops(version, content)
        case "joblib" | "pickle" as form if trust is Trust.PICKLE:
            return _joblib(content) if form == "joblib" else _pickle(content)
        case "joblib" | "pickle" as form:
            reason = f"a {form} file runs code when it is loaded; if you trust whoever made it: "
            way = f"load({version.ref!r}, Trust.PICKLE)"
            raise UntrustedFormat(version.ref, reason + way)
        case other:
            reason = f"nothing here loads the format {other!r}; download({version.ref!r}) gives"
            raise UntrustedFormat(version.ref, f"{reason} the verified file")


def _lightgbm(version: ModelVersion, content: bytes) -> Any:
    try:
        import lightgbm
    except ModuleNotFoundError:
        raise ExtraMissing("loading LightGBM models", "lightgbm") from None
    try:
        return lightgbm.Booster(model_str=content.decode())
    except (UnicodeDecodeError, lightgbm.basic.LightGBMError) as error:
        raise _unreadable(version, error) from error


def _skops(version: ModelVersion, content: bytes) -> Any:
    try:
        import skops.io
    except ModuleNotFoundError:
        raise ExtraMissing("loading skops models", "sklearn") from None
    try:
        brought = skops.io.get_untrusted_types(data=content)
    except Exception as error:  # a file that is no skops file fails in many ways
        raise _unreadable(version, error) from error
    unknown = sorted(set(brought) - ALLOWED_TYPES)
    if unknown:
        raise UntrustedFormat(
            version.ref,
            f"it brings types that are not trusted: {', '.join(unknown)}; if you trust whoever "
            f"made it, load the file that download({version.ref!r}) gives with skops yourself",
        )
    try:
        return skops.io.loads(content, trusted=brought)
    except Exception as error:
        raise _unreadable(version, error) from error


def _joblib(content: bytes) -> Any:
    try:
        import joblib
    except ModuleNotFoundError:
        raise ExtraMissing("loading joblib models", "sklearn") from None
    return joblib.load(BytesIO(content))


def _pickle(content: bytes) -> Any:
    import pickle

    return pickle.loads(content)


def _unreadable(version: ModelVersion, error: Exception) -> UntrustedFormat:
    said = " ".join(str(error).split())[:300] or type(error).__name__
    reason = f"it is no readable {version.model_format} file ({said}); register it with the"
    return UntrustedFormat(version.ref, f"{reason} format that it has")
