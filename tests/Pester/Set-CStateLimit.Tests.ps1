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

Describe 'Set-CStateLimit beside another session' -Skip:$cannot {
    It 'waits, says who, and writes nothing' {
        $folder = Join-Path $TestDrive busy
        $limit.JournalPath = $folder
        $before = & $flags
        $other = [System.IO.FileStream]::new('/run/virtlatency.lock', 'OpenOrCreate', 'ReadWrite', 'None')
        try {
            { Set-CStateLimit @limit -ErrorAction Stop } | Should -Throw -ErrorId 'HostBusy,VirtLatency.Commands.SetCStateLimitCommand'
        } finally { $other.Dispose() }
        & $flags | Should -Be $before
        $folder | Should -Not -Exist
    }

    It 'sets a resume latency and takes it back' {
        $file = '/sys/devices/system/cpu/cpu0/power/pm_qos_resume_latency_us'
        $before = Get-Content $file
        Set-CStateLimit -MaxExitLatencyUs 77 -Method ResumeLatency -Cpu 0 -JournalPath (Join-Path $TestDrive latency) -WarningAction Ignore
        Get-Content $file | Should -Be 77
        Restore-CStateLimit -JournalPath (Join-Path $TestDrive latency)
        Get-Content $file | Should -Be $before
    }
}

Describe 'Set-CStateLimit on top of another' -Skip:$cannot {
    It 'tells the timer below what it needs, and no longer once it was taken back' {
        $file = '/sys/devices/system/cpu/cpu0/power/pm_qos_resume_latency_us'
        $before = Get-Content $file
        $limit.JournalPath = Join-Path $TestDrive stack
        $first = Set-CStateLimit -MaxExitLatencyUs 77 -Method ResumeLatency -Cpu 0 -RevertAfter 01:00:00 -JournalPath $limit.JournalPath -PassThru -WarningAction Ignore
        try {
            $second = Set-CStateLimit @limit -PassThru
            Get-Content "/run/virtlatency-$($first.ChangeId)" | Should -Match "^armed \+ $($second.ChangeId) \S+/1$"
            Restore-CStateLimit -JournalPath $limit.JournalPath
            (Get-Content "/run/virtlatency-$($first.ChangeId)").TrimEnd() | Should -Be 'armed'
            Get-Content $file | Should -Be 77
        } finally {
            Restore-CStateLimit -JournalPath $limit.JournalPath
        }
        Get-Content $file | Should -Be $before
        Get-Content "$state/disable" | Should -Be 0
    }
}

Describe 'Set-CStateLimit anywhere' {
    It 'wants a time of a second at least for -RevertAfter: <_>' -ForEach 0, 30, '-00:00:05', '00:00:00.5' {
        { Set-CStateLimit 10 -SysRoot $TestDrive -RevertAfter $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,VirtLatency.Commands.SetCStateLimitCommand'
    }

    It 'reports each host that cannot be reached, changes nothing, and keeps no journal' {
        Set-CStateLimit 10 -HostName 'host;reboot', '-oProxyCommand=x' -Force -JournalPath (Join-Path $TestDrive none) -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.FullyQualifiedErrorId | Should -Be (@('HostNameInvalid,VirtLatency.Commands.SetCStateLimitCommand') * 2)
        Join-Path $TestDrive none | Should -Not -Exist
    }

    It 'wants consent for several hosts' {
        { Set-CStateLimit 10 -HostName hv-1, hv-2 } | Should -Throw -ErrorId 'SeveralHosts,VirtLatency.Commands.SetCStateLimitCommand'
    }

    It 'takes a tree that is given twice as one' {
        $tree = Join-Path $root 'examples/hosts/hv-07'
        Set-CStateLimit 10 -SysRoot $tree, $tree, "$tree/." -Force -JournalPath $TestDrive/twice -WarningAction Ignore -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems.FullyQualifiedErrorId | Should -Be 'HostNotLive,VirtLatency.Commands.SetCStateLimitCommand'
    }
}

Describe 'Set-CStateLimit -VhostWorker' {
    BeforeAll {
        $script:tree = Join-Path $root examples/hosts/hv-07
        $script:said = { Set-CStateLimit 10 -VhostWorker vnet0 -SysRoot $tree -WhatIf -Verbose @args 4>&1 }
    }

    It 'takes the CPUs of worker, vCPU and interrupts, and says which come from what' {
        $lines = & $said -WarningAction Ignore | ForEach-Object Message
        $lines | Should -Contain 'hv-07: vnet0: vhost worker vhost-3021 (3055) may run on CPUs 1.'
        $lines | Should -Contain 'hv-07: vnet0: vCPUs CPU 0/KVM (3030) may run on CPUs 2.'
        $lines | Should -Contain 'hv-07: vnet0: irqs of eth0 131 may run on CPUs 0-1, now on 1.'
        (Test-CStateLimit 10 -SysRoot $tree -VhostWorker vnet0 -Detail).Cpu | Should -Be 0, 1, 2
        (Get-CStateConfig -SysRoot $tree -VhostWorker vnet0).OnlineCpu | Should -Be '0-2'
        (Get-CStateUsage -SysRoot $tree -VhostWorker vnet0)[0].CpuRange | Should -Be '0-2'
    }

    It 'adds to -Cpu, and says when it is all of the host' {
        (Test-CStateLimit 10 -SysRoot $tree -VhostWorker vnet0 -Cpu 3 -Detail).Cpu | Should -Be 0, 1, 2, 3
        $copy = Join-Path $TestDrive hv-07
        Copy-Item $tree $copy -Recurse
        (Get-Content $copy/proc/3055/status) -replace 'Cpus_allowed_list:.*', "Cpus_allowed_list:`t0-3" | Set-Content $copy/proc/3055/status
        $null = Set-CStateLimit 10 -VhostWorker vnet0 -SysRoot $copy -WhatIf -WarningVariable warned -WarningAction SilentlyContinue
        $warned[0].Message | Should -BeLike 'hv-07: These are all 4 online CPUs of hv-07 (0-3): nothing is spared.*'
    }

    It 'names the devices there are: <Id>' -TestCases @(
        @{ Device = 'vnet9'; Id = 'DeviceNotFound'; Category = 'ObjectNotFound' }
        @{ Device = 'eth0'; Id = 'DeviceNotTap'; Category = 'InvalidArgument' }
    ) {
        $null = Set-CStateLimit 10 -VhostWorker $Device -SysRoot $tree -WhatIf -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be "$Id,VirtLatency.Commands.SetCStateLimitCommand"
        $failed[0].CategoryInfo.Category | Should -Be $Category
        $failed[0].TargetObject | Should -Be $Device
        $failed[0].Exception.Message | Should -BeLike '*its tap devices are vnet0.'
    }
}
