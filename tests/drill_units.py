"""The invented units of the drill: what the roster says of them, what each sends, and which of them make a mistake."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from nianbao.city.entries import check_sign

CITY = "示例市"
YEAR = 2023


class Fault(StrEnum):
    """What can be wrong with what a unit sends; each has one unit."""

    MISSING = "missing"
    """Nothing came."""
    DUPLICATE = "duplicate"
    """The same file twice, under two names, one of them in an archive."""
    NEWER = "newer round"
    """Round 1 and round 2 with other figures; the file of round 1 has the later date."""
    EQUAL = "equal round"
    """Two files of round 1 with other figures: people decide."""
    WRONG_YEAR = "wrong year"
    """A report of the year before."""
    WRONG_EDITION = "wrong edition"
    """The right year on the form of 2019."""
    ENCRYPTED = "encrypted"
    """A workbook with a password: the container that Excel puts it in, empty."""
    TRUNCATED = "truncated"
    """The first half of a workbook."""
    TAMPERED = "tampered"
    """A row inserted in table three and a label changed, saved by LibreOffice; its figures can still be told."""
    ALIAS = "alias"
    """A workbook under a former name that the roster lists, without a code."""
    VERTICAL = "vertical"
    """A unit that reports up a line of its own: shown, not added."""
    UNBALANCED = "unbalanced"
    """Table three does not balance in the column of companies, and so not in the totals; counted as it stands."""
    STRANGER = "not on the roster"
    """A unit that nobody knows, named like one of the roster that sent its own file."""
    SCAN = "scan"
    """A PDF with pictures of pages."""


class Unit(NamedTuple):
    """One row of the roster; `form` is how its file was made, `file` where that lies, two of them parted by ``|``."""

    kind: str
    name: str
    form: str
    file: str


_SUFFIXES = {"docx": "docx", "html": "html", "pdf": "pdf", "scan": "pdf", "ods": "ods", "xls": "xls"}
_TABLE = """
本级 示例市人民政府办公室 book =
部门 示例市发展和改革委员会 docx 市发改委.docx
部门 示例市教育局 book 部门报送.zip/部门/教育局.xlsx
部门 示例市科学技术局 old =
部门 示例市工业和信息化局 book 工信局（定稿）.xlsx
部门 示例市公安局 book =
部门 示例市民政局 book =
部门 示例市司法局 saved 司法局2023.xlsx
部门 示例市财政局 book 部门报送.zip/部门/财政局(1).xlsx|示例市财政局年报.xlsx
部门 示例市人力资源和社会保障局 ods =
部门 示例市自然资源和规划局 pdf =
部门 示例市生态环境局 html 生态环境局.html
部门 示例市住房和城乡建设局 book 部门报送.zip/部门/住建局 最终版.xlsx
部门 示例市城市管理局 tampered =
部门 示例市交通运输局 docx =
部门 示例市水利局 book 水利局.xlsx|水利局（修改后）.xlsx
部门 示例市农业农村局 xls 农业农村局.xls
部门 示例市商务局 book 部门报送.zip/部门/商务局.xlsx
部门 示例市文化广电和旅游局 book =
部门 示例市卫生健康委员会 docx 部门报送.zip/部门/卫健委.docx
部门 示例市退役军人事务局 book =
部门 示例市应急管理局 pdf 应急管理局年报.pdf
部门 示例市审计局 locked =
部门 示例市市场监督管理局 book 市场局.xlsx
部门 示例市体育局 book =
部门 示例市统计局 scan 统计局（盖章扫描件）.pdf
部门 示例市医疗保障局 new =
部门 示例市信访局 book =
部门 示例市机关事务管理局 saved =
部门 示例市数据局 book 部门报送.zip/部门/数据局.xlsx
部门 示例市人民防空办公室 xls =
部门 示例市粮食和物资储备局 ods 部门报送.zip/部门/粮储局.ods
部门 示例市林业局 saved =
乡镇街道 示例市东湖街道办事处 book 乡镇街道/东湖.xlsx
乡镇街道 示例市西园街道办事处 old 乡镇街道/西园街道.xlsx
乡镇街道 示例市南桥街道办事处 docx 乡镇街道/南桥街道.docx
乡镇街道 示例市北关街道办事处 cut 乡镇街道/北关街道.xlsx
乡镇街道 示例市河口镇人民政府 book 乡镇街道/河口镇.xlsx
乡镇街道 示例市石桥镇人民政府 book 乡镇街道/附件1.xlsx
乡镇街道 示例市柳林镇人民政府 book 乡镇街道/柳林镇.xlsx|乡镇街道/柳林镇(1).xlsx
乡镇街道 示例市白塔镇人民政府 ods 乡镇街道/白塔镇.ods
乡镇街道 示例市大泉镇人民政府 book 乡镇街道/新建 Microsoft Excel 工作表.xlsx
乡镇街道 示例市青山镇人民政府 html 乡镇街道/青山镇.htm
乡镇街道 示例市双井镇人民政府 old 乡镇街道/双井镇.xlsx
乡镇街道 示例市梅溪乡人民政府 xls 乡镇街道/梅溪乡.xls
乡镇街道 示例市竹园乡人民政府 book 乡镇街道/竹园乡.xlsx
乡镇街道 示例市云台乡人民政府 saved 乡镇街道/云台乡.xlsx
乡镇街道 示例市清水乡人民政府 pdf 乡镇街道/清水乡.pdf
县区 示例市东湖区人民政府 book 县区/=
县区 示例市西山区人民政府 book 县区/=
县区 示例市南郊区人民政府 saved 县区/=
县区 示例市北城区人民政府 docx 县区/=
县区 示例市河口县人民政府 summary 县区/河口县汇总.xlsx
县区 示例市临泽县人民政府 old 县区/=
县区 示例市新丰县人民政府 new 县区/=
县区 示例市长岭县人民政府 book 县区/年报.xlsx
垂直 国家税务总局示例市税务局 book 税务局.xlsx
"""
"""Kind, name, form and file of each unit; ``=`` is the name that the tool gave the file when it was sent out."""


def _unit(line: str) -> Unit:
    kind, name, form, file = line.split(maxsplit=3)
    issued = f"{name}{YEAR}年度政府信息公开工作年度报告.{_SUFFIXES.get(form, 'xlsx')}"
    return Unit(kind, name, form, file.replace("=", issued))


def _code(number: int) -> str:
    """A code that is right in form and belongs to nobody: no district has the number 990000."""
    start = f"11990000{number:09}"
    return start + check_sign(start)


UNITS = tuple(map(_unit, filter(None, _TABLE.splitlines())))
CODES = {unit.name: _code(number) for number, unit in enumerate(UNITS, start=1) if number % 10}
"""The code of each unit; every tenth has none."""
FAULTY = {
    Fault.MISSING: "示例市信访局",
    Fault.DUPLICATE: "示例市财政局",
    Fault.NEWER: "示例市水利局",
    Fault.EQUAL: "示例市柳林镇人民政府",
    Fault.WRONG_YEAR: "示例市竹园乡人民政府",
    Fault.WRONG_EDITION: "示例市体育局",
    Fault.ENCRYPTED: "示例市审计局",
    Fault.TRUNCATED: "示例市北关街道办事处",
    Fault.TAMPERED: "示例市城市管理局",
    Fault.ALIAS: "示例市市场监督管理局",
    Fault.VERTICAL: "国家税务总局示例市税务局",
    Fault.UNBALANCED: "示例市民政局",
    Fault.STRANGER: "示例市文化和旅游局",
    Fault.SCAN: "示例市统计局",
}
"""The unit of each fault."""
ALIASES = {
    "示例市市场监督管理局": "示例市工商行政管理局",
    "示例市发展和改革委员会": "示例市发改委",
    "示例市住房和城乡建设局": "示例市住建局",
}
"""Former and short names."""
CHARGING = ("示例市公安局", "示例市司法局", "示例市东湖区人民政府")
"""Units that charged a processing fee."""
QUIET = ("示例市林业局", "示例市云台乡人民政府")
"""Units that had no application at all and declare it, their cells left blank; a program has computed their totals since."""
