BeforeAll {
    . $PSScriptRoot/Initialize.ps1
    $script:tree = Join-Path $TestDrive tree
    $cpus = "$tree/sys/devices/system/cpu"
    foreach ($cpu in 0, 1) {
        $table = @('POLL', 0), @('C1', 1), @('C6', 290)
        for ($index = 0; $index -lt 3; $index++) {
            $state = New-Item -ItemType Directory "$cpus/cpu$cpu/cpuidle/state$index" -Force
            Set-Content $state/name $table[$index][0]
            Set-Content $state/latency $table[$index][1]
            Set-Content $state/disable ([int]($cpu -eq 1 -and $index -eq 2))
        }
    }
    Set-Content $cpus/online 0-1
}

Describe 'Test-CStateLimit' {
    It 'is false when one CPU may sleep deeper' {
        Test-CStateLimit 10 -SysRoot $tree | Should -BeFalse
        Test-CStateLimit 10 -SysRoot $tree -Cpu 1 | Should -BeTrue
        Test-CStateLimit 290 -SysRoot $tree | Should -BeTrue
    }

    It 'is one answer for several hosts, and false when one cannot be read' {
        $answer = @(Test-CStateLimit 290 -SysRoot $tree, $TestDrive -ErrorAction Ignore)
        $answer.Count | Should -Be 1
        $answer[0] | Should -BeFalse
    }

    It 'says per CPU what limits it' {
        $rows = Test-CStateLimit 10 -SysRoot $tree -Detail
        $rows.DeepestState | Should -Be 'C6', 'C1'
        $rows.ExitLatencyUs | Should -Be 290, 1
        $rows.LimitedBy | Should -Be $null, 'disable'
    }

    It 'does not pass where nothing is shown' {
        $empty = Join-Path $TestDrive empty
        $null = New-Item -ItemType Directory $empty/sys/devices/system/cpu -Force
        Test-CStateLimit 10 -SysRoot $empty -ErrorAction SilentlyContinue -ErrorVariable said | Should -BeFalse
        $said.FullyQualifiedErrorId | Should -Be 'NothingToCheck,VirtLatency.Commands.TestCStateLimitCommand'
        Set-Content $empty/sys/devices/system/cpu/online 0-3
        Test-CStateLimit 10 -SysRoot $empty -ErrorAction Ignore | Should -BeFalse
        $null = New-Item -ItemType Directory $empty/sys/devices/system/cpu/cpuidle
        Set-Content $empty/sys/devices/system/cpu/cpuidle/current_driver none
        Test-CStateLimit 10 -SysRoot $empty | Should -BeTrue
    }

    It 'refuses a CPU that is not there' {
        { Test-CStateLimit 10 -SysRoot $tree -Cpu 9 -ErrorAction Stop } | Should -Throw -ErrorId 'CpuNotFound,VirtLatency.Commands.TestCStateLimitCommand'
    }
}
