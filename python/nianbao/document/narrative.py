"""The sentences of a report as text templates arrange them, which an office can write itself."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import TracebackType

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.nodes import Block
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..errors import InputError
from ..figures import show
from ..form import INTRO
from ..formfile import load_form
from ..report import Report, clean_text
from .allowed import FILTERS, TESTS, RefusedError, Term, Vocabulary, refuse_unsafe
from .facts import NOTHING, Background, Facts, Unit, known_facts
from .overview import SECTIONS

BLANK = "【未填】"
"""What a template prints of a figure that is blank."""
LARGEST = 32 * 1024
"""Bytes of the largest template."""
LONGEST = 20_000
"""Characters of the longest paragraph that a template makes."""


def narrate(
    report: Report, template: Path, background: Background = NOTHING, idle: frozenset[str] = frozenset()
) -> dict[str, str]:
    """The paragraph of every block of `template`, by the block's name; InputError for what a template may not be or say.

    Nothing is made of the blocks that are `idle`: that saves the time to compile them.  A template may use every fact of `known_facts`.  Line ends belong to the template, not to the text.
    """
    known = known_facts(report, background)
    source = _source(template)
    try:
        made = _compiled(source, report.edition, frozenset(_vocabulary(known).items()), idle)
        context = made.new_context({**known.plain, **known.records, **known.lists})
        return {name: _text(made, name, context) for name in made.blocks}
    except RefusedError as error:
        raise InputError(_named(template), f"第 {error.line} 行{error.what}", error.remedy) from error


def _named(template: Path) -> str:
    return f"文字模板“{template.name}”"


def _source(template: Path) -> str:
    """The text of the file; InputError if it is none."""
    data = _bytes(template)
    if len(data) > LARGEST:
        raise InputError(_named(template), f"超过 {LARGEST // 1024} KB，不像文字模板", "请核对是不是选错了文件")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(_named(template), "不是 UTF-8 编码的文字", "请用记事本打开，另存时把编码选为 UTF-8") from error


def _bytes(template: Path) -> bytes:
    """The beginning of the file, one byte more than it may have; a pipe or folder is no file."""
    try:
        if not template.is_file():
            raise FileNotFoundError
        with template.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(_named(template), "打不开这个文件", "请核对路径，并确认它是文件而不是文件夹") from error


def _vocabulary(known: Facts) -> Vocabulary:
    return {
        **dict.fromkeys(known.plain, Term()),
        **{name: Term(frozenset(record)) for name, record in known.records.items()},
        **{name: Term(frozenset(Unit._fields), is_list=True) for name in known.lists},
    }


@lru_cache(maxsize=16)
def _compiled(source: str, edition: str, vocabulary: frozenset[tuple[str, Term]], idle: frozenset[str]) -> Template:
    """The template of which every part has been looked at; RefusedError if one may not be."""
    chapters = (chapter.key for chapter in load_form(edition).chapters)
    aspects = (block for section in SECTIONS.values() for block in section.blocks)
    environment = _Sandbox()
    try:
        tree = environment.parse(source)
        refuse_unsafe(tree, dict(vocabulary), frozenset({INTRO, *chapters, *aspects}))
        tree.body = [each for each in tree.body if not (isinstance(each, Block) and each.name in idle)]
        code = environment.compile(tree, filename=_FILE)
    except TemplateSyntaxError as error:
        raise RefusedError(error.lineno, f"写法有误：{_quoted(source, error.lineno)}", _SYNTAX) from error
    except (RecursionError, MemoryError, SyntaxError, ValueError) as error:
        raise RefusedError(1, "起的写法太复杂，或数字太长", "请拆成几个简单的写法") from error
    return Template.from_code(environment, code, {})


_FILE = "<narrative>"
_QUOTED = 40
_SYNTAX = "请检查 {{ }}、{% %} 是否成对，if 有没有 endif，for 有没有 endfor，block 有没有 endblock"


def _quoted(source: str, line: int) -> str:
    found = "".join(source.split("\n")[line - 1 : line]).strip()
    return f"“{found[:_QUOTED]}”" if found else "没有写完"


class _Sandbox(ImmutableSandboxedEnvironment):
    """Templates of figures and words: no other value is computed with, or printed."""

    intercepted_binops = frozenset({"+", "-"})
    intercepted_unops = frozenset({"-"})

    def __init__(self) -> None:
        # Not optimized: the optimizer takes longer than it saves, and would compute before anybody renders.
        super().__init__(
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_printed,
            optimized=False,
        )
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in TESTS}

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """The sum or difference of two figures, blank if one of them is."""
        if left is None or right is None:
            return None
        return super().call_binop(context, operator, _figure(left), _figure(right))

    def call_unop(self, context: Context, operator: str, arg: object) -> object:
        """The negative of a figure."""
        return None if arg is None else super().call_unop(context, operator, _figure(arg))


def _figure(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise TypeError
    return Decimal(value)


def _printed(value: object) -> str:
    if value is None:
        return BLANK
    return value if isinstance(value, str) else show(_figure(value))


def _text(template: Template, block: str, context: Context) -> str:
    return "".join(line.strip() for line in clean_text("".join(_pieces(template, block, context))).split("\n"))


def _pieces(template: Template, block: str, context: Context) -> Iterator[str]:
    """What the block prints, piece by piece; RefusedError if it cannot, or there is no end of it."""
    length = 0
    try:
        for piece in template.blocks[block](context):
            length += len(piece)
            if length > LONGEST:
                raise RefusedError(1, f"起的 block“{block}”印出的文字超过 {LONGEST} 字", "请写短一些")
            yield piece
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        what = "算不出来：用到的数没有填，或者把文字、名单、判断当成了数"
        raise RefusedError(_line(template, error.__traceback__), what, _BLANKS) from error


_BLANKS = "没有填的数请先判断，如 {% if received is not none %}…{% endif %}"


def _line(template: Template, trace: TracebackType | None) -> int:
    """The line of the template in which an error arose."""
    line = 1
    while trace:
        if trace.tb_frame.f_code.co_filename == _FILE:
            line = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line
