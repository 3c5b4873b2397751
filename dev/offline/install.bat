@echo off
rem Install govsite from this folder alone, into govsite\ beside this script. No network, no administrator.
rem install.bat [python]
setlocal
chcp 65001 >nul
set "here=%~dp0"
set "python=%~1"
if "%python%"=="" set "python=python"
"%python%" -m venv "%here%govsite" || goto failed
"%here%govsite\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-index --find-links "%here%wheels" govsite || goto failed
"%here%govsite\Scripts\govsite.exe" --version || goto failed
echo 已装好 / installed: %here%govsite\Scripts\govsite.exe
exit /b 0
:failed
echo 没有装好：需要与文件名里相同版本的 Python（python.org 的安装包可以离线安装）。 / not installed: the Python named in the archive is needed.
exit /b 1
