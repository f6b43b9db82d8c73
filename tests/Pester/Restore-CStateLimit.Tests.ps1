BeforeAll { . $PSScriptRoot/Initialize.ps1 }

Describe 'Restore-CStateLimit' {
    It 'refuses what is no change' {
        { [pscustomobject]@{ HostName = 'here'; Before = 'cpu0/C6=0'; After = 'cpu1/C6=1' } | Restore-CStateLimit -ErrorAction Stop } |
            Should -Throw -ErrorId 'InputNotCStateChange,VirtLatency.Commands.RestoreCStateLimitCommand'
    }

    It 'says when there is no journal' {
        { Restore-CStateLimit -JournalPath $TestDrive/none -ErrorAction Stop } | Should -Throw -ErrorId 'JournalNotFound,VirtLatency.Commands.RestoreCStateLimitCommand'
    }

    It 'refuses a damaged journal' {
        Set-Content $TestDrive/bad.json '{'
        { Restore-CStateLimit -JournalPath $TestDrive/bad.json -ErrorAction Stop } | Should -Throw -ErrorId 'JournalInvalid,VirtLatency.Commands.RestoreCStateLimitCommand'
    }

    It 'says which journals it cannot read, and takes no other in their place' {
        $folder = New-Item -ItemType Directory $TestDrive/journals
        Set-Content $folder/20260101T000000.0000000-0123456789abcdef0123456789abcdef.json '{ "formatVersion": 1, '
        Set-Content $folder/settings.json '{}'
        Restore-CStateLimit -ListAvailable -JournalPath $folder -ErrorAction SilentlyContinue -ErrorVariable said | Should -BeNullOrEmpty
        $said.FullyQualifiedErrorId | Should -Be 'JournalInvalid,VirtLatency.Commands.RestoreCStateLimitCommand'
        { Restore-CStateLimit -JournalPath $folder -ErrorAction Stop } | Should -Throw -ErrorId 'JournalInvalid,VirtLatency.Commands.RestoreCStateLimitCommand'
    }

    It 'does not trust a journal that others may write' {
        Set-Content $TestDrive/open.json '{}'
        chmod 666 $TestDrive/open.json
        { Restore-CStateLimit -JournalPath $TestDrive/open.json -ErrorAction Stop } | Should -Throw -ErrorId 'JournalNotTrusted,VirtLatency.Commands.RestoreCStateLimitCommand'
    }

    It 'lists nothing where nothing is' {
        Restore-CStateLimit -ListAvailable -JournalPath $TestDrive/none | Should -BeNullOrEmpty
    }
}
