@{
    RootModule           = 'VirtLatency.Cmdlets.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '5c8a2f0e-6f0b-4d0c-9a53-2f6f2f1f7b61'
    Author               = 'The VirtLatency maintainers'
    CompanyName          = 'VirtLatency'
    Copyright            = '(c) 2026 The VirtLatency maintainers. MIT licence.'
    Description          = 'Decomposes the round trip between two virtual machines into segments from the logs of eBPF tools, and compares environments.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('VirtLatency.Format.ps1xml')
    CmdletsToExport      = @(
        'Compare-LatencyEnvironment'
        'Export-LatencyEnvironment'
        'Export-LatencyReport'
        'Get-CStateBootParameter'
        'Get-CStateConfig'
        'Get-CStateUsage'
        'Get-LatencyClosure'
        'Get-LatencyFinding'
        'Get-PacketBreakdown'
        'Get-SegmentBreakdown'
        'Import-IcmpPathLog'
        'Import-IcmpRttLog'
        'Import-KvmTunLog'
        'Import-LatencyEnvironment'
        'Import-PingLog'
        'Import-TunIrqLog'
        'Import-VhostWakeupLog'
        'Measure-FixEffect'
        'Measure-WakeupLatency'
        'Restore-CStateLimit'
        'Set-CStateBootParameter'
        'Set-CStateLimit'
        'Test-CStateLimit'
        'Use-CStateLimit'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Tags = @('latency', 'virtualization', 'KVM', 'vhost', 'eBPF', 'ICMP', 'Linux')
        }
    }
}
