BeforeAll { . $PSScriptRoot/Initialize.ps1 }

Describe 'Import-KvmTunLog' {
    It 'gives whole us and leaves the host open' {
        $samples = Import-KvmTunLog $data/zbs-c6off/zbshost-kvm-tx.log
        $samples.TotalUs | Should -Be @(23, 17, 28, 18)
        $samples[0].Time | Should -Be '14:23:16.827'
        $samples[0].HostRole | Should -BeNullOrEmpty
    }

    It 'takes the host from a parameter' {
        (Import-KvmTunLog $data/zbs-c6off/zbshost-kvm-tx.log -HostRole Receiver)[0].HostRole | Should -Be 'Receiver'
    }

    It 'gives the tool''s own averages, in the short form too' {
        Set-Content TestDrive:/short.log @(
            '[14:23:16.827] tid=73868 queue=2 s0=14us s1=5us s2=4us total=23us'
            ''
            'Exact averages (us): S0=14.750, S1=3.500, S2=3.250, Total=21.500'
        )
        (Import-KvmTunLog TestDrive:/short.log -Summary).MeanUs | Should -Be @(14.75, 3.5, 3.25, 21.5)
    }

    It 'refuses <Name> without samples and says what to do' -ForEach @(
        @{ Name = 'a --no-detail log'; Text = @('Device filter: vnet9', 'Measure mode: running until Ctrl+C', 'Total samples: S0=5 S1=6 S2=7 chain(all)= 4', '  S0 avg: 14.750'); Advice = '*read them with -Summary*' }
        @{ Name = 'a log of discover mode'; Text = @('Device filter: vnet9', 'Discover mode: running for 5s', '  [0] eventfd_signal: 1523'); Advice = '*--mode measure*' }
    ) {
        Set-Content TestDrive:/without.log $Text
        { Import-KvmTunLog TestDrive:/without.log -ErrorAction Stop } | Should -Throw -ErrorId 'LogWithoutRecord,VirtLatency.Commands.ImportKvmTunLogCommand' -ExpectedMessage $Advice
    }

    It 'gives a --no-detail log''s averages with their own counts' {
        Set-Content TestDrive:/average.log @('Device filter: vnet9', 'Measure mode: running until Ctrl+C', 'Total samples: S0=5 S1=6 S2=7 chain(all)= 4', '  S0 avg: 14.750', '  S1 avg: n/a')
        $rows = Import-KvmTunLog TestDrive:/average.log -Summary
        $rows.SampleCount | Should -Be @(5, 6)
        $rows.Kind | Should -Be @('Average', 'Average')
        $rows[0].PrintedMeanUs | Should -Be 14.75
        $rows[1].MeanUs | Should -BeNullOrEmpty
    }

    It 'refuses histograms without -Summary' {
        { Import-KvmTunLog $data/zbs-vhost/zbshost-kvm-send-histogram.log -ErrorAction Stop } |
            Should -Throw -ErrorId 'LogWithoutRecord,VirtLatency.Commands.ImportKvmTunLogCommand' -ExpectedMessage '*histograms only*-Summary*'
    }

    It 'bounds the mean of a histogram by its true buckets' {
        # One of 32..63 and nine of 64..127 us: (32 + 9 * 64) / 10 to (63 + 9 * 127) / 10; the tool printed 181.9.
        $row = Import-KvmTunLog $data/zbs-vhost/zbshost-kvm-send-histogram.log -Summary | Where-Object { $_.Name -eq 'S0' -and -not $_.Interval }
        $row.MeanLowUs | Should -Be 60.8
        $row.MeanHighUs | Should -Be 120.6
        $row.MeanUs | Should -Be 90.7
        $row.PrintedMeanUs | Should -Be 181.9
        $row.Note | Should -BeLike '*estimate from histogram buckets*'
    }

    It 'names the intervals of histograms' {
        (Import-KvmTunLog $data/zbs-vhost/zbshost-kvm-send-histogram.log -Summary | Where-Object Name -EQ 'S1').Interval |
            Should -Be @('13:52:05', '13:52:10', $null)
    }

    It 'takes total=0us for not measured' {
        Set-Content TestDrive:/zero.log '[14:23:16.827] tid=73868 queue=2 s0=0us s1=5us s2=4us total=0us'
        $sample = Import-KvmTunLog TestDrive:/zero.log
        $sample.S0Us | Should -BeNullOrEmpty
        $sample.S1Us | Should -Be 5
        $sample.TotalUs | Should -BeNullOrEmpty
    }
}
