"""The families of errors: what a caller can do next."""


class RegistryError(Exception):
    """Base of everything the registry raises on purpose."""


class Invalid(RegistryError):
    """The request is wrong; fix it."""


class Forbidden(RegistryError):
    """The actor may not do this."""


class NotFound(RegistryError):
    """The thing named does not exist."""


class Conflict(RegistryError):
    """Someone else was first; read again, then retry."""


class Refused(RegistryError):
    """A rule said no; nothing was changed."""


class Unavailable(RegistryError):
    """Something needed is not there now; wait or set it up, then retry."""


class Corrupt(RegistryError):
    """Bytes or rows are not what was recorded; stop and look."""
