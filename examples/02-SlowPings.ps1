<#
.SYNOPSIS
An importer into Where-Object: the slowest pings of a log, and whether the reply met an idle CPU.
#>
[CmdletBinding()]
param([string] $Path = (Join-Path $PSScriptRoot 'data/zbs/sfsvm-send.log'), [double] $ThresholdUs = 600)

Import-IcmpRttLog -LiteralPath $Path |
    Where-Object TotalRttUs -GT $ThresholdUs |
    Sort-Object TotalRttUs -Descending |
    Select-Object Sequence, TotalRttUs, InterPathUs, Path2Idle
