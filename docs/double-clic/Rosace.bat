@echo off
rem Ouvre Rosace d'un double clic (Windows). La premiere fois, installe ce qu'il faut dans le dossier .venv.
chcp 65001 >nul
cd /d "%~dp0..\.."
set PYTHONUTF8=1
if exist .venv\Scripts\rosace.exe goto ouvrir
set PYTHON=python
where py >nul 2>nul && set PYTHON=py -3
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if errorlevel 1 (
  echo Rosace demande Python 3.11 ou plus recent. Installez-le depuis https://www.python.org/downloads/ en cochant
  echo « Add python.exe to PATH », puis ouvrez de nouveau ce fichier.
  pause
  exit /b 1
)
echo Installation de Rosace : quelques minutes, cette fois seulement.
%PYTHON% -m venv .venv || goto rate
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock || goto rate
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . || goto rate
:ouvrir
.venv\Scripts\rosace
if not errorlevel 1 exit /b 0
pause
exit /b 1
:rate
echo L'installation n'a pas abouti. Verifiez la connexion et la place sur le disque (trois gigaoctets), puis recommencez.
pause
exit /b 1
