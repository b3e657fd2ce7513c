"""What a template, last year's report or another office left in the texts."""

from __future__ import annotations

import pytest

from builders import busy_report
from nianbao.check import check
from nianbao.reading import Reading

AGENCY = "示例市发展和改革委员会"
CASES = [
    # the text, where it stands, the rule that it breaks or "", and words of the message
    ("本年度公开信息XX条。", "overview", "V12", "“一、总体情况”：留有“XX”"),
    ("本年度公开信息××条。", "overview", "V12", "留有“××”"),
    ("（文字描述）", "problems", "V12", "“五、存在的主要问题及改进情况”：留有“（文字描述）”"),
    ("某某局高度重视。", "overview", "V12", "留有“某某局”"),
    ("某某市、某某单位", "overview", "V12", "留有“某某市”"),
    ("经某某单位审核。", "overview", "V12", "留有“某某单位”"),
    ("依法处理以“某某”为名的信访。", "overview", "", ""),
    ("与张某某的诉讼、某某市民的投诉、某某公司的申请均已办结。", "overview", "", ""),
    ("20XX年公开若干条。", "overview", "V12", "留有“XX”"),
    ("1.XX工作有序开展。", "overview", "V12", "留有“XX”"),
    ("公开〔20××〕文件。", "overview", "V12", "留有“××”"),
    ("2024年X月X日", "date", "V12", "成文日期：留有“X”"),
    ("规格为10××20，电话138xxxx1234。", "overview", "", ""),
    ("规格为10×××20。", "overview", "", ""),
    ("建成XXGK平台，邮箱xxgk@example.cn。", "overview", "", ""),
    ("一是制度建设。\n待补充\n二是队伍建设。", "overview", "V12", "留有“待补充”"),
    ("（一）存在的问题\n待完善\n（二）改进情况", "problems", "V12", "留有“待完善”"),
    ("一是制度建设。\n待完善。", "problems", "V12", "留有“待完善。”"),
    ("改进情况（待完善）", "problems", "V12", "留有“（待完善）”"),
    ("改进情况：待补充。", "problems", "V12", "留有“待补充。”"),
    ("制度仍有待完善，部分信息有待补充。", "problems", "", ""),
    ("制度有待完善", "problems", "", ""),
    ("公开目录待完善；基层公开尚待完善。", "problems", "", ""),
    ("存在的问题还有不少，各科室的公开目录\n待完善。\n二是队伍待加强。", "problems", "", ""),
    ("编制填写说明，指导各单位。", "overview", "", ""),
    ("填写说明：写明本年度情况。", "overview", "V12", "留有“填写说明”"),
    ("公开信息若干。【填写说明】", "overview", "V12", "留有“【填写说明】”"),
    ("增加《申请表》此处填写姓名的提示。", "overview", "", ""),
    ("（此处填写本单位情况）", "overview", "V12", "留有“此处填写”"),
    ("请在此处填写本单位情况。", "overview", "V12", "留有“请在此处填写”"),
    ("（示例）今年公开若干条。", "overview", "V12", "留有“（示例）”"),
    ("填写示例：公开若干条。", "overview", "V12", "留有“填写示例：”"),
    ("【待填写：五、存在的主要问题及改进情况】", "problems", "V12", "留有“【待填写：五、存在的主要问题及改进情况】”"),
    ("待补充", "other", "V12", "“六、其他需要报告的事项”：留有“待补充”"),
    ("示例：今年公开若干条。", "overview", "V12", "留有“示例：”"),
    ("示例市发展和改革委员会认真落实。", "overview", "", ""),
    ("联系邮箱：xxgk@example.cn，网址www.xx.gov.cn/xxgk/、example.xx。", "intro", "", ""),
    ("完善XXGK系统，规格为3×2。", "overview", "", ""),
    ("建成示例项目两个，打造示例窗口。", "overview", "", ""),
    ("现公布2022年政府信息公开工作年度报告。", "intro", "M02", "第一章之前：写的是“2022年”，本报告是 2023 年度的"),
    ("现公布2023年度政府信息公开工作年度报告。", "intro", "", ""),
    ("现公布2022年政府信息公开年度报告。", "intro", "M02", "写的是“2022年”"),
    ("现公布2023年政府信息公开年度报告。", "intro", "", ""),
    ("根据《关于做好2022年政府信息公开工作年度报告的通知》要求，特编制本报告。", "intro", "", ""),
    ("与2022年政府信息公开工作年度报告相比，增加了图表。", "intro", "", ""),
    ("篇幅较2022年度政府信息公开年度报告增加，体例同2022年政府信息公开工作年度报告。", "intro", "", ""),
    ("在本机关2022年政府信息公开工作年度报告的基础上，增加了图表。", "intro", "", ""),
    ("2022年，我局公开信息500条。", "overview", "M02", "“一、总体情况”：写的是“2022年”，本报告是 2023 年度的"),
    ("2021年度我局公开信息500条。", "overview", "M02", "写的是“2021年”"),
    ("2022 年,我局公开信息500条。", "overview", "M02", "写的是“2022年”"),
    ("2023年，我局公开信息500条，比2022年，有所增加。", "overview", "", ""),
    ("2022年以来，我局公开信息500条。", "overview", "", ""),
    ("2024年，我局将继续努力。", "overview", "", ""),
    ("2022年，我局公开信息500条。", "problems", "", ""),
    ("按时公布了2022年政府信息公开工作年度报告。", "overview", "", ""),
    ("2023年1月20日", "date", "M02", "成文日期：写的是“2023年1月20日”，2023 年度的报告应在下一年公布"),
    ("2024年1月20日", "date", "", ""),
    ("统计期限为2022年1月1日至2022年12月31日。", "intro", "M03", "统计期限写的是“2022年1月1日至2022年12月31日”"),
    ("统计期限自2023年1月1日起至2023年12月31日止。", "intro", "", ""),
    ("统计期限为2023年3月1日至12月31日。", "intro", "M03", "当年成立或撤销的，请写明；不是的，请改正。"),
    ("统计期限为2022年1月1日至12月31日。", "intro", "M03", "统计期限写的是“2022年1月1日至12月31日”"),
    ("统计期限自2022年1月1日起，至2022年12月31日止。", "intro", "M03", "写的是“2022年1月1日起，至2022年12月31日”"),
    ("统计期限为2022年1月1日起截至2022年12月31日。", "intro", "M03", "写的是“2022年1月1日起截至2022年12月31日”"),
    ("统计期限为2022年1月1日–12月31日。", "intro", "M03", "写的是“2022年1月1日–12月31日”"),
    ("统计期限为2022年1月1日——2022年12月31日。", "intro", "M03", "写的是“2022年1月1日——2022年12月31日”"),
    ("统计期限自2023年1月1日起，至2023年12月31日止。", "intro", "", ""),
    ("统计期限为2023年1月1日–2023年12月31日。", "intro", "", ""),
    ("数据截至2023年12月31日，1月1日起统计。", "intro", "", ""),
    (
        "根据条例，示例市水利局编制本报告。",
        "intro",
        "M06",
        "写的单位是“示例市水利局”，填报单位是“示例市发展和改革委员会”",
    ),
    ("根据条例，市发改委编制了2023年年度报告。", "intro", "", ""),
    ("根据条例，我委编制2023年年度报告。", "intro", "", ""),
    ("根据条例要求，现编制本报告。", "intro", "", ""),
    ("由本机关编制2023年度报告。", "intro", "", ""),
    ("示例市水利局", "signature", "M06", "落款单位：写的单位是“示例市水利局”"),
    ("示例市发展和改革委员会办公室", "signature", "", ""),
    ("市发展改革委", "signature", "", ""),
]


