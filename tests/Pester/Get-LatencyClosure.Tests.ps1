BeforeAll {
    . $PSScriptRoot/Initialize.ps1
    $script:smtx, $script:zbs = Import-LatencyEnvironment $data/smtx, $data/zbs
}

Describe 'Get-LatencyClosure' {
    It 'finds that the pieces exceed VirtSender in <Name> by <Us> us' -TestCases @(
        @{ Name = 'smtx'; Us = -29.709 }
        @{ Name = 'zbs'; Us = -88.303 }
    ) {
        $row = Get-LatencyClosure (Get-Variable $Name -ValueOnly) | Where-Object Check -EQ 'L + B_1 within VirtSender'
        [math]::Round($row.ResidualUs, 3) | Should -Be $Us
        $row.Passed | Should -BeFalse
        $row.Meaning | Should -BeLike 'A failure means that the pieces were measured under other conditions*'
    }

    It 'passes what one clock measured' {
        $rows = Get-LatencyClosure $zbs | Where-Object Check -EQ 'A + InterPath + M = RoundTrip'
        $rows.Scope | Should -Be 'Packets', 'Means'
        $rows.Passed | Should -Be $true, $true
        $rows.SampleCount | Should -Be 16, 16
    }

    It 'says why a check could not be made' {
        $row = Get-LatencyClosure $zbs | Where-Object Check -EQ 'PingRtt with and without tools'
        $row.Passed | Should -BeNullOrEmpty
        $row.Meaning | Should -BeLike 'Not checked: no output of ping itself (sender VM); no output of a ping without the tools*'
    }

    It 'tells what the tools cost from a ping beside them and one without them' {
        foreach ($ping in @(@{ Name = 'traced'; Us = 500 }, @{ Name = 'bare'; Us = 400 })) {
            $answers = 0..3 | ForEach-Object { "64 bytes from 10.0.0.2: icmp_seq=$($_ + 1) ttl=64 time=0.$($ping.Us + 2 * $_) ms" }
            Set-Content (Join-Path $TestDrive "$($ping.Name).log") (@('PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.') + $answers)
        }
        $environment = Import-LatencyEnvironment -SenderPingLog $TestDrive/traced.log -SenderPingWithoutToolsLog $TestDrive/bare.log
        $row = Get-LatencyClosure $environment | Where-Object Check -EQ 'PingRtt with and without tools'
        $row.Passed | Should -BeFalse
        $row.ActualUs | Should -Be 503
        $row.ResidualUs | Should -Be -100
        $row.Meaning | Should -BeLike 'Beside the tools +100.0 us*n 4 without and 4 with them*'
    }

    It 'gives the same checks for every environment' {
        (Get-LatencyClosure (Import-LatencyEnvironment $data/zbs-c6off)).Check | Should -Be (Get-LatencyClosure $zbs).Check
    }

    It 'refuses other objects with an id' {
        { Get-Date | Get-LatencyClosure -ErrorAction Stop } | Should -Throw -ErrorId 'InputNotLatencyData,VirtLatency.Commands.GetLatencyClosureCommand'
    }
}
