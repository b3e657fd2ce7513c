"""What commands print as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..check import Checked, counted
from ..findings import Severity
from ..reportjson import finding_data, to_data


def checked_json(checked: Sequence[Checked], told: Sequence[str] = ()) -> str:
    """The JSON of `check --format json`; `told` says how it was checked, and what not."""
    counts = counted(finding for each in checked for finding in each.findings)
    summary = {"files": len(checked)} | {f"{each.value}s": counts[each] for each in Severity}
    return _dumps({"files": [_file(each) for each in checked], "summary": summary, "told": list(told)})


def reports_json(checked: Sequence[Checked]) -> str:
    """The JSON of `import --json`: an object for one report, an array for several."""
    data = [to_data(each.reading._replace(findings=each.findings)) for each in checked if each.reading]
    return _dumps(data[0] if len(checked) == 1 else data)


def _file(checked: Checked) -> dict[str, object]:
    reading = checked.reading
    report = reading.report if reading else None
    places = reading.places if reading else {}
    return {
        "file": str(checked.file),
        "agency": report.agency if report else None,
        "year": report.year if report else None,
        "edition": report.edition if report else None,
        "findings": [finding_data(finding, places) for finding in checked.findings],
    }


def _dumps(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)
