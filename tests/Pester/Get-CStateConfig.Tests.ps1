BeforeAll {
    . $PSScriptRoot/Initialize.ps1
    $script:trees = Join-Path $root 'examples/hosts'
}

Describe 'Get-CStateConfig' {
    It 'says which CPUs of a captured tree are limited' {
        $row = Get-CStateConfig -SysRoot $trees/hv-08
        $row.States | Should -Be 'POLL 0us, C1 1us, C1E 4us, C6 290us (off on 0-2)'
        $row.DeepestEnabled | Should -Be 'C6'
        $row.MaxExitLatencyUs | Should -Be 290
        $row.EffectiveLimitUs | Should -BeNullOrEmpty
        $row.Uniform | Should -BeFalse
        $row.BootParameter | Should -Be 'intel_idle.max_cstate=3 nohz_full=2-3'
        $row.Note | Should -BeLike 'C6 is off on CPUs 0-2, not on CPU 3;*'
    }

    It 'looks at the CPUs asked for only' {
        $row = Get-CStateConfig -SysRoot $trees/hv-08 -Cpu 0-1, 2
        $row.CpuCount | Should -Be 3
        $row.Uniform | Should -BeTrue
        $row.MaxExitLatencyUs | Should -Be 4
    }

    It 'gives a row per CPU and state' {
        $rows = Get-CStateConfig -SysRoot $trees/hv-08 -PerCpu
        $rows.Count | Should -Be 16
        ($rows | Where-Object { $_.State -eq 'C6' -and -not $_.Disabled }).Cpu | Should -Be 3
        $rows[0].ResumeLatencyLimitUs | Should -Be 2000000000
    }

    It 'marks what the check script shows as cpu0 only' {
        $row = Get-CStateConfig -CheckScript $trees/hv-0*-check.txt
        $row.HostName | Should -Be 'hv-07'
        $row.Note | Should -BeLike 'cpu0 only*'
        $row.CpuCount | Should -BeNullOrEmpty
    }

    It 'goes on behind a tree that is none' {
        $rows = Get-CStateConfig -SysRoot $data, $trees/nowhere, $trees/hv-07 -ErrorAction SilentlyContinue -ErrorVariable problems
        $rows.HostName | Should -Be 'hv-07'
        $problems.FullyQualifiedErrorId | Sort-Object | Should -Be 'HostFileMissing,VirtLatency.Commands.GetCStateConfigCommand', 'PathNotFound,VirtLatency.Commands.GetCStateConfigCommand'
    }

    It 'refuses <Reason> with <Id>' -TestCases @(
        @{ Reason = 'a CPU that is not there'; Id = 'CpuNotFound'; Ask = { Get-CStateConfig -SysRoot $trees/hv-07 -Cpu 4 -ErrorAction Stop } }
        @{ Reason = 'a list that is none'; Id = 'ParameterArgumentTransformationError'; Ask = { Get-CStateConfig -Cpu 3-1 } }
        @{ Reason = 'two sources'; Id = 'ParametersExclude'; Ask = { Get-CStateConfig -SysRoot $trees/hv-07 -HostName hv-07 } }
        @{ Reason = 'a script with a tree'; Id = 'ParametersExclude'; Ask = { Get-CStateConfig -SysRoot $trees/hv-07 -CheckScript $trees/hv-07-check.txt } }
        @{ Reason = 'another file as the script''s'; Id = 'CheckScriptInvalid'; Ask = { Get-CStateConfig -CheckScript $data/zbs/sfsvm-send.log -ErrorAction Stop } }
    ) {
        $Ask | Should -Throw -ErrorId "$Id,VirtLatency.Commands.GetCStateConfigCommand"
    }

    It 'reads this machine as its own files say' {
        $row = Get-CStateConfig
        $row.KernelRelease | Should -Be (Get-Content /proc/sys/kernel/osrelease)
        $row.CpuCount | Should -BeGreaterThan 0
    }
}
