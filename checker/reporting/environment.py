"""The template engine: everything is escaped, whatever a template is called, and an unknown name is an error."""

from functools import lru_cache
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape

_REMEMBERED = 4_096


class _Compiled(BytecodeCache):
    """Keeps compiled templates while the program runs: compiling them takes longer than the pages of a small run."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        held = self._held.get((bucket.key, bucket.checksum))
        if held is not None:
            bucket.bytecode_from_string(held)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._held[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_COMPILED = _Compiled()

_escaped_words = lru_cache(_REMEMBERED)(escape)


def escaped(value: object) -> Markup:
    """What a template prints for a value, as ``markupsafe.escape`` has it, in a third of its time.

    Most values on a page are escaped already, or short words that stand on every page. Only words go through the
    memory: markup is equal to the words it is written with, and must not be given for them.
    """
    kind = value.__class__
    if kind is Markup:
        return value  # type: ignore[return-value]
    return _escaped_words(value) if kind is str else escape(value)


class _Escaping(CodeGenerator):
    """Writes calls of ``escaped`` in place of those of ``escape``; where jinja2 renames this, its own stay."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class _Engine(Environment):
    """The template engine with escaping of its own."""

    code_generator_class = _Escaping
    escaped = staticmethod(escaped)


def environment(templates: Path) -> Environment:
    """An engine over a folder of templates.

    Autoescape is switched on for every template: jinja2's own choice by file name leaves "page.html.j2" unescaped.
    """
    return _Engine(
        loader=FileSystemLoader(templates, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_COMPILED,
        keep_trailing_newline=True,
    )
