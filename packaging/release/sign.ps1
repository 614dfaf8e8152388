# Signs the files that are named: with the certificate in RUNNER_TEMP\sign.pfx, else with Azure
# Artifact Signing. Python's and Qt's own signatures are left as they are by whoever calls this.
#   packaging\release\sign.ps1 FILE ...
$ErrorActionPreference = 'Stop'
$files = @($args | ForEach-Object { $_ })
if ($files.Count -eq 0) { exit 0 }

$kits = "${env:ProgramFiles(x86)}\Windows Kits\10\bin"
$signtool = Get-ChildItem "$kits\10.*\x64\signtool.exe" | Sort-Object FullName | Select-Object -Last 1
$pfx = Join-Path $env:RUNNER_TEMP 'sign.pfx'
if (Test-Path $pfx) {
    $options = '/fd', 'SHA256', '/tr', 'http://timestamp.digicert.com', '/td', 'SHA256',
        '/f', $pfx, '/p', $env:WINDOWS_CERTIFICATE_PASSWORD
} else {
    $client = Join-Path $env:RUNNER_TEMP 'signing-client'
    $library = "$client\Microsoft.Trusted.Signing.Client\bin\x64\Azure.CodeSigning.Dlib.dll"
    if (-not (Test-Path $library)) {
        nuget install Microsoft.Trusted.Signing.Client -ExcludeVersion -OutputDirectory $client
        if ($LASTEXITCODE) { exit $LASTEXITCODE }
    }
    $account = Join-Path $env:RUNNER_TEMP 'signing-account.json'
    @{
        Endpoint = $env:AZURE_SIGNING_ENDPOINT
        CodeSigningAccountName = $env:AZURE_SIGNING_ACCOUNT
        CertificateProfileName = $env:AZURE_SIGNING_PROFILE
    } | ConvertTo-Json | Set-Content -Encoding ascii $account
    $options = '/fd', 'SHA256', '/tr', 'http://timestamp.acs.microsoft.com', '/td', 'SHA256',
        '/dlib', $library, '/dmdf', $account
}
foreach ($file in $files) {
    & $signtool.FullName sign @options $file
    if ($LASTEXITCODE) { exit $LASTEXITCODE }
}