def found(text: str, key: str, agency: str = AGENCY) -> list[tuple[str, str]]:
    report = busy_report()._replace(agency=agency, texts={key: text})
    return [
        (each.rule, each.message)
        for each in check(Reading("年报.xlsx", report))
        if each.rule in {"V12", "M02", "M03", "M06"}
    ]


@pytest.mark.parametrize(("text", "key", "rule", "words"), CASES)
def test_what_is_left_over(text: str, key: str, rule: str, words: str) -> None:
    told = found(text, key)
    assert [each for each, _ in told] == ([rule] if rule else [])
    assert all(words in message for _, message in told)


SCHOOLS, COUNTY, TOWN = "示例市教育局", "示例县人民政府", "示例镇人民政府"
WRITERS = [
    # the introduction, the office that reports, and whom else it names
    ("依法编制本报告。", SCHOOLS, ""),
    ("现依法编制本报告。", SCHOOLS, ""),
    ("特此编制本报告。", SCHOOLS, ""),
    ("按要求编制本报告。", SCHOOLS, ""),
    ("结合本单位实际编制本报告。", SCHOOLS, ""),
    ("根据有关规定特编制本报告。", SCHOOLS, ""),
    ("按照市政府办公室统一要求编制本报告。", SCHOOLS, ""),
    ("按照示例市人民政府统一部署编制本报告。", SCHOOLS, ""),
    ("在各科室提供材料的基础上编制本报告。", SCHOOLS, ""),
    ("认真编制2023年政府信息公开工作年度报告。", SCHOOLS, ""),
    ("根据《条例》第五十条规定和市政府办公室要求，特编制本报告。", SCHOOLS, ""),
    ("本报告由示例市教育局根据《条例》（国令第711号）要求编制而成。", SCHOOLS, ""),
    ("示例市教育局按照示例市人民政府办公室通知要求编制本报告。", SCHOOLS, ""),
    ("根据工作需要由局办公室牵头编制本报告，各科室配合。", SCHOOLS, ""),
    ("本报告由市教育局编制，电子版可在示例市人民政府网站下载。", SCHOOLS, ""),
    ("由局政务公开领导小组办公室编制本报告。", SCHOOLS, ""),
    ("由办公室汇总各科室材料编制本报告。", SCHOOLS, ""),
    ("由信息中心编制本报告。", SCHOOLS, ""),
    ("今年市教育局编制了2023年度报告。", SCHOOLS, ""),
    ("市教育局会同示例市水利局编制本报告。", SCHOOLS, ""),
    ("受市政府委托，组织全体干部编制本报告。", SCHOOLS, ""),
    ("以公众需求为中心编制本报告，并在政府网站公布。", SCHOOLS, ""),
    ("通过门户网站编制本报告。", SCHOOLS, ""),
    ("汇总2023年度示例市水利局等单位的年度报告编制而成。", SCHOOLS, ""),
    ("安排专职干部编制本报告。", SCHOOLS, ""),
    ("经统一部署编制本报告。", SCHOOLS, ""),
    ("利用市政府网站编制本报告。", SCHOOLS, ""),
    ("各县区教育局编制本级报告，市内有关中心编制本级报告。", SCHOOLS, ""),
    ("市内各中心编制本单位报告。", SCHOOLS, ""),
    ("由局城乡学校服务中心编制本报告。", SCHOOLS, ""),
    ("本报告由我局编制，经示例市人民政府办公室审核。", SCHOOLS, ""),
    ("根据要求，教育局编制本报告。", SCHOOLS, ""),
    ("由示例市示例区教育局编制本报告。", "示例区教育局", ""),
    ("市发展改革委编制本报告。", "示例市发改委", ""),
    ("市发展和改革委员会编制本报告。", "示例市发改委", ""),
    ("由镇党政办公室编制本报告。", TOWN, ""),
    ("由示例镇党政综合办公室编制本报告。", TOWN, ""),
    ("党委政府编制本报告。", TOWN, ""),
    ("示例镇党委政府编制本报告。", TOWN, ""),
    ("示例街道党政办编制本报告。", "示例街道办事处", ""),
    ("县府办根据《条例》编制本报告。", COUNTY, ""),
    ("县委县政府编制本报告。", COUNTY, ""),
    ("由示例县政务公开领导小组办公室编制本报告。", COUNTY, ""),
    ("由县人民政府信息公开办公室编制本报告。", COUNTY, ""),
    ("由管委会办公室编制本报告。", "示例经济技术开发区管理委员会", ""),
    ("示例自由贸易试验区管委会编制本报告。", "示例自由贸易试验区管理委员会", ""),
    ("由示例市水利局编制本报告。", SCHOOLS, "示例市水利局"),
    ("现由示例市水利局编制本报告。", SCHOOLS, "示例市水利局"),
    ("本报告由示例市水利局编制而成。", SCHOOLS, "示例市水利局"),
    ("本报告由示例市水利局编制，电子版可在网站下载。", SCHOOLS, "示例市水利局"),
    ("本报告由示例市水利局编制并发布。", SCHOOLS, "示例市水利局"),
    ("示例市水利局根据《条例》编写本报告。", SCHOOLS, "示例市水利局"),
    ("今年示例市水利局特编制本报告。", SCHOOLS, "示例市水利局"),
    ("示例市人民政府编制本报告。", SCHOOLS, "示例市人民政府"),
    ("乙县教育局编制本报告。", SCHOOLS, "乙县教育局"),
    ("由示例市政务服务中心编制本报告。", SCHOOLS, "示例市政务服务中心"),
    ("水利局编制本报告。", SCHOOLS, "水利局"),
    ("本溪市水利局编制本报告。", SCHOOLS, "本溪市水利局"),
    ("邻县人民政府编制本报告。", COUNTY, "邻县人民政府"),
    ("邻镇党政办公室编制本报告。", TOWN, "邻镇党政办公室"),
    ("邻自由贸易试验区管委会编制本报告。", "示例自由贸易试验区管理委员会", "邻自由贸易试验区管委会"),
]


