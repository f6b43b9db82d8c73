BeforeDiscovery {
    # One CPU sleeps and another wakes it: with a single one there is nothing to measure, and the tests show as skipped.
    $script:hasTwo = $IsLinux -and [Environment]::ProcessorCount -ge 2
}

BeforeAll {
    . $PSScriptRoot/Initialize.ps1
    $script:command = 'VirtLatency.Commands.MeasureWakeupLatencyCommand'
}

Describe 'Measure-WakeupLatency' {
    It 'measures each idle length once, ascending, with its interval around its median' -Skip:(-not $hasTwo) {
        $rows = Measure-WakeupLatency -IdleUs 500, 50, 50 -SampleCount 100 -Force
        $rows.IdleUs | Should -Be @(50, 500)
        $rows.SampleCount | Should -Be @(100, 100)
        foreach ($row in $rows) {
            $row.P50LowUs | Should -BeGreaterThan 0
            $row.P50Us | Should -BeGreaterOrEqual $row.P50LowUs
            $row.P50Us | Should -BeLessOrEqual $row.P50HighUs
            $row.P99Us | Should -BeGreaterOrEqual $row.P50Us
            $row.Stability | Should -BeIn @('Stable', 'Unstable')
            if ($row.Stability -eq 'Unstable') { $row.Note | Should -BeLike '*unstable: *' }
            $row.Cpu | Should -Not -Be $row.WakerCpu
        }
    }

    It 'names only states that the CPU has, with the latency of its table' -Skip:(-not $hasTwo) {
        $row = Measure-WakeupLatency -IdleUs 200 -SampleCount 20 -Force
        $table = @{}
        Get-ChildItem "/sys/devices/system/cpu/cpu$($row.Cpu)/cpuidle/state*" -ErrorAction Ignore |
            ForEach-Object { $table[(Get-Content "$_/name")] = [double](Get-Content "$_/latency") }
        if ($null -eq $row.State -or $row.State -eq 'Mixed') {
            $row.AdvertisedUs | Should -BeNullOrEmpty
            $row.Note | Should -Match 'went idle|states by idle|no cpuidle counters'
        } else {
            $row.AdvertisedUs | Should -Be $table[$row.State]
        }
    }

    # In a virtual machine runs as short as these are never called Stable, so there it checks only that they say so.
    It 'says when two runs may differ: intervals overlap, or a row is Unstable' -Skip:(-not $hasTwo) {
        $first = Measure-WakeupLatency -IdleUs 100, 1000 -SampleCount 100 -Force
        $second = Measure-WakeupLatency -IdleUs 100, 1000 -SampleCount 100 -Force
        foreach ($i in 0, 1) {
            $overlap = $first[$i].P50LowUs -le $second[$i].P50HighUs -and $second[$i].P50LowUs -le $first[$i].P50HighUs
            ($overlap -or 'Unstable' -in $first[$i].Stability, $second[$i].Stability) | Should -BeTrue
        }
    }

    It 'refuses a CPU that is not there' -Skip:(-not $hasTwo) {
        { Measure-WakeupLatency -Cpu 65000 } | Should -Throw -ErrorId "CpuNotOnline,$command"
    }

    It 'refuses to wake a CPU from itself' -Skip:(-not $hasTwo) {
        { Measure-WakeupLatency -Cpu 1 -WakerCpu 1 -Force } | Should -Throw -ErrorId "WakerIsSleeper,$command"
    }

    It 'refuses more than ten minutes before anything runs' {
        { Measure-WakeupLatency -IdleUs 20000 -SampleCount 30000 } | Should -Throw -ErrorId "WakeupMeasurementTooLong,$command"
    }

    It 'refuses lengths and counts out of range' {
        { Measure-WakeupLatency -IdleUs 0 } | Should -Throw -ErrorId "ParameterArgumentValidationError,$command"
        { Measure-WakeupLatency -SampleCount 19 } | Should -Throw -ErrorId "ParameterArgumentValidationError,$command"
        { Measure-WakeupLatency -Cpu x } | Should -Throw -ErrorId "ParameterArgumentTransformationError,$command"
    }
}
