@echo off
rem nianbao: offline installation for one person, no administrator needed.
rem UNTESTED ON REAL WINDOWS: written and checked on Linux only.
rem In the bundle this file is GB2312: cmd reads code page 936 on every Windows, and misreads UTF-8 on some.
setlocal DisableDelayedExpansion
chcp 936 >nul
set "HERE=%~dp0"
set "TARGET=%LOCALAPPDATA%\nianbao\python"
set "PYTHON=%TARGET%\python.exe"

:menu
echo.
echo  年报工具 nianbao
echo    1  安装
echo    2  卸载
echo    3  检查
echo    0  退出
choice /c 1230 /n /m " 请按数字："
if errorlevel 4 exit /b 0
if errorlevel 3 goto check
if errorlevel 2 goto uninstall
if errorlevel 1 goto install
exit /b 0

:install
set "ZIP="
for %%F in ("%HERE%python\python-3.13.*-embed-amd64.zip") do set "ZIP=%%~fF"
if not defined ZIP goto nozip
set "PIP="
for %%F in ("%HERE%wheels\pip-*.whl") do set "PIP=%%~fF"
rem A folder with an open file cannot be renamed: what was installed stays whole until the new one works.
if exist "%TARGET%.old" rmdir /s /q "%TARGET%.old"
if exist "%TARGET%" ren "%TARGET%" python.old
if exist "%TARGET%" goto busy
mkdir "%TARGET%"
echo 正在解压 Python……
tar -xf "%ZIP%" -C "%TARGET%" 2>nul
if not exist "%PYTHON%" powershell -NoProfile -ExecutionPolicy Bypass -Command "Expand-Archive -LiteralPath $env:ZIP -DestinationPath $env:TARGET -Force"
if not exist "%PYTHON%" goto undo
rem Without the last line the embeddable Python does not look into site-packages.
(
echo python313.zip
echo .
echo import site
) > "%TARGET%\python313._pth"
echo 正在安装，约需一两分钟……
"%PYTHON%" "%PIP%\pip" install --no-index --find-links "%HERE%wheels" --no-warn-script-location --disable-pip-version-check --quiet nianbao
if errorlevel 1 goto undo
"%PYTHON%" -m nianbao addin install
if errorlevel 1 goto undo
if exist "%TARGET%.old" rmdir /s /q "%TARGET%.old"
echo.
echo 装好了。空白模板在本文件夹的 templates 里。
goto menu

:undo
if exist "%TARGET%" rmdir /s /q "%TARGET%"
if exist "%TARGET%.old" ren "%TARGET%.old" python
echo 没有装成，原因见上面几行。原来装的没有改动。
goto menu

:uninstall
if not exist "%PYTHON%" goto missing
"%PYTHON%" -m nianbao addin uninstall
if errorlevel 1 goto menu
rmdir /s /q "%TARGET%"
if exist "%TARGET%" goto busy
echo 卸载好了。
goto menu

:check
if not exist "%PYTHON%" goto missing
"%PYTHON%" -m nianbao addin status
goto menu

:nozip
echo 没有找到 Python 压缩包。请先按 python\说明.txt 放好，再选 1。
goto menu

:busy
echo 文件正被使用，没有做完。请先退出 Excel，再选一次。
goto menu

:missing
echo 还没有安装。请选 1。
goto menu
