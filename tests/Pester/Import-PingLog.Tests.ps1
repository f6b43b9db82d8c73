BeforeAll { . $PSScriptRoot/Initialize.ps1 }

Describe 'Import-PingLog' {
    It 'gives answers in us and lost packets without a time' {
        $samples = Import-PingLog $data/../logs/vm-ping.log
        ($samples | Where-Object { -not $_.Lost }).RttUs | Should -Be @(912, 641, 633, 655, 853, 1560, 688, 647)
        $lost = $samples | Where-Object Lost
        $lost.Sequence | Should -Be 3
        $lost.RttUs | Should -BeNullOrEmpty
        $lost.LossEvidence | Should -Be 'NoAnswerYet'
    }

    It 'reads busybox, which counts from 0' {
        Set-Content TestDrive:/busybox.txt @(
            'PING 10.0.0.2 (10.0.0.2): 56 data bytes'
            '64 bytes from 10.0.0.2: seq=0 ttl=64 time=0.412 ms'
            '64 bytes from 10.0.0.2: seq=2 ttl=64 time=1.100 ms'
        )
        $samples = Import-PingLog TestDrive:/busybox.txt
        $samples.Sequence | Should -Be @(0, 2, 1)
        $samples[1].RttUs | Should -Be 1100
        $samples[0].Flag | Should -Be 'First'
        $samples[2].LossEvidence | Should -Be 'Gap'
    }

    It 'never reads a comma as a point' {
        Set-Content TestDrive:/comma.txt '64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0,412 ms'
        { Import-PingLog TestDrive:/comma.txt -ErrorAction Stop } | Should -Throw -ErrorId 'LogLineMalformed,VirtLatency.Commands.ImportPingLogCommand'
    }

    It 'feeds container PingRtt, in a folder and by hand' {
        $run = New-Item -ItemType Directory TestDrive:/run
        Copy-Item $data/../logs/vm-ping.log, $data/smtx/sfsvm-send.log $run
        $folder = Import-LatencyEnvironment $run.FullName -Name x
        $folder.Logs.Role | Should -Be @('SenderVm', 'SenderPing')
        $row = $folder | Get-SegmentBreakdown -Level Container | Where-Object Segment -EQ PingRtt
        # (912 + 641 + 633 + 655 + 1560 + 688 + 647) / 7
        [math]::Round($row.MeanUs, 6) | Should -Be 819.428571
        $row.SampleCount | Should -Be 7
        $row.ExcludedCount | Should -Be 2
        $row.Note | Should -BeLike '1 of 8 packets lost*'
        $byHand = Import-PingLog $data/../logs/vm-ping.log | Get-SegmentBreakdown -Level Container | Where-Object Segment -EQ PingRtt
        $byHand.MeanUs | Should -Be $row.MeanUs
    }
}
