<#
.SYNOPSIS
Two ways to give virtualization its share. Remainder: what the containers leave, adds up to the round trip. Direct: the
measured E, L, B_1, which may come from other runs and need not add up; the notes say by how much they do not.
#>
[CmdletBinding()]
param([string] $Path = (Join-Path $PSScriptRoot 'data/zbs'))

$environment = Import-LatencyEnvironment -LiteralPath $Path
Get-SegmentBreakdown $environment -Level Layer -Attribution Remainder | Format-Table
Get-SegmentBreakdown $environment -Level Layer -Attribution Direct | Format-Table
Get-SegmentBreakdown $environment -Level Layer -Attribution Direct | Where-Object Note | Format-Table -View Note
