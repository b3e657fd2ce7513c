"""N20: what an office calls itself."""

from __future__ import annotations

import pytest

from builders import busy_report, shared
from nianbao.checks.kinds import n20_other_kind
from nianbao.importing.files import read_file
from nianbao.reading import Reading

CENTRE, BUREAU, STREET = "示例区机关服务中心", "示例市水利局", "示例区某某街道办事处"


def found(text: str, agency: str, signature: str = "") -> list[str]:
    texts = {"overview": text, "signature": signature}
    reading = Reading("年报.xlsx", busy_report()._replace(agency=agency, texts=texts))
    return [each.message for each in n20_other_kind(reading, reading.form)]


FOREIGN = [
    (CENTRE, "成立以局长为组长、副局长为副组长的领导小组，设在局办公室。", "“局长”“局办公室”“副局长”"),
    (CENTRE, "由局长任组长。", "“局长”"),
    (CENTRE, "提高全局政务公开工作水平。", "“全局”"),
    (CENTRE, "2023年，我局高度重视。本局公开若干条。", "“我局”“本局”"),
    (CENTRE, "我局党组高度重视，在局党组领导下开展工作。", "“我局”“局党组”"),
    (BUREAU, "我中心高度重视。", "“我中心”"),
    (BUREAU, "我委高度重视。", "“我委”"),
    (BUREAU, "我镇公开若干条。", "“我镇”"),
    (BUREAU, "我校公开若干条。", "“我校”"),
    (STREET, "我镇公开若干条。", "“我镇”"),
    (STREET, "我局公开若干条。", "“我局”"),
    ("示例市发展和改革委员会", "我局公开若干条。", "“我局”"),
    ("示例县图书馆", "我局公开若干条。", "“我局”"),
    ("示例投资集团有限公司", "我局公开若干条。", "“我局”"),
]
OWN = [
    (CENTRE, "我中心高度重视，本中心公开若干条。"),
    (CENTRE, "从全局出发，服务全局工作，统筹全局，树立全局观念。"),
    (CENTRE, "着眼发展全局政务公开工作。"),
    (CENTRE, "在市局的领导下，与公安局、上级局协作，公安局局长到会。"),
    (CENTRE, "在局党组的领导下，局办公室负责，开通局长热线、局长信箱。"),
    (CENTRE, "由市机关事务管理局局长任组长。"),
    (CENTRE, "克服自我局限，突破本局面，样本局部调整。"),
    (CENTRE, "转发《关于我局信息公开的意见》，答复“请求我局公开”的申请。"),
    (CENTRE, "我单位、本机关、我办、我处按要求公开。"),
    (BUREAU, "我局按要求公开，全局上下重视，以局长为组长。"),
    (BUREAU, "经我委托第三方评估，我中心城区公开栏更新，自我校正。"),
    (BUREAU, "我所在单位、为我所用、我所知的情况。"),
    (BUREAU, "我办、我科负责。"),
    (BUREAU, "本乡村振兴信息、我乡村民信息已公开。"),
    (STREET, "我街道、我办按要求公开，我辖区六个社区。"),
    ("示例市行政审批局（示例市政务服务中心）", "我局、我中心按要求公开。"),
    ("示例市行政审批局政务服务中心", "我局、我中心按要求公开。"),
    (CENTRE, "示例区机关事务局与本中心合署办公，我局公开若干条。"),
    (CENTRE, "机关事务管理局加挂机关服务中心牌子。我局公开若干条。"),
    ("示例县人民政府", "我局、我镇、我委公开若干条。"),
    ("示例县人民政府办公室", "我局公开若干条。"),
    ("示例经济开发区管委会", "我局公开若干条。"),
    ("示例综合实验区", "我局公开若干条。"),
    ("示例镇", "我镇公开若干条，我局不计。"),
    ("示例学院", "我校公开若干条，我院公开若干条。"),
    ("示例投资集团", "我公司公开若干条，我司公开若干条。"),
    ("示例市总工会", "我局公开若干条。"),
    ("", "我局公开若干条。"),
    (CENTRE, ""),
]


@pytest.mark.parametrize(("agency", "text", "words"), FOREIGN)
def test_the_name_of_another_kind(agency: str, text: str, words: str) -> None:
    (message,) = found(text, agency)
    assert f"单位名称是“{agency}”，文字里却自称{words}，" in message


@pytest.mark.parametrize(("agency", "text"), OWN)
def test_its_own_name_and_words_that_only_look_so(agency: str, text: str) -> None:
    assert not found(text, agency)


def test_the_signature_tells_of_another_name() -> None:
    assert found("我局公开若干条。", CENTRE)
    assert not found("我局公开若干条。", CENTRE, "示例区机关事务管理局")


def test_real_reports() -> None:
    told = {}
    for path in [*shared().glob("data/*/*.txt"), *shared().glob("data/*/*.pdf")]:
        for reading in read_file(path):
            told[path.name[:3]] = [each.message for each in n20_other_kind(reading, reading.form)]
    assert {name: len(messages) for name, messages in told.items() if messages} == {"000": 1, "002": 1}
    assert "“全局”" in told["000"][0]
    assert "“局长”" in told["002"][0]
