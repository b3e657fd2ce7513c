"""What a template may say: words and figures by name, conditions, and one loop over a list.

Everything else is refused before anything runs.  A template can then neither run for long nor grow large, for nothing in
it repeats but what stands in a loop, and loops do not nest; nor reach what it was not given, for it calls nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from jinja2 import nodes

FILTERS = frozenset({"abs", "length"})
TESTS = frozenset({"none"})
REMEDY = "模板里只能用词和数、if、单层的 for、比较、加减、is none 和 abs、length，可参照随软件提供的模板改写"
_LOOP = frozenset({"first", "last", "index", "length"})
_DEEPEST = 40
_PLAIN = (
    nodes.Output,
    nodes.TemplateData,
    nodes.Const,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Add,
    nodes.Sub,
    nodes.Neg,
)
# What a template calls that which is refused, by the parser's name for it.
_REFUSED = {
    "Assign": "set",
    "AssignBlock": "set",
    "Block": "block 里的 block",
    "Call": "( )",
    "CallBlock": "call",
    "Concat": "~",
    "Dict": "{ }",
    "Div": "/",
    "Extends": "extends",
    "FilterBlock": "filter",
    "FloorDiv": "//",
    "FromImport": "import",
    "Getitem": "[ ]",
    "Import": "import",
    "Include": "include",
    "List": "[ ]",
    "Macro": "macro",
    "Mod": "%",
    "Mul": "*",
    "Pow": "**",
    "Scope": "autoescape",
    "Tuple": "( )",
    "With": "with",
}


class Term(NamedTuple):
    """What a name stands for: something plain, a record with `attributes`, or a list of such records."""

    attributes: frozenset[str] = frozenset()
    is_list: bool = False


Vocabulary = Mapping[str, Term]


class RefusedError(Exception):
    """Something a template may not say: its line, what it is, and what to do."""

    def __init__(self, line: int, what: str, remedy: str = REMEDY) -> None:
        super().__init__(what)
        self.line, self.what, self.remedy = line, what, remedy


def refuse_unsafe(template: nodes.Template, vocabulary: Vocabulary, blocks: frozenset[str]) -> None:
    """RefusedError for the first thing in `template` that is not known to be harmless, or would never be printed."""
    met: set[str] = set()
    for node in template.body:
        if isinstance(node, nodes.Block):
            _refuse_name(node, blocks, met)
            met.add(node.name)
            for child in node.body:
                _refuse(child, vocabulary, 0)
        elif not isinstance(node, nodes.Output):
            raise _refused(node)
        elif outside := [each for each in node.nodes if not _is_blank(each)]:
            raise RefusedError(
                _line(outside[0]), "的内容不在任何 block 里，不会印出来", "请移进 block，或写成 {# 说明 #}"
            )
    if not met:
        raise RefusedError(
            1, "起没有一个 block，什么也印不出来", "请把文字写进 {% block requests %}…{% endblock %} 这样的 block"
        )


def _is_blank(node: nodes.Node) -> bool:
    return isinstance(node, nodes.TemplateData) and not node.data.strip()


def _line(node: nodes.Node) -> int:
    """Where `node` begins; text, where its first letter stands."""
    if not isinstance(node, nodes.TemplateData):
        return node.lineno
    return node.lineno + node.data[: len(node.data) - len(node.data.lstrip())].count("\n")


def _refuse_name(block: nodes.Block, blocks: frozenset[str], met: set[str]) -> None:
    if block.name not in blocks:
        known = "、".join(sorted(blocks))
        raise RefusedError(block.lineno, f"的 block 名“{block.name}”没有对应的段落", f"可用的名字是 {known}")
    if block.name in met:
        raise RefusedError(block.lineno, f"又写了一个 block“{block.name}”", "请合并成一个")


def _refuse(node: nodes.Node, vocabulary: Vocabulary, depth: int) -> None:
    """RefusedError if anything in `node`, which stands `depth` levels deep, is not allowed."""
    if depth > _DEEPEST:
        raise RefusedError(node.lineno, "的写法嵌套太深", "请拆成几个简单的写法")
    if isinstance(node, nodes.Name):
        _refuse_unknown(node, vocabulary)
    elif isinstance(node, nodes.Getattr):
        _refuse_attribute(node, vocabulary)
    elif isinstance(node, nodes.For):
        _refuse_loop(node, vocabulary, depth)
    elif isinstance(node, (nodes.Filter, nodes.Test)):
        _refuse_call(node, vocabulary, depth)
    elif isinstance(node, _PLAIN):
        for child in node.iter_child_nodes():
            _refuse(child, vocabulary, depth + 1)
    else:
        raise _refused(node)


def _refuse_unknown(node: nodes.Name, vocabulary: Vocabulary) -> None:
    if node.name not in vocabulary:
        raise RefusedError(node.lineno, f"用了没有的词“{node.name}”", "请核对拼写和版式，可用的词见随软件提供的模板")


def _refuse_attribute(node: nodes.Getattr, vocabulary: Vocabulary) -> None:
    if not isinstance(node.node, nodes.Name):
        raise RefusedError(node.lineno, f"的“.{node.attr}”前面不是一个词", REMEDY)
    _refuse_unknown(node.node, vocabulary)
    term = vocabulary[node.node.name]
    if term.is_list or node.attr not in term.attributes:
        raise RefusedError(
            node.lineno, f"用了没有的词“{node.node.name}.{node.attr}”", "请核对拼写和版式，可用的词见随软件提供的模板"
        )


def _refuse_loop(node: nodes.For, vocabulary: Vocabulary, depth: int) -> None:
    if "loop" in vocabulary:
        raise RefusedError(node.lineno, "在 for 里又写了 for", "for 只能有一层")
    term = vocabulary.get(node.iter.name) if isinstance(node.iter, nodes.Name) else None
    if term is None or not term.is_list:
        lists = "、".join(sorted(name for name, each in vocabulary.items() if each.is_list))
        raise RefusedError(node.lineno, "的 for 后面不是名单", f"for 只能用于 {lists}")
    if not isinstance(node.target, nodes.Name) or node.target.name in {*vocabulary, "loop"} or node.recursive:
        raise RefusedError(node.lineno, "的 for 写法不能用", "请写成 {% for unit in units %}，名字不能与已有的词相同")
    inner = {**vocabulary, node.target.name: Term(term.attributes), "loop": Term(_LOOP)}
    for child in (*node.body, *node.else_, *filter(None, [node.test])):
        _refuse(child, inner, depth + 1)


def _refuse_call(node: nodes.Filter | nodes.Test, vocabulary: Vocabulary, depth: int) -> None:
    known = FILTERS if isinstance(node, nodes.Filter) else TESTS
    if node.name not in known or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs or node.node is None:
        sign = "|" if isinstance(node, nodes.Filter) else "is "
        raise RefusedError(node.lineno, f"用了不能用的“{sign}{node.name}”")
    _refuse(node.node, vocabulary, depth + 1)


def _refused(node: nodes.Node) -> RefusedError:
    name = type(node).__name__
    return RefusedError(node.lineno or 1, f"用了不能用的“{_REFUSED.get(name, name)}”")
