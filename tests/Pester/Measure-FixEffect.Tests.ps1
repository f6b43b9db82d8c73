BeforeAll {
    . $PSScriptRoot/Initialize.ps1
    $smtx, $zbs, $off = Import-LatencyEnvironment $data/smtx, $data/zbs, $data/zbs-c6off
}

Describe 'Measure-FixEffect' {
    It 'says first that the round trip after the change is missing' {
        $row = (Measure-FixEffect $zbs $off -Baseline $smtx -AllowMixedDirection)[0]
        $row.Segment | Should -Be 'RoundTrip'
        $row.Verdict | Should -Be 'NotShown'
        $row.AfterCount | Should -Be 0
        $row.Note | Should -BeLike '*end to end is not shown*no sender VM log*'
    }

    It 'shows nothing from one packet, and says what would have been possible' {
        $row = Measure-FixEffect $zbs $off -AllowMixedDirection | Where-Object Name -EQ 'S1->S2'
        $row.BeforeUs | Should -Be 98.4375
        $row.AfterUs | Should -Be 16
        $row.Verdict | Should -Be 'NotShown'
        $row.Note | Should -BeLike '*best p that is possible is 0.118*'
    }

    It 'refuses to compare opposite directions' {
        { Measure-FixEffect $zbs $off -ErrorAction Stop } |
            Should -Throw -ErrorId 'MixedDirection,VirtLatency.Commands.MeasureFixEffectCommand'
    }

    It 'is fixed where all is as in the baseline' {
        # Another ping's log: the same latencies under another ICMP id.
        $other = New-Item -ItemType Directory (Join-Path $TestDrive 'other')
        (Get-Content $data/smtx/sfsvm-send.log -Raw) -replace '(?<=\(ID: )\d+', '4711' | Set-Content (Join-Path $other 'vm.log')
        $row = Measure-FixEffect $zbs $smtx (Import-LatencyEnvironment $other) -Level Container | Where-Object Segment -EQ 'RoundTrip'
        $row.Verdict | Should -Be 'Fixed'
        [math]::Round($row.ImprovementUs, 3) | Should -Be 373.928
        [math]::Round($row.RecoveredPercent, 3) | Should -Be 100
        $row.Cause | Should -Be 'went together with'
    }

    It 'takes no log for its own baseline, nor for its own state after the change' {
        $row = Measure-FixEffect $zbs $smtx $smtx -Level Container | Where-Object Segment -EQ 'RoundTrip'
        $row.Verdict | Should -Be 'Improved'
        $row.BaselineUs | Should -BeNullOrEmpty
        $row.Note | Should -BeLike '*not set against the baseline: after and baseline: SenderVm is the same log on both sides*'
        $none = Measure-FixEffect $zbs $zbs -Level Container | Where-Object Segment -EQ 'RoundTrip'
        $none.Verdict | Should -Be 'NotShown'
        $none.Note | Should -BeLike 'not shown: before and after rest on one log*'
    }

    It 'asks the same of what users wait for' {
        $rows = Measure-FixEffect -Workload $root/examples/workload.csv
        $rows.Segment | Should -Be @('login', 'queryP99')
        $rows[0].Cause | Should -Be 'caused by'
        $rows[0].CycleCount | Should -Be 4
        $rows[0].Note | Should -BeLike '*4 cycles: by ranks the best p that is possible is 0.125*'
        (Measure-FixEffect -Workload $root/examples/workload.csv -EquivalenceMarginUs 2000).EquivalenceMarginUs | Should -Be 2000, 2000
    }

    It 'names file and line of a damaged line' {
        $path = Join-Path $TestDrive 'runs.csv'
        Set-Content $path "run,condition,aMs`n1,before,fast`n1,after,2"
        $row = Measure-FixEffect -Workload $path -ErrorVariable problems -ErrorAction SilentlyContinue
        $row.Note | Should -BeLike '*line 2 of the file is left out'
        $problems[0].FullyQualifiedErrorId | Should -Be 'WorkloadLineMalformed,VirtLatency.Commands.MeasureFixEffectCommand'
        $problems[0].TargetObject | Should -Be "${path}:2"
    }
}
