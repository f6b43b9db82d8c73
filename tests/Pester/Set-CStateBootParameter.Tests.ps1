BeforeAll {
    . $PSScriptRoot/Initialize.ps1
    $script:original = Join-Path $root 'examples/hosts/hv-09'
}

Describe 'Set-CStateBootParameter' {
    BeforeEach {
        $script:tree = Join-Path $TestDrive ([guid]::NewGuid())
        Copy-Item -Recurse $original $tree
        $script:grub = "$tree/etc/default/grub"
        $script:before = [System.IO.File]::ReadAllText($grub)
    }

    It 'changes one value, keeps a copy, and names the command to run' {
        $change = Set-CStateBootParameter intel_idle.max_cstate 2 -SysRoot $tree
        [System.IO.File]::ReadAllText($grub) | Should -BeExactly $before.Replace('max_cstate=1"', 'max_cstate=2"')
        [System.IO.File]::ReadAllText($tree + $change.Backup) | Should -BeExactly $before
        $change.RegenerateCommand | Should -Be 'grub2-mkconfig -o /boot/grub2/grub.cfg'
        $change.Regenerated | Should -BeFalse
    }

    It 'changes nothing the second time' {
        $null = Set-CStateBootParameter intel_idle.states_off 8 -SysRoot $tree
        $stamp = (Get-Item $grub).LastWriteTimeUtc
        $again = Set-CStateBootParameter intel_idle.states_off 8 -SysRoot $tree
        $again.Changed | Should -BeFalse
        $again.Backup | Should -BeNullOrEmpty
        (Get-Item $grub).LastWriteTimeUtc | Should -Be $stamp
        @(Get-ChildItem $tree/etc/default).Count | Should -Be 2
    }

    It 'writes no byte with -WhatIf' {
        Set-CStateBootParameter -MaxExitLatencyUs 10 -SysRoot $tree -WhatIf | Should -BeNullOrEmpty
        [System.IO.File]::ReadAllText($grub) | Should -BeExactly $before
        @(Get-ChildItem -Force $tree/etc/default).Count | Should -Be 1
    }

    It 'chooses the mask of the host, and says what the other settings do to it' {
        $change = Set-CStateBootParameter -MaxExitLatencyUs 10 -SysRoot $tree
        "$($change.Parameter)=$($change.After)" | Should -Be 'intel_idle.states_off=8'
        $change.Note | Should -Match 'leaves POLL, C1: not the states in force now'
        $change.Note | Should -Match 'intel_idle.max_cstate in the settings takes states away too'
    }

    It 'takes a parameter out' {
        (Set-CStateBootParameter intel_idle.max_cstate -Remove -SysRoot $tree).Before | Should -Be 1
        [System.IO.File]::ReadAllText($grub) | Should -BeExactly $before.Replace(' intel_idle.max_cstate=1', '')
    }

    It 'refuses <Id>' -TestCases @(
        @{ Id = 'BootParameterUnknown'; Arguments = @{ Parameter = 'quiet' } }
        @{ Id = 'BootValueInvalid'; Arguments = @{ Parameter = 'intel_idle.states_off'; Value = 'C6' } }
        @{ Id = 'BootValueInvalid'; Arguments = @{ Parameter = 'isolcpus'; Value = '1 idle=poll' } }
        @{ Id = 'PollingOnly'; Arguments = @{ MaxExitLatencyUs = 0.5 } }
        @{ Id = 'PollingOnly'; Arguments = @{ Parameter = 'idle'; Value = 'poll' } }
        @{ Id = 'PollingOnly'; Arguments = @{ Parameter = 'intel_idle.states_off'; Value = '0xe' } }
        @{ Id = 'BootLimitImpossible'; Arguments = @{ MaxExitLatencyUs = 500 } }
        @{ Id = 'RegenerateNeedsHost'; Arguments = @{ Parameter = 'nosmt'; Regenerate = $true } }
        @{ Id = 'BootFileNotEditable'; Arguments = @{ Parameter = 'nosmt'; BootFile = '/boot/grub2/grub.cfg' } }
        @{ Id = 'BootFileMissing'; Arguments = @{ Parameter = 'nosmt'; BootFile = '/etc/kernel/cmdline' } }
        @{ Id = 'ParametersExclude'; Arguments = @{ Parameter = 'nosmt'; Value = 'force'; Remove = $true } }
    ) {
        { Set-CStateBootParameter @Arguments -SysRoot $tree -ErrorAction Stop } | Should -Throw -ErrorId "$Id,VirtLatency.Commands.SetCStateBootParameterCommand"
        [System.IO.File]::ReadAllText($grub) | Should -BeExactly $before
    }

    It 'allows polling when asked to' {
        (Set-CStateBootParameter idle poll -SysRoot $tree -AllowPolling).Note | Should -Match '100 % busy'
    }

    It 'leaves a malformed file as it is' {
        [System.IO.File]::WriteAllText($grub, "A=1`nGRUB_CMDLINE_LINUX=`"open")
        { Set-CStateBootParameter nosmt -SysRoot $tree } | Should -Throw -ErrorId 'BootFileMalformed,*'
        [System.IO.File]::ReadAllText($grub) | Should -BeExactly "A=1`nGRUB_CMDLINE_LINUX=`"open"
    }

    It 'keeps the mode of the file' {
        chmod 640 $grub
        $null = Set-CStateBootParameter nosmt -SysRoot $tree
        (Get-Item $grub).UnixMode | Should -Be '-rw-r-----'
    }
}
