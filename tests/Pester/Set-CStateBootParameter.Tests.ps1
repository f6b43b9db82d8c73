BeforeDiscovery {
    # Where the boot files of this machine are others for one process, and a disk can be full: in mounts of its own.
    $script:apart = (id -u) -eq '0' ? '-m' : '-rm'
    unshare $apart mount -t tmpfs none /etc/default 2>$null
    $script:cannot = $LASTEXITCODE -ne 0
}

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
        @{ Id = 'BootValueInvalid'; Arguments = @{ Parameter = 'isolcpus'; Value = '1;reboot&' } }
        @{ Id = 'BootValueInvalid'; Arguments = @{ Parameter = 'cpuidle.off' } }
        @{ Id = 'BootValueInvalid'; Arguments = @{ Parameter = 'cpuidle.off'; Value = 'y' } }
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

    It 'adds to what a condition sets' {
        [System.IO.File]::WriteAllText($grub, "if true; then`n  GRUB_CMDLINE_LINUX=`"root=/dev/a`"`nfi`n")
        (Set-CStateBootParameter nosmt -SysRoot $tree).Difference | Should -Match '\n\+GRUB_CMDLINE_LINUX="\$GRUB_CMDLINE_LINUX nosmt"$'
        bash -c '. "$1"; echo $GRUB_CMDLINE_LINUX' bash $grub | Should -Be 'root=/dev/a nosmt'
    }

    It 'refuses a pipe in the place of a file' {
        Remove-Item $grub
        mkfifo $grub
        { Set-CStateBootParameter nosmt -SysRoot $tree -BootFile /etc/default/grub } | Should -Throw -ErrorId 'BootFileNotEditable,*'
    }
}

Describe 'Set-CStateBootParameter in mounts of its own' -Skip:$cannot {
    BeforeAll {
        # Runs commands in a pwsh that has other mounts; what they give comes back by a file, for -WhatIf prints.
        function Invoke-Apart([string]$Mounts, [string]$Command) {
            $text = "`$ErrorActionPreference = 'Stop'; Import-Module '$manifest'; & { $Command } | ConvertTo-Json -Depth 3 | Set-Content '$here/result'"
            $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($text))
            $apart = (id -u) -eq '0' ? '-m' : '-rm'
            unshare $apart bash -c "set -e; mount --make-rprivate / 2>/dev/null; cd '$here'; $Mounts; exec pwsh -NoProfile -NonInteractive -EncodedCommand $encoded" | Out-Host
            Get-Content -Raw $here/result | ConvertFrom-Json
        }

        $script:edit = {
            $change = Set-CStateBootParameter nosmt ARGUMENTS -ErrorVariable problems -ErrorAction SilentlyContinue
            @{ Change = $change; Id = "$($problems.FullyQualifiedErrorId)"; Message = "$problems"; File = [System.IO.File]::ReadAllText('/etc/default/grub') }
        }.ToString()
    }

    BeforeEach {
        $script:here = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $script:programs = (New-Item -ItemType Directory $here/programs).FullName
        $script:mounts = "mount -t tmpfs none /etc/default; cp '$original/etc/default/grub' /etc/default; mount -t tmpfs none /boot; mount --bind '$here/os-release' /etc/os-release; PATH='$programs':`$PATH"
        function Add-StandIn([string]$Name, [int]$Code, [string]$Folder = $programs) {
            [System.IO.File]::WriteAllText("$Folder/$Name", "#!/bin/sh`necho `"`$0 `$*`" >> '$here/ran'; cp /etc/default/grub '$here/seen'; seq 1 6; echo last >&2; exit $Code`n")
            chmod 755 "$Folder/$Name"
        }
    }

    It 'runs <Program> behind the edit, with its arguments, and only with -Regenerate' -TestCases @(
        @{ Release = 'ID=ubuntu'; Program = 'update-grub'; Arguments = '' }
        @{ Release = "ID=rhel`nVERSION_ID=9.4"; Program = 'grub2-mkconfig'; Arguments = '-o /boot/grub2/grub.cfg' }
    ) {
        [System.IO.File]::WriteAllText("$here/os-release", $Release)
        Add-StandIn $Program 0
        $without = Invoke-Apart $mounts $edit.Replace('ARGUMENTS', '')
        $without.Change.Regenerated | Should -BeFalse
        (Invoke-Apart $mounts $edit.Replace('ARGUMENTS', '-Regenerate -WhatIf')).Change | Should -BeNullOrEmpty
        "$here/ran" | Should -Not -Exist

        $with = Invoke-Apart $mounts $edit.Replace('ARGUMENTS', '-Regenerate')
        $with.Id | Should -BeNullOrEmpty
        $with.Change.Regenerated | Should -BeTrue
        $with.Change.RegenerateCommand | Should -Be "$Program $Arguments".Trim()
        (Get-Content $here/ran).Trim() | Should -Be "$programs/$Program $Arguments".Trim()
        $with.File | Should -Match 'nosmt'
        [System.IO.File]::ReadAllText("$here/seen") | Should -BeExactly $with.File
    }

    It 'says how the command failed, and lets the edit stand' {
        [System.IO.File]::WriteAllText("$here/os-release", 'ID=debian')
        Add-StandIn update-grub 3
        $result = Invoke-Apart $mounts $edit.Replace('ARGUMENTS', '-Regenerate')
        $result.Id | Should -Be 'RegenerateFailed,VirtLatency.Commands.SetCStateBootParameterCommand'
        $result.Message | Should -Match "'update-grub' ended with 3: 3 \| 4 \| 5 \| 6 \| last"
        $result.Change.Regenerated | Should -BeFalse
        $result.Change.Changed | Should -BeTrue
        $result.File | Should -Match 'nosmt'
    }

    It 'runs nothing of the current folder' {
        [System.IO.File]::WriteAllText("$here/os-release", "ID=rhel`nVERSION_ID=9.4")
        Add-StandIn -Name grub2-mkconfig -Code 0 -Folder $here
        $result = Invoke-Apart "$mounts; PATH=:.:`$PATH" $edit.Replace('ARGUMENTS', '-Regenerate')
        $result.Id | Should -Be 'RegenerateFailed,VirtLatency.Commands.SetCStateBootParameterCommand'
        $result.Message | Should -Match 'ended with 127: ''grub2-mkconfig'' is not on PATH'
        "$here/ran" | Should -Not -Exist
    }

    # Pages of 4 KiB: the file has two of them, its copy and the new content want two each.
    It 'leaves the file as it was on a disk of <Size> that is full <When>' -TestCases @(
        @{ Size = '12k'; When = 'within the copy' }
        @{ Size = '20k'; When = 'within the new content' }
    ) {
        $null = New-Item -ItemType Directory $here/etc/default
        [System.IO.File]::WriteAllText("$here/grub", "# $('x' * 6000)`nGRUB_CMDLINE_LINUX=`"ro`"`n")
        $result = Invoke-Apart "mount -t tmpfs -o size=$Size none etc/default; cp grub etc/default" @"
            try { Set-CStateBootParameter nosmt -SysRoot '$here' } catch { }
            @{ Id = "`$(`$Error[0].FullyQualifiedErrorId)"; Text = [System.IO.File]::ReadAllText('$here/etc/default/grub'); Names = @(Get-ChildItem -Force '$here/etc/default').Name }
"@
        $result.Id | Should -Be 'BootFileNotWritten,VirtLatency.Commands.SetCStateBootParameterCommand'
        $result.Text | Should -BeExactly ([System.IO.File]::ReadAllText("$here/grub"))
        $result.Names | Should -Be 'grub'
    }
}
