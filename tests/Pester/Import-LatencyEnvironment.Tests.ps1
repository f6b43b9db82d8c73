BeforeAll { . $PSScriptRoot/Initialize.ps1 }

Describe 'Import-LatencyEnvironment' {
    It 'is one object per folder and not a list' {
        $environments = Import-LatencyEnvironment $data/smtx, $data/zbs
        $environments.Count | Should -Be 2
        $environments.Name | Should -Be @('smtx', 'zbs')
        ($environments[0] | Measure-Object).Count | Should -Be 1
    }

    It 'takes folders of Get-ChildItem' {
        (Get-ChildItem $data -Directory | Where-Object Name -In 'smtx', 'zbs', 'zbs-c6off' | Import-LatencyEnvironment).Name | Should -Be @('smtx', 'zbs', 'zbs-c6off')
    }

    It 'finds the role of a kvm log by its worker' {
        $after = Import-LatencyEnvironment $data/zbs-c6off -Verbose 4>&1
        ($after | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Message -join "`n" |
            Should -BeLike '*zbshost-kvm-tx.log is the receiver host log*its worker 73868 is the PID of*'
    }

    It 'reads logs named one by one' {
        $environment = Import-LatencyEnvironment -SenderVmLog $data/zbs/sfsvm-send.log -Name mine
        $environment.Name | Should -Be 'mine'
        $environment.Logs.Role | Should -Be 'SenderVm'
    }

    It 'reads what a manifest names' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'named')
        "@{ Name = 'ZBS'; Note = 'C6 on'; Logs = @{ SenderVm = '$data/zbs/sfsvm-send.log' } }" | Set-Content $folder/environment.psd1
        $environment = Import-LatencyEnvironment $folder
        $environment.Name, $environment.Note, $environment.Logs.Role | Should -Be 'ZBS', 'C6 on', 'SenderVm'
    }

    It 'does not run a manifest' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'code')
        "@{ Logs = @{ SenderVm = (New-Item '$folder/ran') } }" | Set-Content $folder/environment.psd1
        { Import-LatencyEnvironment $folder -ErrorAction Stop } | Should -Throw -ErrorId 'ManifestInvalid,VirtLatency.Commands.ImportLatencyEnvironmentCommand'
        "$folder/ran" | Should -Not -Exist
    }

    It 'refuses what went through a serialization' {
        Import-LatencyEnvironment $data/smtx | Export-Clixml TestDrive:/e.xml
        $back = Import-Clixml TestDrive:/e.xml
        { Get-SegmentBreakdown $back -ErrorAction Stop } | Should -Throw -ErrorId 'EnvironmentDeserialized,VirtLatency.Commands.GetSegmentBreakdownCommand'
    }

    It 'has an id for <Case>' -TestCases @(
        @{ Case = 'a missing folder'; Script = { Import-LatencyEnvironment ./none -ErrorAction Stop }; Id = 'PathNotFound' }
        @{ Case = 'a file'; Script = { Import-LatencyEnvironment $data/smtx/sfsvm-send.log -ErrorAction Stop }; Id = 'PathNotDirectory' }
        @{ Case = 'nothing'; Script = { Import-LatencyEnvironment -ErrorAction Stop }; Id = 'NothingToImport' }
        @{ Case = 'too few names'; Script = { Import-LatencyEnvironment $data/smtx, $data/zbs -Name x -ErrorAction Stop }; Id = 'NameCountDiffers' }
    ) {
        $Script | Should -Throw -ErrorId "$Id,VirtLatency.Commands.ImportLatencyEnvironmentCommand"
    }
}
