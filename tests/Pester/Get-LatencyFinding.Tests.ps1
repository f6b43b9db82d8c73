BeforeAll {
    . $PSScriptRoot/Initialize.ps1
    $script:smtx, $script:zbs, $script:after = Import-LatencyEnvironment $data/smtx, $data/zbs, $data/zbs-c6off
    $script:hosts = Get-CStateConfig -SysRoot $PSScriptRoot/../../examples/hosts/hv-07, $PSScriptRoot/../../examples/hosts/hv-08
}

Describe 'Get-LatencyFinding' {
    It 'finds <Rule> in the example data' -TestCases @(
        @{ Rule = 'VhostWorkerWakeup'; Severity = 'Important'; Text = 'The vhost workers take longer to wake up in zbs than in smtx' }
        @{ Rule = 'HostToHostIdleWakeup'; Severity = 'Important'; Text = '*can hold the wake-up of an idle CPU' }
        @{ Rule = 'FixWithoutRoundTrip'; Severity = 'Important'; Text = '*zbs-c6off has no end-to-end measurement' }
        @{ Rule = 'FixOnAnotherHost'; Severity = 'Important'; Text = 'Before and after the change may be different hosts*' }
        @{ Rule = 'CStateDiffers'; Severity = 'Important'; Text = 'The idle states of hv-07 and hv-08 are configured differently' }
        @{ Rule = 'DirectOverTotal'; Severity = 'Caution'; Text = '*116.8 % in smtx, 113.8 % in zbs*' }
        @{ Rule = 'TooFewSamples'; Severity = 'Caution'; Text = '*n = 1 *n = 4 *' }
        @{ Rule = 'VmStackNotGuilty'; Severity = 'Information'; Text = 'The network stacks inside the VMs are not where zbs differs from smtx' }
    ) {
        $finding = Get-LatencyFinding $smtx $zbs -After $after -CStateConfig $hosts | Where-Object Rule -EQ $Rule
        $finding.Severity | Should -Be $Severity
        $finding.Finding | Should -BeLike $Text
    }

    It 'gives what does not fit together first, then the others by severity' {
        $findings = Get-LatencyFinding $smtx $zbs
        $findings[0, 1].Rule | Should -Be 'PiecesExceedContainer', 'PiecesExceedContainer'
        $order = ($findings | Select-Object -Skip 2).Severity | Select-Object -Unique
        $order | Should -Be 'Important', 'Caution', 'Information'
    }

    It 'names the checks that put parts in doubt, and the part that carries the finding' {
        $finding = Get-LatencyFinding $smtx $zbs | Where-Object Rule -EQ 'VhostWorkerWakeup'
        $finding.Caveat | Should -BeLike '*L + B_1 within VirtSender in zbs; E S1->S2 is in none of them and carries the finding*'
        $finding.Confidence | Should -BeLike 'Within the runs: *'
    }

    It 'finds nothing important in one environment against itself, and says that it is one' {
        $findings = Get-LatencyFinding $smtx $smtx
        $findings.Severity | Should -Not -Contain 'Important'
        $findings.Rule | Should -Contain 'SameLogs'
        $findings.Rule | Should -Not -Contain 'RoundTripDiffers'
    }

    It 'takes environments from the pipeline' {
        $findings = $smtx, $zbs | Get-LatencyFinding
        ($findings | Where-Object Rule -EQ 'PiecesExceedContainer').DifferenceEnvironment | Should -Be 'smtx', 'zbs'
    }

    It 'refuses other objects with an id' {
        { Get-LatencyFinding $smtx 5 } | Should -Throw -ErrorId 'InputNotLatencyData,VirtLatency.Commands.GetLatencyFindingCommand'
        { Get-LatencyFinding ($smtx, $zbs) $zbs } | Should -Throw -ErrorId 'SeveralReferences,VirtLatency.Commands.GetLatencyFindingCommand'
    }
}
