@echo off
rem Ouvre Rosace d'un double clic (Windows). La premiere fois, installe ce qu'il faut dans le dossier .venv.
rem Ce fichier n'a que des lettres sans accent, et des fins de ligne de Windows : cmd lit mal le reste.
setlocal
chcp 65001 >nul
set PYTHONUTF8=1
pushd "%~dp0..\.." || goto rate
if not exist requirements.lock (
  echo Ce fichier doit rester dans le dossier de Rosace. S'il vient d'une archive zip, sortez-en d'abord tout le dossier :
  echo clic droit sur l'archive, puis Extraire tout.
  goto fin
)
set NEUF=--clear
if exist .venv\Scripts\python.exe .venv\Scripts\python -c "" >nul 2>nul && set NEUF=
if not defined NEUF fc /b requirements.lock .venv\installe.lock >nul 2>nul && goto ouvrir
set PYTHON=
for %%V in (-3.13 -3.12 -3.11 -3) do if not defined PYTHON call :essayer py %%V
if not defined PYTHON call :essayer python
if not defined PYTHON (
  echo Rosace demande Python 3.11 ou plus recent, en 64 bits. Installez-le depuis https://www.python.org/downloads/
  echo en cochant "Add python.exe to PATH", puis ouvrez de nouveau ce fichier.
  goto fin
)
echo Installation de Rosace : quelques minutes, cette fois seulement.
%PYTHON% -m venv %NEUF% .venv || goto rate
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock || goto rate
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . || goto rate
copy /y requirements.lock .venv\installe.lock >nul || goto rate
:ouvrir
.venv\Scripts\python -m pipeline.cli
if not errorlevel 1 exit /b 0
goto fin
:essayer
%* -c "import sys; sys.exit(sys.version_info < (3, 11) or sys.maxsize < 2 ** 32)" >nul 2>nul && set PYTHON=%*
exit /b 0
:rate
echo L'installation n'a pas abouti. Verifiez la connexion et la place sur le disque (trois gigaoctets), puis recommencez.
:fin
pause
exit /b 1
