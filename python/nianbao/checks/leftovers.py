"""What was left in the texts by a template, by last year's report, or by the report of somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Severity
from ..form import INTRO, SIGNATURE, Form
from ..reading import Reading
from ..report import shortens
from ..wording import text_name
from .prose import cleaned, said

_X = "XxＸｘ×"
_OPEN, _CLOSE = r"[（(【\[〔]", r"[）)】\]〕]"
_UNDONE = "待补充|待完善|待填写"
_MARKS = (
    # No word or address, and not between digits, as in a measure or a masked number.
    rf"(?<![A-Za-z@/_{_X}-])(?<![A-Za-z]\.)(?<!\d(?=[{_X}]+\d))[{_X}]{{2,}}(?![A-Za-z@_{_X}]|[./-][A-Za-z0-9])",
    rf"(?<![A-Za-z+{_X}])[{_X}](?=[年月日])",
    # Also names of people are hidden by 某某; only an office is never hidden.
    r"某某(?:[省县区旗州镇乡局厅]|市(?![民场])|街道|委员会|办公室|办事处|单位|部门|机关|中心|政府)",
    r"【待填写[^】]*】",
    # A line that only ends a sentence begun above (a text may be wrapped) is no line of its own.
    rf"^(?:{_UNDONE})$",
    rf"(?<![^。：:；;\n]\n)^(?:{_UNDONE})[。.…]+$",
    r"(?<=[：:])待(?:补充|填写)[。.…]*$",
    rf"{_OPEN}(?:{_UNDONE}|文字描述|示例|填写说明)[。.…]*{_CLOSE}",
    rf"(?:^|(?<={_OPEN}))填写说明(?=[：:]|$)",
    rf"(?:^|(?<={_OPEN}))(?:请在?)?此处(?:填写|插入)",
    rf"(?:^|(?<={_OPEN})|(?<=[。；;]))(?:填写|参考)?示例[：:]",
)
# The large patterns are compiled where a text comes near what they find: that takes longer than all other checks together.
_MARK = "|".join(_MARKS)
_NEAR_MARK = re.compile(rf"[{_X}][{_X}年月日]|某某|{_UNDONE}|文字描述|示例|填写")
_NAMELESS = re.compile(rf"[{_X}]{{2,}}|某某|{_UNDONE}")
_TITLE = r"(?<![与较比同\d])(\d{4})年度?政府信息公开(?:工作)?年度报告(?!的?(?:基础上|相比|比较|对比))"
_BOOK = re.compile(r"《[^《》]*》")
_OVERVIEW = "overview"
_OPENING = re.compile(r"(\d{4})年(?:[，,]|度)")
_DAY = r"\d{1,2}月\d{1,2}日"
PERIOD = re.compile(
    rf"(?<!\d)((\d{{4}})年{_DAY})(?:起|开始)?[，,]?(?:截?至|截?止到?|到|[-—–－~～]+)((?:(\d{{4}})年)?{_DAY})"
)
"""A period as reports write it: first day and its year, last day and its year, which may be left out."""
_DATED = re.compile(rf"(\d{{4}})年{_DAY}")
_OFFICE = (
    r"(?:[局厅委院所镇乡馆]|(?<![全内干])部|(?<!部)署|(?<![主承督经交协])办|(?<!网)站|委员会|管委会|联合会|协会|办公室"
    r"|政府|中心|街道|办事处|管理处|总队|支队|大队|中队|公司|集团|大学|学校)"
)
_MANNER = r"(?:现|特|此|已|所|依[法规]|认真|统一|组织|牵头|负责|具体|及时|如期|严格|共同|联合|主动|按时)"
_GROUND = r"(?:根据|依据|按照?|依照|遵照|对照|结合|会同|汇总|在)[^，,。；;]{0,200}?"
_WRITER = (
    r"(?:^|[，,。；;：:])(?:[^，,。；;：:]{0,60}(?<![理自事缘])由)?(?:今年|近日|日前|为此|现|本年度|\d{4}年度?)?"
    rf"((?:自由|[^由，,。；;：:、（）()《》“”]){{1,30}}?{_OFFICE}){_MANNER}*(?:{_GROUND})?{_MANNER}*"
    r"编[制写](?:了|并?公布|并?发布|形成)?(?:[本此该这《，,。；;]|\d{4}年|而成|完成|$)"
)
"""Who wrote the report: at the beginning of a clause or after 由, with a name that ends as those of offices do."""
_NOBODY = re.compile(
    r"^[按据以为与]|根据|依[据照法]|按照|遵照|对照|结合|要求|规定|围绕|通过|各|有关|相关|上级|[所下]属|组织|汇总|[会协]同|为中心"
)
_SIGNED = rf"{_OFFICE}(?:[（(].*)?(?:\d{{4}}年.*)?$"
_PLACE = r"(?:[省市县区旗州盟镇乡]|街道)"
_ENDS_AS_PLACE = re.compile(rf"{_PLACE}$")
_PARTS = re.compile(rf"(.*?{_PLACE}|)(.*)")
_ITSELF = (
    # 本溪 is a city.  Offices of the office itself have no place in their names: 局办公室, 信息中心.
    r"^我|^本(?!溪)|^[局厅委]|单位$|机关$|^[^省市县区旗州盟镇乡街]*(?:办公室|办|中心|所|站|馆|管理处)$"
)
_UNSAID = (
    re.compile(r"^[^：:]*[：:]"),
    re.compile(r"[（(][^（）()]*[）)]"),
    re.compile(r"(?:党工?委|[省市县区旗州]委)(?=.?(?:政府|管委会))"),
    re.compile(r"(?:政务|(?:人民)?政府信息|信息)公开.*$|(?:党政)?(?:综合)?(?:办公室|办事处|办)$"),
    re.compile(r"(?:(?:人民)?政府|府|管委会|管理委员会)$"),
)
_SPACE = re.compile(r"\s+")
_SPACE_IN_LINE = re.compile(r"[^\S\n]+")


def v12_left_over(reading: Reading, form: Form) -> Iterator[Finding]:
    """单位名称和文字里没有留着模板或范例的字样（XX、某某局、待补充、（文字描述）等）。"""
    agency = _SPACE.sub("", reading.report.agency)
    if _NAMELESS.search(agency):
        what = f"封面“单位名称”：填的是“{agency}”，是模板或范例里的字样。请填写单位全称。"
        yield Finding("V12", Severity.ERROR, what)
    for key in form.text_keys:
        lines = _SPACE_IN_LINE.sub("", cleaned(reading.report.texts.get(key, "")))
        if mark := _mark(lines, agency) or _mark(_SPACE.sub("", lines), agency):
            what = f"{text_name(form, key)}：留有“{mark[0]}”，是模板或范例里的字样。请换成本单位的内容，或删去。"
            yield Finding("V12", Severity.ERROR, what, place=reading.text_places.get(key))


def m02_other_year(reading: Reading, form: Form) -> Iterator[Finding]:
    """引言、总体情况、落款里的年份与报告年度一致。"""
    year = reading.report.year
    if year is None:
        return
    intro = _BOOK.sub("", said(reading, INTRO))
    for titled in re.findall(_TITLE, intro) if "年度报告" in intro else ():
        if int(titled) != year:
            yield _of_another_year(reading, form, INTRO, f"{titled}年", f"本报告是 {year} 年度的")
    opening = _OPENING.match(said(reading, _OVERVIEW))
    if opening and int(opening[1]) < year:
        yield _of_another_year(reading, form, _OVERVIEW, f"{opening[1]}年", f"本报告是 {year} 年度的")
    _, date = SIGNATURE
    signed = said(reading, date)
    for dated in _DATED.findall(signed):
        if int(dated) <= year:
            yield _of_another_year(reading, form, date, signed, f"{year} 年度的报告应在下一年公布")


def m03_other_period(reading: Reading, form: Form) -> Iterator[Finding]:
    """写明的统计期限是报告年度的 1 月 1 日至 12 月 31 日。"""
    year = reading.report.year
    for period in PERIOD.finditer(said(reading, INTRO)):
        if year is not None and {int(period[2]), int(period[4] or period[2])} != {year}:
            what = f"{text_name(form, INTRO)}：统计期限写的是“{period[0]}”，本报告是 {year} 年度的。请改正。"
            yield Finding("M03", Severity.ERROR, what, place=reading.text_places.get(INTRO))


def m06_other_agency(reading: Reading, form: Form) -> Iterator[Finding]:
    """引言、落款里的单位是填报单位。"""
    agency = _SPACE.sub("", reading.report.agency)
    intro, signature = said(reading, INTRO), said(reading, SIGNATURE[0])
    writers = re.findall(_WRITER, intro) if "编" in intro else []
    named = [(INTRO, name) for name in writers if not _NOBODY.search(name)]
    named += [(SIGNATURE[0], signature)] if signature and re.search(_SIGNED, signature) else []
    for key, name in named if agency and not _NAMELESS.search(agency) else ():
        if not _NAMELESS.search(name) and not any(_may_be(name, own) for own in (agency, *reading.names)):
            what = f"{text_name(form, key)}：写的单位是“{name}”，填报单位是“{agency}”。请核对，改正其中一处。"
            yield Finding("M06", Severity.ERROR, what, place=reading.text_places.get(key))


def _of_another_year(reading: Reading, form: Form, key: str, said: str, due: str) -> Finding:
    what = f"{text_name(form, key)}：写的是“{said}”，{due}。请改正。"
    return Finding("M02", Severity.ERROR, what, place=reading.text_places.get(key))


def _mark(text: str, agency: str) -> re.Match[str] | None:
    """What a template left in `text`, the office's own name excepted."""
    rest = text.replace(agency, "本单位") if agency else text
    return re.search(_MARK, rest, re.MULTILINE) if _NEAR_MARK.search(rest) else None


def _may_be(name: str, agency: str) -> bool:
    """Whether `name` may mean `agency`: "we", the same, one short for the other, or a government by its place."""
    if _fit(name, agency) or re.search(_ITSELF, name):
        return True
    one, other = _unsaid(name), _unsaid(agency)
    alike = bool(_ENDS_AS_PLACE.search(one)) == bool(_ENDS_AS_PLACE.search(other))
    return not one or (alike and (_fit(one, other) or all(map(_fit, _parts(one), _parts(other)))))


def _unsaid(name: str) -> str:
    """`name` without what offices leave out or add: 示例县 for 示例县人民政府办公室."""
    for part in _UNSAID:
        name = part.sub("", name)
    return name


def _parts(name: str) -> tuple[str, ...]:
    """The place of an office and what it does there."""
    parts = _PARTS.fullmatch(name)
    return parts.groups() if parts else ("", name)


def _fit(one: str, other: str) -> bool:
    """Whether one of two names is short for the other."""
    return shortens(one, other) or shortens(other, one)
