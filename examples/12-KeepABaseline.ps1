<#
.SYNOPSIS
Keeps an environment as a baseline, and compares a later capture with it: what costs more than 20 us more now.
.DESCRIPTION
The first run writes the baseline from the folder with its logs; later runs read the baseline alone. Without arguments it
takes the example data, and a baseline file in the folder for temporary files, which it removes.
.EXAMPLE
./examples/12-KeepABaseline.ps1 -Baseline ./cluster7.vlenv -Reference ./logs/monday -Difference ./logs/tuesday
#>
[CmdletBinding()]
param(
    [string] $Baseline,
    [string] $Reference = (Join-Path $PSScriptRoot 'data/smtx'),
    [string] $Difference = (Join-Path $PSScriptRoot 'data/zbs')
)

$ErrorActionPreference = 'Stop'
$isTemporary = -not $Baseline
if ($isTemporary) { $Baseline = Join-Path ([System.IO.Path]::GetTempPath()) "$([guid]::NewGuid()).vlenv" }

try {
    if (-not [System.IO.File]::Exists($Baseline)) {
        Import-LatencyEnvironment -LiteralPath $Reference | Export-LatencyEnvironment $Baseline
    }

    $before = Import-LatencyEnvironment -LiteralPath $Baseline -Name baseline
    $after = Import-LatencyEnvironment -LiteralPath $Difference -Name today
    Compare-LatencyEnvironment $before $after | Where-Object DeltaUs -GT 20
}
finally {
    if ($isTemporary) { [System.IO.File]::Delete($Baseline) }
}
