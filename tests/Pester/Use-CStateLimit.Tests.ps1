BeforeDiscovery { $script:cannot = (id -u) -ne '0' -or -not (Test-Path /dev/cpu_dma_latency) }

BeforeAll {
    . $PSScriptRoot/Initialize.ps1
    $script:inForce = {
        $file = [System.IO.File]::OpenRead('/dev/cpu_dma_latency')
        $bytes = [byte[]]::new(4)
        $null = $file.Read($bytes, 0, 4)
        $file.Dispose()
        [BitConverter]::ToInt32($bytes)
    }
}

Describe 'Use-CStateLimit' -Skip:$cannot {
    BeforeEach { $script:before = & $inForce }

    It 'holds the limit while the script runs, and hands its output on' {
        Use-CStateLimit 123 { 'a'; & $inForce; 'b' } -WarningAction Ignore | Should -Be 'a', 123, 'b'
        & $inForce | Should -Be $before
    }

    It 'drops it when the script fails' {
        { Use-CStateLimit 123 { throw 'boo' } -WarningAction Ignore } | Should -Throw 'boo'
        & $inForce | Should -Be $before
    }

    It 'drops it when the pipeline has enough' {
        Use-CStateLimit 123 { 1; 2; 3 } -WarningAction Ignore | Select-Object -First 1 | Should -Be 1
        & $inForce | Should -Be $before
    }

    It 'runs nothing with -WhatIf' {
        Use-CStateLimit 123 { 'ran' } -WhatIf -WarningAction Ignore | Should -BeNullOrEmpty
    }
}
