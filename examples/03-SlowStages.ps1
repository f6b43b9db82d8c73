<#
.SYNOPSIS
A stage comparison: the stages that take more than twice as long. In the example data these are the two that wait for
the vhost worker to wake up, S0 and S1->S2.
#>
[CmdletBinding()]
param(
    [string] $Reference = (Join-Path $PSScriptRoot 'data/smtx'),
    [string] $Difference = (Join-Path $PSScriptRoot 'data/zbs')
)

$one, $other = Import-LatencyEnvironment -LiteralPath $Reference, $Difference
Compare-LatencyEnvironment $one $other -Level Stage | Where-Object Ratio -GT 2
