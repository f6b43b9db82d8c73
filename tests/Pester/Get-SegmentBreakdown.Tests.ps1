BeforeAll {
    . $PSScriptRoot/Initialize.ps1
    $script:zbs = Import-LatencyEnvironment $data/zbs
}

Describe 'Get-SegmentBreakdown' {
    It 'gives <Segment> of level <Level> as <Us> us' -TestCases @(
        @{ Level = 'Container'; Segment = 'RoundTrip'; Us = 600.7195 }
        @{ Level = 'Segment'; Segment = 'E'; Us = 111.3125 }
        @{ Level = 'Segment'; Segment = 'C+J'; Us = 144.0 }
        @{ Level = 'Span'; Segment = 'SenderHostTotal'; Us = 171.0195 }
        @{ Level = 'Layer'; Segment = 'VirtSender'; Us = 106.1095 }
        @{ Level = 'Layer'; Segment = 'VirtReceiver'; Us = 214.9134 }
    ) {
        $row = Get-SegmentBreakdown $zbs -Level $Level | Where-Object Segment -EQ $Segment
        [math]::Round($row.MeanUs, 4) | Should -Be $Us
        $row.SampleCount | Should -Be 16
    }

    It 'gives the same from samples piped by hand' {
        $rows = & {
            Import-IcmpRttLog $data/zbs/sfsvm-*.log
            Import-IcmpPathLog $data/zbs/zbshost-sender.log, $data/zbs/zbshost-receiver.log
            Import-TunIrqLog $data/zbs/zbshost-vhost-*.log
            Import-KvmTunLog $data/zbs/zbshost-kvm-tx.log -HostRole Sender
        } | Get-SegmentBreakdown -Level Layer -Detail
        $rows.MeanUs | Should -Be (Get-SegmentBreakdown $zbs -Level Layer -Detail).MeanUs
    }

    It 'refuses other objects with an id' {
        { Get-Date | Get-SegmentBreakdown -ErrorAction Stop } | Should -Throw -ErrorId 'InputNotLatencyData,VirtLatency.Commands.GetSegmentBreakdownCommand'
    }

    It 'names the missing log in a row without numbers' {
        $row = Import-LatencyEnvironment $data/zbs-c6off | Get-SegmentBreakdown | Where-Object Segment -EQ 'A'
        $row.MeanUs | Should -BeNullOrEmpty
        $row.Note | Should -BeLike 'no sender VM log*'
    }

    It 'makes rows that JSON keeps with full precision' {
        $row = Get-SegmentBreakdown $zbs | Select-Object -First 1 | ConvertTo-Json | ConvertFrom-Json
        $row.MeanUs | Should -Be 16.9951875
        $row.Basis | Should -Be 'Measured'
    }
}
