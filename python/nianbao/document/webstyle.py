"""How a report looks as a web page: on a screen of any width, and printed on A4."""

from __future__ import annotations

from collections.abc import Mapping

WIDTHS: Mapping[str, tuple[float, ...]] = {
    "disclosure": (31, 23, 23, 23),
    "requests": (5, 12, 28, *[55 / 7] * 7),
    "review": (100 / 15,) * 15,
}
"""The columns of each chapter's tables, in percent; a figure that needs more takes it."""

STYLE = """
:root { color-scheme: light; --line: 1px solid #333; }
body { margin: 0; background: #fff; color: #000;
  font: 1.125rem/1.8 FangSong_GB2312, "仿宋_GB2312", FangSong, "仿宋", STFangsong, serif; }
article { max-width: 52rem; margin: 0 auto; padding: 2rem 1rem 3rem; }
h1, h2, h3, h4, p { white-space: pre-wrap; overflow-wrap: anywhere; }
p, .heading1, .heading2, .heading3 { text-indent: 2em; }
p { margin: 0 0 .5rem; text-align: justify; }
.title { margin: 0 0 2rem; text-align: center; text-wrap: balance; font-weight: normal;
  font-size: clamp(1.375rem, 5.5vw, 2rem); line-height: 1.5;
  font-family: FZXiaoBiaoSong-B05S, "方正小标宋简体", SimSun, "宋体", STSong, serif; }
.heading1 { margin: 1.5rem 0 .5rem; font-weight: normal; font-size: 1.25rem;
  font-family: SimHei, "黑体", "PingFang SC", "Microsoft YaHei", sans-serif; }
.heading2, .heading3 { margin: .5rem 0; font-size: 1.125rem; }
.heading2, strong { font-family: KaiTi_GB2312, "楷体_GB2312", KaiTi, "楷体", STKaiti, serif; }
mark { background: #ffe45c; color: #000; }
.signature { margin: 0 2em 0 0; text-align: right; text-indent: 0; }
:not(.signature) + .signature { margin-top: 2rem; }

/* Shadows at the edges show that a table goes on. */
.tables { margin: .75rem 0 1.25rem; overflow-x: auto;
  background: linear-gradient(to right, #fff 1rem, #fff0) 0 0 / 3rem 100% no-repeat local,
    linear-gradient(to left, #fff 1rem, #fff0) 100% 0 / 3rem 100% no-repeat local,
    linear-gradient(to right, #0006, #0000) 0 0 / 1rem 100% no-repeat scroll,
    linear-gradient(to left, #0006, #0000) 100% 0 / 1rem 100% no-repeat scroll; }
.tables:focus-visible { outline: 3px solid #0b57d0; outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; font-size: 1rem; line-height: 1.4; }
caption, th, td { border: var(--line); padding: .3em .4em; text-align: center; vertical-align: middle; font-weight: normal; }
caption { border-bottom: 0; }
table + table caption { border-top: 0; }
thead th { text-wrap: balance; }
td { height: 1.4em; white-space: nowrap; font-variant-numeric: tabular-nums; }
.requests table, .review table { min-width: 46rem; font-size: .875rem; }
.requests tbody th { text-align: left; }
.requests tbody th[rowspan] { text-align: center; }
.requests th[scope=row][rowspan] { word-break: keep-all; }

@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
@page :right { @bottom-right { content: "— " counter(page) " —"; font: 14pt SimSun, "宋体", serif; } }
@page :left { @bottom-left { content: "— " counter(page) " —"; font: 14pt SimSun, "宋体", serif; } }
@media print {
  :root { --line: .5pt solid #000; }
  body { font-size: 16pt; line-height: 28.95pt; }
  article { max-width: none; padding: 0; }
  p { margin: 0; }
  .title { margin-bottom: 28.95pt; font-size: 22pt; line-height: 34pt; }
  .heading1, .heading2, .heading3 { margin: 0; font-size: 16pt; break-after: avoid; }
  .signature { break-before: avoid; }
  :not(.signature) + .signature { margin-top: 57.9pt; }
  .tables { margin: 4pt 0; overflow: visible; background: none; break-inside: avoid; }
  table { font-size: 12pt; line-height: 15pt; break-inside: avoid; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  th, td, caption { padding: 2pt; }
  .requests table, .review table { min-width: 0; font-size: 9pt; line-height: 10.5pt; }
  .requests th, .requests td { padding: .75pt 2pt; }
  .review th, .review td { padding: 4pt 1pt; }
}
"""
