BeforeAll { . $PSScriptRoot/Initialize.ps1 }

Describe 'Import-VhostWakeupLog' {
    It 'gives the wake-ups above 50 us and warns that there are no others' {
        $samples = Import-VhostWakeupLog $data/zbs-vhost/zbshost-wakeup.log -WarningVariable said -WarningAction SilentlyContinue
        $samples.LatencyUs | Should -Be @(88.4, 97.2, 61.7, 104.9, 92.5, 76.3)
        $samples[2].TargetCpu | Should -Be 14
        $samples[2].RunCpu | Should -Be 16
        $samples[0].WorkerName | Should -Be 'vhost-68093'
        $samples[0].HostRole | Should -BeNullOrEmpty
        @($said).Count | Should -Be 1
        $said[0] | Should -BeLike '*only the wake-ups above 50 us*'
    }

    It 'gives the statistics of all wake-ups without a warning' {
        # Cut to whole us: 88 + 3 + 97 + 61 = 249 over 4; with 2 + 104 + 49 + 92 + 3 + 76 it is 575 over 10.
        $rows = Import-VhostWakeupLog $data/zbs-vhost/zbshost-wakeup.log -Summary -HostRole Receiver -WarningVariable said
        $rows.Kind | Should -Be @('Interval', 'Final')
        $rows.ElapsedSeconds | Should -Be @(5, $null)
        $rows.SwitchCount | Should -Be @(4, 10)
        $rows.MeanUs | Should -Be @(62.2, 57.5)
        $rows.MaxUs | Should -Be @(97, 104)
        $rows[0].HostRole | Should -Be 'Receiver'
        $said | Should -BeNullOrEmpty
    }

    It 'points from a log without -v to -Summary' {
        Set-Content TestDrive:/quiet.log @('Tracing vhost worker wakeup latency...', 'Press Ctrl-C to exit', '', '', 'Final Statistics:', '  Total wakeups: 0', '  Completed switches: 0', '  Average latency: 0.0 us', '  Maximum latency: 0 us')
        { Import-VhostWakeupLog TestDrive:/quiet.log -ErrorAction Stop } |
            Should -Throw -ErrorId 'LogWithoutRecord,VirtLatency.Commands.ImportVhostWakeupLogCommand' -ExpectedMessage '*-Summary*'
        $row = Import-VhostWakeupLog TestDrive:/quiet.log -Summary
        $row.WakeupCount | Should -Be 0
        $row.MeanUs | Should -BeNullOrEmpty
    }

    It 'reports a damaged line with file and line, and reads on' {
        $path = Join-Path $TestDrive 'damaged.log'
        Set-Content $path @('  [vhost-1] pid=2 latency=8x.2us waker_cpu=1 target_cpu=2 run_cpu=3', '  [vhost-1] pid=2 latency=60.0us waker_cpu=1 target_cpu=2 run_cpu=3')
        $samples = Import-VhostWakeupLog $path -ErrorVariable problem -ErrorAction SilentlyContinue -WarningAction Ignore
        $samples.LatencyUs | Should -Be 60
        $problem[0].FullyQualifiedErrorId | Should -Be 'LogLineMalformed,VirtLatency.Commands.ImportVhostWakeupLogCommand'
        $problem[0].TargetObject | Should -Be "${path}:1"
    }

    It 'names the right importer for another tool''s log' {
        { Import-VhostWakeupLog $data/zbs/zbshost-kvm-tx.log -ErrorAction Stop } |
            Should -Throw -ErrorId 'LogWrongTool,VirtLatency.Commands.ImportVhostWakeupLogCommand' -ExpectedMessage '*Import-KvmTunLog*'
    }
}
