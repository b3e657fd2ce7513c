"""How Excel shows what a formula comes to that fails, by LibreOffice's numbers."""

ERRORS_BY_NUMBER = {
    502: "#VALUE!",
    503: "#NUM!",
    519: "#VALUE!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}
ERRORS = frozenset(ERRORS_BY_NUMBER.values())
