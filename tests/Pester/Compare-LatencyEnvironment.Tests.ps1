BeforeAll {
    . $PSScriptRoot/Initialize.ps1
    $smtx, $zbs = Import-LatencyEnvironment $data/smtx, $data/zbs
}

Describe 'Compare-LatencyEnvironment' {
    It 'gives the layers their shares' {
        $rows = Compare-LatencyEnvironment $smtx $zbs -Level Layer
        $rows.SharePercent | ForEach-Object { [math]::Round($_, 2) } | Should -Be @(0.20, 4.57, 30.30, 21.18, 43.75)
        ($rows | Measure-Object DeltaUs -Sum).Sum | Should -BeGreaterThan 373.927
        ($rows | Measure-Object DeltaUs -Sum).Sum | Should -BeLessThan 373.929
    }

    It 'finds the stages that wait for the worker' {
        $rows = Compare-LatencyEnvironment $smtx $zbs -Level Stage | Where-Object Ratio -GT 2
        $rows | ForEach-Object { "$($_.Segment) $($_.Name)" } | Should -Be @('B_1 S0', 'E S1->S2', 'L S1->S2')
    }

    It 'says that these runs differ, with an interval' {
        $row = Compare-LatencyEnvironment $smtx $zbs -Level Container | Where-Object Segment -EQ 'RoundTrip'
        $row.Verdict | Should -Be 'Higher'
        $row.Replication | Should -Be 'WithinRun'
        $row.DeltaLowUs | Should -BeLessThan $row.DeltaUs
        $row.DeltaHighUs | Should -BeGreaterThan $row.DeltaUs
    }

    It 'does not tell the VM stacks apart, and shows them to be the same' {
        $row = Compare-LatencyEnvironment $smtx $zbs -Level Layer | Where-Object Segment -EQ 'VmInternal'
        $row.Verdict | Should -Be 'NotDistinguishable'
        $row.EquivalencePValue | Should -BeLessThan 0.05
    }

    It 'gives a copy of a log no verdict' {
        $copy = New-Item -ItemType Directory (Join-Path $TestDrive 'copy')
        Copy-Item $data/smtx/sfsvm-send.log (Join-Path $copy 'another-name.log')
        $row = Compare-LatencyEnvironment $smtx (Import-LatencyEnvironment $copy) -Level Container | Where-Object Segment -EQ 'RoundTrip'
        $row.DeltaUs | Should -Be 0
        $row.Verdict | Should -BeNullOrEmpty
        $row.EquivalencePValue | Should -BeNullOrEmpty
        $row.Note | Should -BeLike '*SenderVm is the same log on both sides (sfsvm-send.log, 16 samples)*'
    }

    It 'compares breakdown rows without a test' {
        $rows = Get-SegmentBreakdown $zbs | Compare-LatencyEnvironment (Get-SegmentBreakdown $smtx)
        $rows.Count | Should -Be 14
        $rows[0].PValue | Should -BeNullOrEmpty
        $rows[0].Note | Should -BeLike '*no test*'
    }

    It 'has no difference of bounds' {
        $row = Compare-LatencyEnvironment $smtx $zbs | Where-Object Segment -EQ 'I_1'
        $row.Basis | Should -Be 'UpperBound'
        $row.DeltaUs | Should -BeNullOrEmpty
    }

    It 'refuses to cut rows' {
        { Compare-LatencyEnvironment (Get-SegmentBreakdown $smtx) (Get-SegmentBreakdown $zbs) -Level Span } |
            Should -Throw -ErrorId 'LevelNeedsEnvironment,VirtLatency.Commands.CompareLatencyEnvironmentCommand'
    }
}
