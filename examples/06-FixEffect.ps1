<#
.SYNOPSIS
Did the change help? Before, after and a baseline, end to end first; then what users wait for.
.DESCRIPTION
Without arguments it takes the example data: zbs before, zbs-c6off after C-state C6 was switched off, smtx as the
baseline. Those logs show a vhost worker that wakes up sooner, and not more: after the change nobody captured a round trip,
the tap-irq log has one packet, and the kvm log is of the other direction. The table says so row by row.
.EXAMPLE
./examples/06-FixEffect.ps1 -Before ./logs/monday -After ./logs/tuesday -Baseline ./logs/cluster7 -Workload ./logins.csv
#>
[CmdletBinding()]
param(
    [string] $Before = (Join-Path $PSScriptRoot 'data/zbs'),
    [string] $After = (Join-Path $PSScriptRoot 'data/zbs-c6off'),
    [string] $Baseline = (Join-Path $PSScriptRoot 'data/smtx'),
    [string] $Workload = (Join-Path $PSScriptRoot 'workload.csv')
)

$ErrorActionPreference = 'Stop'
$environments = Import-LatencyEnvironment -LiteralPath $Before, $After, $Baseline
$rows = Measure-FixEffect $environments[0] $environments[1] $environments[2] -AllowMixedDirection

'1. What changed, end to end first (? not shown, * see the note)'
$rows | Format-Table

'2. Why each verdict is not a better one, and what else differs between before and after'
$rows | Where-Object Note | Format-Table -View Note

'3. The same question of what users wait for, in pairs of runs with and without the change'
$users = Measure-FixEffect -Workload $Workload
$users | Format-Table
$users | Format-Table -View Note
