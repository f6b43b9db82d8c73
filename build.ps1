<#
.SYNOPSIS
Builds, tests and analyzes VirtLatency for people who have pwsh. Without it, dotnet build and dotnet test do the same.
.PARAMETER Task
Build: the module, staged at out/VirtLatency, and the shell. Test: the xunit and Pester suites. Analyze: PSScriptAnalyzer
over every script. Clean: removes what builds leave.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pester', 'Analyze', 'Clean')]
    [string[]] $Task = 'Build',
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3

function Invoke-Tool {
    param([string] $Name, [string[]] $Argument)
    & $Name @Argument
    if ($LASTEXITCODE -ne 0) { throw "$Name $Argument ended with exit code $LASTEXITCODE." }
}

function Invoke-PesterSuite {
    Import-Module Pester -MinimumVersion 5.0
    $settings = New-PesterConfiguration
    $settings.Run.Path = Join-Path $PSScriptRoot 'tests/Pester'
    $settings.Run.PassThru = $true
    $settings.TestResult.Enabled = $true
    $settings.TestResult.OutputFormat = 'NUnitXml'
    $settings.TestResult.OutputPath = Join-Path $PSScriptRoot 'out/TestResults/pester.xml'
    $result = Invoke-Pester -Configuration $settings
    "Pester: $($result.PassedCount) passed, $($result.FailedCount) failed, $($result.SkippedCount) skipped"
    if ($result.FailedCount -gt 0) { throw "$($result.FailedCount) Pester tests failed." }
}

function Invoke-Analysis {
    Import-Module PSScriptAnalyzer
    $scripts = Get-ChildItem $PSScriptRoot -Recurse -File -Include '*.ps1', '*.psm1', '*.psd1' |
        Where-Object FullName -NotMatch '/(bin|obj|out)/'
    $settings = Join-Path $PSScriptRoot 'PSScriptAnalyzerSettings.psd1'
    $findings = $scripts | ForEach-Object {
        $path = $_.FullName
        try { Invoke-ScriptAnalyzer $path -Settings $settings -ErrorAction Stop }
        catch {
            # Its rules look commands up on several threads, and now and then one of them is too early: ask again, once.
            Invoke-ScriptAnalyzer $path -Settings $settings -ErrorAction Stop
        }
    }
    foreach ($finding in $findings) { "$($finding.ScriptPath):$($finding.Line): $($finding.RuleName): $($finding.Message)" }
    "PSScriptAnalyzer: $(@($scripts).Count) files, $(@($findings).Count) findings"
    if ($findings) { throw 'PSScriptAnalyzer has findings.' }
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Invoke-Tool dotnet 'build', 'VirtLatency.slnx', '--configuration', $Configuration }
        'Test' {
            Invoke-Tool dotnet 'test', 'VirtLatency.slnx', '--configuration', $Configuration
            Invoke-PesterSuite
        }
        'Pester' { Invoke-PesterSuite }
        'Analyze' { Invoke-Analysis }
        'Clean' { Get-ChildItem . -Recurse -Directory -Include bin, obj, out | Remove-Item -Recurse -Force }
    }
}
finally {
    Pop-Location
}
