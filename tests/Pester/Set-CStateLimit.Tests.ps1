BeforeDiscovery {
    # Needs this machine's own idle states, and root; elsewhere the tests show as skipped.
    $script:state = '/sys/devices/system/cpu/cpu0/cpuidle/state1'
    $script:cannot = (id -u) -ne '0' -or -not (Test-Path "$state/disable")
}

BeforeAll {
    . $PSScriptRoot/Initialize.ps1
    $script:state = '/sys/devices/system/cpu/cpu0/cpuidle/state1'
    $script:flags = { Get-ChildItem /sys/devices/system/cpu/cpu*/cpuidle/state*/disable | ForEach-Object { "$_ $(Get-Content $_ -Raw)" } }
    if (Test-Path /sys/devices/system/cpu/cpu0/cpuidle/state1/name) {
        $script:limit = @{ Cpu = 0; DisableState = (Get-Content /sys/devices/system/cpu/cpu0/cpuidle/state1/name); AllowPolling = $true; WarningAction = 'Ignore' }
    }
}

Describe 'Set-CStateLimit on this machine' -Skip:$cannot {
    BeforeEach {
        $script:folder = Join-Path $TestDrive ([guid]::NewGuid())
        $script:before = & $flags
        $script:limit.JournalPath = $folder
    }
    AfterEach { Restore-CStateLimit -JournalPath $folder -ErrorAction Ignore }

    It 'writes, tells the effect truthfully, and is taken back from <Name>' -TestCases @(
        @{ Name = 'the journal'; Back = { Restore-CStateLimit -JournalPath $folder } }
        @{ Name = 'the object'; Back = { $change | Restore-CStateLimit } }
        @{ Name = 'Clixml'; Back = { $change | Export-Clixml "$TestDrive/undo.xml"; Import-Clixml "$TestDrive/undo.xml" | Restore-CStateLimit } }
        @{ Name = 'JSON'; Back = { $change | ConvertTo-Json | ConvertFrom-Json | Restore-CStateLimit } }
    ) {
        $change = Set-CStateLimit @limit -PassThru
        Get-Content /sys/devices/system/cpu/cpu0/cpuidle/state1/disable | Should -Be 1
        $change.Before | Should -Be "cpu0/$($limit.DisableState)=0"
        if ((Get-Content /sys/devices/system/cpu/cpuidle/current_governor) -eq 'haltpoll') {
            # A CPU that is busy for the whole second shows nothing; one that idles shows that the flag is not looked at.
            $change.Effect | Should -BeIn 'WrittenButNotEffective', 'NotVerified'
            if ($change.Effect -eq 'WrittenButNotEffective') { $change.Note | Should -Match 'haltpoll' }
        }
        & $Back
        & $flags | Should -Be $before
    }

    It 'is marked when it was taken back, and then not taken back again' {
        $change = Set-CStateLimit @limit -PassThru
        Restore-CStateLimit -JournalPath $folder
        (Restore-CStateLimit -ListAvailable -JournalPath $folder).Note | Should -Match '^taken back 20'
        & $flags | Should -Be $before
        Set-Content "$state/disable" 1
        try {
            { $change | Restore-CStateLimit -ErrorAction Stop } | Should -Throw -ErrorId 'HostChanged,VirtLatency.Commands.RestoreCStateLimitCommand'
            { Restore-CStateLimit -JournalPath $folder -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'HostChanged,VirtLatency.Commands.RestoreCStateLimitCommand'
            (Get-Content "$state/disable") | Should -Be 1
        } finally { Set-Content "$state/disable" 0 }
    }

    It 'changes no byte with -WhatIf' {
        Set-CStateLimit @limit -WhatIf
        & $flags | Should -Be $before
        $folder | Should -Not -Exist
    }

    It 'is taken back by its own timer' {
        Set-CStateLimit @limit -RevertAfter 00:00:03
        Get-Content /sys/devices/system/cpu/cpu0/cpuidle/state1/disable | Should -Be 1
        $end = (Get-Date).AddSeconds(20)
        while ((Get-Content /sys/devices/system/cpu/cpu0/cpuidle/state1/disable) -eq 1 -and (Get-Date) -lt $end) { Start-Sleep -Milliseconds 200 }
        & $flags | Should -Be $before
    }

    It 'does not touch the host without a journal' {
        $limit.JournalPath = '/proc/none/here'
        { Set-CStateLimit @limit -ErrorAction Stop } | Should -Throw -ErrorId 'JournalNotWritten,VirtLatency.Commands.SetCStateLimitCommand'
        & $flags | Should -Be $before
    }

    It 'refuses a limit that leaves polling only' {
        { Set-CStateLimit -MaxExitLatencyUs 0 -Cpu 0 -JournalPath $folder -ErrorAction Stop -WarningAction Ignore } | Should -Throw -ErrorId 'PollingOnly,VirtLatency.Commands.SetCStateLimitCommand'
    }
}

Describe 'Set-CStateLimit anywhere' {
    It 'wants a time of a second at least for -RevertAfter: <_>' -ForEach 0, 30, '-00:00:05', '00:00:00.5' {
        { Set-CStateLimit 10 -SysRoot $TestDrive -RevertAfter $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,VirtLatency.Commands.SetCStateLimitCommand'
    }

    It 'wants consent for several hosts' {
        { Set-CStateLimit 10 -HostName hv-1, hv-2 } | Should -Throw -ErrorId 'SeveralHosts,VirtLatency.Commands.SetCStateLimitCommand'
    }
}
