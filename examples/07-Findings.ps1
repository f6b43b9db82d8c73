<#
.SYNOPSIS
What can be concluded from two environments and the state after a change, what cannot, and what to do next.
.DESCRIPTION
Takes three folders with logs and, if there are any, captured trees of hosts' /sys. Without arguments it reads the example
data: smtx and zbs are compared, and zbs-c6off is zbs with its deep idle states off, of which two short logs were kept.
.EXAMPLE
./examples/07-Findings.ps1 ./logs/here ./logs/there -After ./logs/there-fixed -SysRoot ./captured/hv-1, ./captured/hv-2
#>
[CmdletBinding()]
param(
    [string] $Reference = (Join-Path $PSScriptRoot 'data/smtx'),
    [string] $Difference = (Join-Path $PSScriptRoot 'data/zbs'),
    [string] $After = (Join-Path $PSScriptRoot 'data/zbs-c6off'),
    [string[]] $SysRoot = @((Join-Path $PSScriptRoot 'hosts/hv-07'), (Join-Path $PSScriptRoot 'hosts/hv-08'))
)

$ErrorActionPreference = 'Stop'
$one, $other, $changed = Import-LatencyEnvironment -LiteralPath $Reference, $Difference, $After
$findings = Get-LatencyFinding $one $other -After $changed -CStateConfig (Get-CStateConfig -SysRoot $SysRoot)

'1. What matters, with its numbers, its doubts and the next command'
$findings | Where-Object Severity -EQ Important

'2. All of it, in short'
$findings | Format-Table -View Brief
