Attribute VB_Name = "Nianbao"
Option Explicit
' The callbacks of the ribbon. A button's tag is the Python command that it runs.
' Chinese texts come from NianbaoText, which the build makes: a macro's source is ASCII.

Private Const LETTERS As String = "abcdefghijklmnopqrstuvwxyz"
Private Bar As Object
Private Busy As Boolean
Private Described As Boolean

Public Sub Loaded(ribbon As IRibbonUI)
    Set Bar = ribbon
    Busy = False
    Refresh
End Sub

' Has every button asked anew whether it is enabled: another workbook is active, or a command begins or ends.
Public Sub Refresh()
    ' Without an open workbook Excel takes no descriptions of functions; it is tried again with the next one.
    If Not Described And Not ActiveWorkbook Is Nothing Then Described = NianbaoText.DescribeFunctions()
    If Not Bar Is Nothing Then Bar.Invalidate
End Sub

' getEnabled: commands that need no workbook.
Public Sub IsIdle(control As IRibbonControl, ByRef enabled)
    enabled = Not Busy
End Sub

' getEnabled: commands on any workbook.
Public Sub HasBook(control As IRibbonControl, ByRef enabled)
    enabled = Not Busy And Not ActiveWorkbook Is Nothing
End Sub

' getEnabled: commands on an annual report.
Public Sub HasReport(control As IRibbonControl, ByRef enabled)
    enabled = Not Busy And IsReport()
End Sub

Private Function IsReport() As Boolean
    Dim sheet As Object
    If ActiveWorkbook Is Nothing Then Exit Function
    For Each sheet In ActiveWorkbook.Worksheets
        If sheet.Name = "_meta" Then IsReport = (sheet.Range("A1").Text = "nianbao")
    Next
End Function

' onAction of every button. On a Mac Python runs on after this has ended; on Windows it is waited for.
Public Sub Press(control As IRibbonControl)
    Dim problem As String
    If Busy Or Not IsCommand(control.Tag) Then Exit Sub
    On Error GoTo Failed
    If ActiveWorkbook Is Nothing Then Workbooks.Add
    If IsSafeName(ActiveWorkbook.Name) Then
        SetBusy True
        RunPython "from nianbao.excel.ribbon import press; press('" & control.Tag & "')"
    Else
        NianbaoMessage.Tell NianbaoText.UnsafeName(ActiveWorkbook.Name)
    End If
Finish:
    On Error GoTo 0
    SetBusy False
    If problem <> "" Then NianbaoMessage.Tell NianbaoText.MacroFailed(problem)
    Exit Sub
Failed:
    problem = Err.Description
    Resume Finish
End Sub

Private Sub SetBusy(ByVal running As Boolean)
    Busy = running
    On Error Resume Next
    ' xlWait and xlDefault
    Application.Cursor = IIf(running, 2, -4143)
    Refresh
End Sub

' Python text is made of the tag: nothing but a name may get there.
Private Function IsCommand(ByVal tag As String) As Boolean
    Dim i As Long
    If tag = "" Then Exit Function
    If InStr(1, LETTERS, Left(tag, 1), vbBinaryCompare) = 0 Then Exit Function
    For i = 1 To Len(tag)
        If InStr(1, LETTERS & "_", Mid(tag, i, 1), vbBinaryCompare) = 0 Then Exit Function
    Next
    IsCommand = True
End Function

' The name of the workbook gets into a command line, of which a shell takes these characters for its own.
Private Function IsSafeName(ByVal name As String) As Boolean
    Dim i As Long
    For i = 1 To Len(name)
        If InStr(1, "$`|\" & Chr(34), Mid(name, i, 1), vbBinaryCompare) > 0 Then Exit Function
    Next
    IsSafeName = True
End Function
