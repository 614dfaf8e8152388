# Installs Setup, the MSI package and the zip silently, one after the other, runs --smoke in each,
# and takes them away again.
$ErrorActionPreference = 'Stop'

function Start-AndWait($program, $arguments) {
    $run = Start-Process $program -ArgumentList $arguments -Wait -PassThru
    if ($run.ExitCode -notin 0, 3010) { throw "$program $arguments ended with $($run.ExitCode)" }
}

function Test-Program($folder) {
    $told = & (Join-Path $folder 'stalin-study.exe') --smoke
    if ($LASTEXITCODE) { throw "--smoke in ${folder}: $told" }
    if (-not ($told | ConvertFrom-Json).ok) { throw "--smoke in ${folder}: $told" }
    Write-Output "${folder}: $told"
}

$perUser = Join-Path $env:RUNNER_TEMP 'für alle\Stalin Study'
# NSIS takes all that follows /D= as the folder, spaces included; it must stand last.
Start-AndWait 'dist\StalinStudy-Setup.exe' "/S /D=$perUser"
Test-Program $perUser
Start-AndWait 'dist\StalinStudy-Setup.exe' "/S /D=$perUser"
Test-Program $perUser
$uninstaller = Get-ChildItem $perUser -Filter '*ninstall*.exe' | Select-Object -First 1
# With _?= it runs where it is, so that it can be waited for.
Start-AndWait $uninstaller.FullName "/S _?=$perUser"

$msi = (Resolve-Path 'dist\StalinStudy.msi').Path
Start-AndWait 'msiexec.exe' "/i `"$msi`" /qn /norestart"
$perMachine = Join-Path $env:ProgramFiles 'Stalin Study'
Test-Program $perMachine
Start-AndWait 'msiexec.exe' "/x `"$msi`" /qn /norestart"
if (Test-Path (Join-Path $perMachine 'stalin-study.exe')) { throw "$perMachine is still there" }

$portable = Join-Path $env:RUNNER_TEMP 'portable'
Expand-Archive (Get-Item 'dist\*-portable.zip').FullName $portable
$program = Get-ChildItem $portable -Recurse -Filter 'stalin-study.exe' | Select-Object -First 1
Test-Program $program.DirectoryName
