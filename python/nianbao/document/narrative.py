"""The sentences of a report as the text templates arrange them, which an office can edit."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..errors import InputError
from ..figures import show
from ..report import Report
from ..sentences import facts, generated

BLANK = "【未填】"
"""What a template prints of a figure that is blank."""


def narrate(report: Report, template: Path) -> dict[str, str]:
    """The paragraph of every block of `template`, by the block's name; InputError for a faulty template.

    A template may use `said` (the generated paragraphs by text key) and every fact these are made of.  Line ends belong
    to the template, not to the text.
    """
    known = {**facts(report), "said": generated(report)}
    try:
        source = _environment(template.parent).get_template(template.name, globals={})
        blocks = {name: "".join(block(source.new_context(known))) for name, block in source.blocks.items()}
    except TemplateSyntaxError as error:
        raise _faulty(template, f"第 {error.lineno} 行写法有误（{error.message}）") from error
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise _faulty(template, f"无法生成文字（{error}）") from error
    return {name: _joined(text) for name, text in blocks.items()}


@cache
def _environment(folder: Path) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printed,
    )
    environment.globals.clear()
    return environment


def _printed(value: object) -> object:
    if value is None:
        return BLANK
    return show(value) if isinstance(value, Decimal) else value


def _joined(text: str) -> str:
    return "".join(line.strip() for line in text.split("\n"))


def _faulty(template: Path, what: str) -> InputError:
    return InputError(f"文字模板“{template.name}”", what, "请更正模板，或换回随软件提供的模板")
