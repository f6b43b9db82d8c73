<#
.SYNOPSIS
What was found, as files for people to read: a report of two environments and the state after a change.
.DESCRIPTION
Takes three folders with logs and, if there are any, captured trees of hosts' /sys, and writes a report in each format into
one folder, replacing what an earlier run wrote there. Without arguments it reads the example data and writes to out/report.
.EXAMPLE
./examples/09-Report.ps1 ./logs/here ./logs/there -After ./logs/there-fixed -Folder ./reports -Language zh-CN
#>
[CmdletBinding()]
param(
    [string] $Reference = (Join-Path $PSScriptRoot 'data/smtx'),
    [string] $Difference = (Join-Path $PSScriptRoot 'data/zbs'),
    [string] $After = (Join-Path $PSScriptRoot 'data/zbs-c6off'),
    [string[]] $SysRoot = @((Join-Path $PSScriptRoot 'hosts/hv-07'), (Join-Path $PSScriptRoot 'hosts/hv-08')),
    [string] $Folder = (Join-Path $PSScriptRoot '../out/report'),
    [string[]] $Format = @('xlsx', 'html', 'md'),
    [ValidateSet('en', 'zh-CN')]
    [string[]] $Language = @('en', 'zh-CN')
)

$ErrorActionPreference = 'Stop'
$one, $other, $changed = Import-LatencyEnvironment -LiteralPath $Reference, $Difference, $After
$config = Get-CStateConfig -SysRoot $SysRoot
$target = [System.IO.Directory]::CreateDirectory($Folder).FullName

foreach ($tongue in $Language) {
    foreach ($kind in $Format) {
        $file = Join-Path $target "report.$tongue.$kind"
        $written = Export-LatencyReport $file $one $other -After $changed -CStateConfig $config -Language $tongue -Force -PassThru
        "Written: $($written.FullName), $($written.Length) bytes"
    }
}
