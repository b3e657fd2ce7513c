Attribute VB_Name = "NianbaoMessage"
Option Explicit
' What the macros themselves have to say; everything else Python says.

Public Sub Tell(ByVal message As String)
    MsgBox message, vbExclamation, NianbaoText.Title()
End Sub

' Python wrote an error: its last line is what a technician needs; the clerk is told what to do.
Public Sub TellPythonError(ByVal written As String)
    Tell NianbaoText.PythonFailed(LastLine(written))
End Sub

Private Function LastLine(ByVal written As String) As String
    Dim lines As Variant, i As Long
    lines = Split(Replace(written, vbCr, vbLf), vbLf)
    For i = LBound(lines) To UBound(lines)
        If Trim(lines(i)) <> "" Then LastLine = Trim(lines(i))
    Next
End Function
