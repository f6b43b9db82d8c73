<#
.SYNOPSIS
Shows where the round trip's time is in two environments, from coarse to fine, and what differs.
.DESCRIPTION
Takes two folders with logs. Without arguments it reads the example data: the same ping takes 227 us in smtx and
601 us in zbs. Everything is in microseconds; -Verbose says what each file was taken for, and why.
.EXAMPLE
./examples/01-Investigate.ps1 ./logs/here ./logs/there
#>
[CmdletBinding()]
param(
    [string] $Reference = (Join-Path $PSScriptRoot 'data/smtx'),
    [string] $Difference = (Join-Path $PSScriptRoot 'data/zbs')
)

$ErrorActionPreference = 'Stop'
$one, $other = Import-LatencyEnvironment -LiteralPath $Reference, $Difference

'1. What was read, and from where on the path'
foreach ($environment in $one, $other) {
    ''
    "   $($environment.Name), $($environment.Path)"
    $environment.Logs | Format-Table
}

'2. The round trip and the intervals inside it, each measured by one clock'
$one, $other | Get-SegmentBreakdown -Level Container | Format-Table

'3. Three spans: sender, between the hosts, receiver. They add up to the round trip'
Compare-LatencyEnvironment $one $other -Level Span | Format-Table

'4. Five layers. Virtualization is what the containers leave; pieces measured inside it are below'
Compare-LatencyEnvironment $one $other -Level Layer | Format-Table
Get-SegmentBreakdown $other -Level Layer -Detail | Format-Table

'5. Every segment in path order'
Compare-LatencyEnvironment $one $other | Format-Table

'6. The stages inside E, L, B_1 and I_1: which of them carries the difference'
Compare-LatencyEnvironment $one $other -Level Stage | Where-Object DeltaUs | Format-Table

'7. Where the difference is, largest layer first'
Compare-LatencyEnvironment $one $other -Level Layer | Sort-Object DeltaUs -Descending | Format-Table

'8. What to know before using these numbers (the rows with a star)'
Get-SegmentBreakdown $other | Where-Object Note | Format-Table -View Note
