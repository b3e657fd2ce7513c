"""How the page of problems looks, on a screen of any width and on A4, and the script that filters it."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

STYLE = """
:root { color-scheme: light; --line: 1px solid #767676; --error: #b3261e; --warning: #7a4f00; --info: #0b57d0; }
html { scroll-padding-top: 1rem; }
html:has(#filter:not([hidden])) { scroll-padding-top: 5rem; }
body { margin: 0; background: #fff; color: #1a1a1a;
  font: 1rem/1.6 "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", SimHei, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 1rem 1rem 3rem; overflow-wrap: anywhere; }
h1 { margin: .5rem 0; font-size: 1.75rem; line-height: 1.3; }
h2 { margin: 2.5rem 0 .5rem; padding-bottom: .25rem; border-bottom: 2px solid #1a1a1a; font-size: 1.375rem; }
h3 { margin: 1.75rem 0 0; font-size: 1.125rem; }
p { margin: 0 0 .5rem; }
a { color: #0b57d0; }
.summary { margin: 0; font-size: 1.125rem; }
.summary + .summary { margin-bottom: 1rem; }
.note { color: #555; }
.name { unicode-bidi: isolate; }
[hidden] { display: none !important; }
:focus-visible { outline: 3px solid #0b57d0; outline-offset: 2px; }
section:target > h3, tr:target, li:target { background: #fff4c2; }
.skip { position: absolute; left: -100rem; padding: .5rem 1rem; background: #fff; }
.skip:focus { left: 0; z-index: 2; }
nav ul, .plain { margin: 0; padding: 0; list-style: none; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }

#filter { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.25rem;
  margin-bottom: .75rem; padding: .5rem 0; border-bottom: var(--line); background: #fff; }
#filter fieldset { display: flex; gap: 1rem; margin: 0; padding: 0; border: 0; }
#filter legend { float: left; margin-right: 1rem; padding: 0; }
#filter [type=search] { width: 20rem; max-width: 100%; padding: .3rem .5rem; border: var(--line); border-radius: 4px; font: inherit; }
#filter [type=checkbox] { width: 1.1rem; height: 1.1rem; vertical-align: -.15rem; }
#filter p { margin: 0; }

table { width: 100%; margin: .25rem 0 0; border-collapse: collapse; table-layout: fixed; font-size: .9375rem; line-height: 1.5; }
caption { padding: 0 0 .25rem; text-align: left; }
th, td { padding: .35rem .5rem; border: var(--line); text-align: left; vertical-align: top; font-weight: normal; }
thead th { background: #f0f0f0; font-weight: bold; }
thead .level { width: 4.25rem; }
thead .rule { width: 3.75rem; }
thead .place { width: 11rem; }
thead .suspects { width: 13rem; }
thead .state { width: 7.5rem; }
thead .unit { width: 18rem; }
td.suspects { white-space: pre-line; }
td.level { font-weight: bold; white-space: nowrap; }
.error { color: var(--error); }
.warning { color: var(--warning); }
.info { color: var(--info); }
/* Signs to see, not to hear; browsers that cannot part the two show them all the same. */
.error::before { content: "×"; content: "×" / ""; }
.warning::before { content: "△"; content: "△" / ""; }
.info::before { content: "◇"; content: "◇" / ""; }
td .plain li + li { margin-top: .25rem; }

@media screen and (max-width: 48rem) {
  html:has(#filter:not([hidden])) { scroll-padding-top: 1rem; }
  #filter { position: static; }
  h1 { font-size: 1.5rem; }
  table, caption, tbody, tr, td, tbody th { display: block; width: auto; }
  thead { position: absolute; left: -100rem; }
  tr { margin-bottom: .5rem; padding: .35rem .5rem; border: var(--line); border-left-width: 4px; }
  tbody th, td { padding: 0; border: 0; }
  td:empty { display: none; }
  .findings .level, .findings .rule { display: inline-block; margin-right: .75rem; }
  td.place::before { content: "位置："; }
  td.suspects::before { content: "疑似应为："; }
  td.state::before { content: "状态："; }
}

@page { size: A4; margin: 18mm 15mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt; } }
@media print {
  body { color: #000; font-size: 10pt; }
  main { max-width: none; padding: 0 1px; }
  a { color: inherit; text-decoration: none; }
  nav, .skip, #filter > :not(#shown) { display: none; }
  #filter { position: static; padding: 0; border: 0; }
  section:target > h3, tr:target, li:target { background: none; }
  h1 { font-size: 16pt; }
  h2 { font-size: 13pt; }
  h3 { font-size: 11pt; }
  h2, h3, h3 + p, caption, thead { break-after: avoid; }
  table { font-size: 9pt; line-height: 1.4; }
  thead { display: table-header-group; }
  th, td { padding: 1mm 1.2mm; }
  tr, li { break-inside: avoid; }
  thead .level { width: 11mm; }
  thead .rule { width: 8mm; }
  thead .place { width: 21mm; }
  thead .suspects { width: 34mm; }
  thead .state { width: 15mm; }
  thead .unit { width: 50mm; }
}
"""

SCRIPT = """
"use strict";
{
  const all = (query, node = document) => [...node.querySelectorAll(query)];
  const words = document.getElementById("words");
  const boxes = all("#filter [type=checkbox]");
  const shown = document.getElementById("shown");
  const text = (node) => node.textContent.toLowerCase();
  const links = new Map();
  for (const link of all("li > a")) {
    const target = link.hash.slice(1);
    links.set(target, [...(links.get(target) ?? []), link.parentNode]);
  }
  const withLinks = (node) => [node, ...(links.get(node.id) ?? [])];
  const findings = all("[data-level]").map((node) => ({
    level: node.dataset.level,
    text: text(node.closest("[data-unit]")?.querySelector(".name") ?? node) + " " + text(node),
    nodes: withLinks(node),
  }));
  const clean = all("[data-clean]").map((node) => ({ text: text(node), node }));
  const groups = all("[data-group]");
  const sections = all("main > section");
  const emptied = (node, inside) => {
    const found = all(inside, node);
    return found.length > 0 && found.every((each) => each.hidden);
  };
  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/u).filter(Boolean);
    const levels = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const fits = (each) => wanted.every((word) => each.text.includes(word));
    let count = 0;
    for (const each of findings) {
      const fit = levels.has(each.level) && fits(each);
      count += fit ? 1 : 0;
      for (const node of each.nodes) node.hidden = !fit;
    }
    for (const each of clean) each.node.hidden = !fits(each);
    for (const group of groups) group.hidden = emptied(group, "[data-level], [data-finding]");
    for (const section of sections) {
      const empty = emptied(section, "[data-group], [data-clean]");
      for (const node of withLinks(section)) node.hidden = empty;
    }
    const asked = wanted.length > 0 || levels.size < boxes.length;
    shown.textContent = asked ? `筛选后显示 ${count} 处，共 ${findings.length} 处。` : "";
  };
  for (const input of [words, ...boxes]) input.addEventListener("input", filter);
  document.getElementById("filter").hidden = false;
  filter();
}
"""


def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


POLICY = (
    f"default-src 'none'; style-src {_source(STYLE)}; script-src {_source(SCRIPT)}; base-uri 'none'; form-action 'none'"
)
"""Nothing is fetched or sent, and nothing runs but the script above, whatever a name or a message may say."""
