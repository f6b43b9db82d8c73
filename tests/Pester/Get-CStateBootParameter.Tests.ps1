BeforeAll {
    . $PSScriptRoot/Initialize.ps1
    $script:tree = Join-Path $root 'examples/hosts/hv-09'
}

Describe 'Get-CStateBootParameter' {
    It 'sets the running system, the next boot and the settings side by side' {
        $row = Get-CStateBootParameter intel_idle.max_cstate -SysRoot $tree
        $row.Running | Should -BeNullOrEmpty
        $row.Configured | Should -Be 1
        $row.Differs | Should -BeFalse
        $row.NeedsRegenerate | Should -BeTrue
        $row.ConfiguredLine | Should -Be 7
    }

    It 'takes wildcards' {
        (Get-CStateBootParameter *_idle.* -SysRoot $tree).Parameter | Should -Be 'intel_idle.states_off', 'intel_idle.max_cstate'
    }

    It 'gives advice in order, from the host''s own table' {
        $advice = Get-CStateBootParameter -MaxExitLatencyUs 1 -SysRoot $tree
        $advice.Setting | Should -Be 'cstate-limit.service', 'force_latency=1', 'intel_idle.states_off=12', 'intel_idle.max_cstate=1'
        $advice.Keeps | Select-Object -Unique | Should -Be 'POLL, C1'
        $advice.NeedsReboot | Should -Be $false, $false, $true, $true
    }

    It 'says where a file is malformed, and goes on' {
        $copy = Join-Path $TestDrive ([guid]::NewGuid())
        Copy-Item -Recurse $tree $copy
        Set-Content $copy/etc/default/grub "A=1`nGRUB_CMDLINE_LINUX=`"open"
        $rows = Get-CStateBootParameter -SysRoot $copy -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.FullyQualifiedErrorId | Should -Be 'BootFileMalformed,VirtLatency.Commands.GetCStateBootParameterCommand'
        $problem.Exception.Message | Should -Match '^/etc/default/grub:2:'
        ($rows | Where-Object Parameter -EQ nosmt).NextBoot | Should -Be ''
    }

    It 'works on this machine and changes nothing' {
        $rows = Get-CStateBootParameter
        $rows.Parameter | Should -Contain 'idle'
    }
}
