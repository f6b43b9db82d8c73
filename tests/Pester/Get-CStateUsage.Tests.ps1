BeforeAll {
    . $PSScriptRoot/Initialize.ps1
    $script:trees = Join-Path $root 'examples/hosts'
    $script:hasCpuIdle = Test-Path /sys/devices/system/cpu/cpu0/cpuidle/state1/usage
}

Describe 'Get-CStateUsage' {
    It 'gives gains between two trees' {
        $row = Get-CStateUsage -SysRoot $trees/hv-07 -Until $trees/hv-07-later | Where-Object State -EQ C6
        # 9000 + 6750 + 4500 + 2250 entries and 27 + 20.25 + 13.5 + 6.75 s in 30 s on four CPUs.
        $row.EntryCount | Should -Be 22500
        $row.EntriesPerSecond | Should -Be 750
        $row.ResidencyPercent | Should -Be 56.25
        $row.CpuRange | Should -Be '0-3'
        $row.MeanStayUs | Should -Be 3000
    }

    It 'gives a row per CPU' {
        $rows = Get-CStateUsage -SysRoot $trees/hv-07 -Until $trees/hv-07-later -PerCpu -Cpu 3 | Where-Object State -EQ C6
        $rows.Cpu | Should -Be 3
        $rows.ResidencyPercent | Should -Be 22.5
    }

    It 'has no numbers across a boot' {
        $rows = Get-CStateUsage -SysRoot $trees/hv-07 -Until $trees/hv-08
        $rows.Count | Should -Be 4
        $rows | ForEach-Object { $_.EntryCount | Should -BeNullOrEmpty }
        $rows[0].Note | Should -BeLike 'the host was booted in between*'
    }

    It 'refuses <Reason> with <Id>' -TestCases @(
        @{ Reason = 'to wait for a captured tree'; Id = 'ParametersExclude'; Ask = { Get-CStateUsage -SysRoot $trees/hv-07 -DurationSeconds 1 } }
        @{ Reason = 'two earlier trees'; Id = 'UntilNeedsOneTree'; Ask = { Get-CStateUsage -SysRoot $trees/hv-07, $trees/hv-08 -Until $trees/hv-07-later } }
        @{ Reason = 'a later tree alone'; Id = 'UntilNeedsOneTree'; Ask = { Get-CStateUsage -Until $trees/hv-07-later } }
        @{ Reason = 'a later tree that is none'; Id = 'HostFileMissing'; Ask = { Get-CStateUsage -SysRoot $trees/hv-07 -Until $data -ErrorAction Stop } }
    ) {
        $Ask | Should -Throw -ErrorId "$Id,VirtLatency.Commands.GetCStateUsageCommand"
    }

    It 'measures this machine over half a second' {
        if (-not $hasCpuIdle) { Set-ItResult -Skipped -Because 'this machine has no cpuidle' }
        $rows = Get-CStateUsage -DurationSeconds 0.5 -PerCpu
        $rows.Count | Should -BeGreaterThan 1
        $rows[0].DurationSeconds | Should -BeGreaterOrEqual 0.5
        ($rows | Where-Object { $_.ResidencyPercent -lt 0 -or $_.EntryCount -lt 0 }) | Should -BeNullOrEmpty
    }

    It 'ends at once when it is stopped' {
        if (-not $hasCpuIdle) { Set-ItResult -Skipped -Because 'this machine has no cpuidle' }
        $shell = [powershell]::Create().AddScript("Import-Module '$manifest'; Get-CStateUsage -DurationSeconds 600")
        $running = $shell.BeginInvoke()
        Start-Sleep -Seconds 3
        $shell.Stop()
        $running.IsCompleted | Should -BeTrue
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Dispose()
    }
}

Describe 'Get-CStateUsage, the hardware''s residency' {
    BeforeDiscovery {
        # The reason is given where there are idle states without such counters; where there are counters, it must not be.
        $script:hasIdle = Test-Path /sys/devices/system/cpu/cpu0/cpuidle/state0/usage
        $script:hasUnit = Test-Path /sys/bus/event_source/devices/cstate_core/type
    }

    It 'says why it is not there' -Skip:(-not $hasIdle -or $hasUnit) {
        $rows = Get-CStateUsage -DurationSeconds 0.2
        @($rows | Where-Object { $null -ne $_.HardwareResidencyPercent }).Count | Should -Be 0
        $rows.Note | Should -BeLike '*hardware residency: no cstate PMU*'
    }

    It 'is not spoken of where nothing can be counted' {
        @(Get-CStateUsage -SysRoot $trees/hv-07 | Where-Object Note).Count | Should -Be 0
    }
}
