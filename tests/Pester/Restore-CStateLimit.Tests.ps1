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

    It 'lists nothing where nothing is' {
        Restore-CStateLimit -ListAvailable -JournalPath $TestDrive/none | Should -BeNullOrEmpty
    }
}