@pytest.mark.parametrize(("text", "agency", "other"), WRITERS)
def test_who_wrote_the_report(text: str, agency: str, other: str) -> None:
    said = f"第一章之前：写的单位是“{other}”，填报单位是“{agency}”。请核对，改正其中一处。"
    assert found(text, "intro", agency) == ([("M06", said)] if other else [])


@pytest.mark.parametrize(
    ("signature", "agency", "told"),
    [
        ("示例市人民政府办公室", "示例市", False),
        ("示例市人民政府", "示例市人民政府办公室", False),
        ("乙县人民政府办公室", "示例市水利局", True),
        ("邻县人民政府", COUNTY, True),
        ("邻县人民政府办公室", COUNTY, True),
        ("县人民政府", COUNTY, False),
        ("示例市示例县人民政府办公室（代章）", COUNTY, False),
        ("县政府办（公章）", COUNTY, False),
        ("我局", SCHOOLS, False),
        ("本机关", SCHOOLS, False),
        ("本单位", SCHOOLS, False),
        ("我委", AGENCY, False),
        ("市发改委", AGENCY, False),
        ("局办公室", SCHOOLS, False),
        ("（此件公开发布）", SCHOOLS, False),
        ("特此报告", SCHOOLS, False),
        ("人民政府", COUNTY, False),
        ("示例市水利局（公章）", SCHOOLS, True),
        ("示例市水利局2024年1月20日", SCHOOLS, True),
        ("报送单位：市教育局", SCHOOLS, False),
        ("报送单位：示例市水利局", SCHOOLS, True),
        ("市教育局2024年1月20日", SCHOOLS, False),
        ("示例市文物局", "示例市文化和旅游局（示例市文物局）", False),
        ("中共示例镇委员会 示例镇人民政府", TOWN, False),
        ("国家税务总局示例市税务局", "示例市税务局", False),
        ("示例市城管执法局", "示例市城市管理局（示例市综合行政执法局）", False),
        ("示例市交警支队", "示例市公安局交通警察支队", False),
    ],
)
def test_who_signs(signature: str, agency: str, told: bool) -> None:  # noqa: FBT001 - a table's column
    assert [rule for rule, _ in found(signature, "signature", agency)] == ["M06"] * told


@pytest.mark.parametrize("agency", ["XX局", "××局", "某某局", "示例市××局"])
def test_a_name_of_the_template_is_told_once_at_the_cover(agency: str) -> None:
    said = f"封面“单位名称”：填的是“{agency}”，是模板或范例里的字样。请填写单位全称。"
    for key, text in (("overview", f"{agency}公开信息若干。"), ("signature", agency), ("signature", SCHOOLS)):
        assert found(text, key, agency) == [("V12", said)]
    assert [rule for rule, _ in found(f"{agency}公开信息XX条。", "overview", agency)] == ["V12", "V12"]


@pytest.mark.parametrize("text", ["由某某局编制本报告。", "由XX局编制本报告。"])
def test_a_writer_of_the_template_is_told_as_such_alone(text: str) -> None:
    assert [rule for rule, _ in found(text, "intro", SCHOOLS)] == ["V12"]


def test_spaces_and_lines_hide_nothing() -> None:
    assert found("统计期限为2022年1月1日 \n至2022年12月31日", "intro")[0][0] == "M03"
    assert found("待 补\n充", "other")[0][0] == "V12"
