<#
.SYNOPSIS
Samples piped by hand: any importers, any filter between, the same numbers as from the folder. Here the kvm log's host
is given by hand, for such a log cannot tell it alone.
#>
[CmdletBinding()]
param([string] $Path = (Join-Path $PSScriptRoot 'data/zbs'))

& {
    Import-IcmpRttLog "$Path/sfsvm-*.log"
    Import-IcmpPathLog "$Path/zbshost-sender.log", "$Path/zbshost-receiver.log"
    Import-TunIrqLog "$Path/zbshost-vhost-*.log"
    Import-KvmTunLog "$Path/zbshost-kvm-tx.log" -HostRole Sender
} | Get-SegmentBreakdown -Level Layer -Detail
