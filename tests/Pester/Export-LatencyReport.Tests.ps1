BeforeAll {
    . $PSScriptRoot/Initialize.ps1
    $script:smtx, $script:zbs, $script:after = Import-LatencyEnvironment $data/smtx, $data/zbs, $data/zbs-c6off
}

Describe 'Export-LatencyReport' {
    BeforeEach { $script:file = Join-Path $TestDrive "$([guid]::NewGuid()).md" }

    It 'writes a report and hands the file on' {
        $written = Export-LatencyReport $file $smtx $zbs -After $after -Language en -PassThru
        $written | Should -BeOfType System.IO.FileInfo
        $written.FullName | Should -Be $file
        Get-Content $file -TotalCount 1 | Should -Be '# Latency report: zbs against smtx'
    }

    It 'takes the language of the session' -TestCases @(
        @{ Culture = 'zh-CN'; Heading = '## 结论摘要' }, @{ Culture = 'de-DE'; Heading = '## Answer' }
    ) {
        $before = [cultureinfo]::CurrentUICulture
        try {
            [cultureinfo]::CurrentUICulture = $Culture
            Export-LatencyReport $file $smtx $zbs
        }
        finally { [cultureinfo]::CurrentUICulture = $before }
        Get-Content $file | Should -Contain $Heading
    }

    It 'writes nothing with -WhatIf' {
        Export-LatencyReport $file $smtx $zbs -WhatIf
        $file | Should -Not -Exist
    }

    It 'replaces a file with -Force only' {
        Set-Content $file mine
        { Export-LatencyReport $file $smtx $zbs } | Should -Throw -ErrorId 'FileExists,VirtLatency.Commands.ExportLatencyReportCommand'
        Get-Content $file | Should -Be 'mine'
        Export-LatencyReport $file $smtx $zbs -Language en -Force
        Get-Content $file -TotalCount 1 | Should -BeLike '# Latency report*'
    }

    It 'does not guess a format' {
        { Export-LatencyReport "$file.pdf" $smtx $zbs } | Should -Throw -ErrorId 'ReportFormatUnknown,VirtLatency.Commands.ExportLatencyReportCommand'
        Get-ChildItem $TestDrive -Filter *.pdf | Should -BeNullOrEmpty
    }
}
