BeforeAll { . $PSScriptRoot/Initialize.ps1 }

Describe 'Export-LatencyEnvironment' {
    BeforeEach { $script:file = Join-Path $TestDrive "$([guid]::NewGuid()).vlenv" }

    It 'keeps every row of level <Level>' -TestCases @(
        @{ Level = 'Segment' }, @{ Level = 'Stage' }, @{ Level = 'Span' }, @{ Level = 'Layer' }, @{ Level = 'Container' }
    ) {
        $environments = Import-LatencyEnvironment $data/smtx, $data/zbs, $data/zbs-c6off
        $environments | Export-LatencyEnvironment $file
        $back = Import-LatencyEnvironment $file
        $back | Get-SegmentBreakdown -Level $Level | ConvertTo-Json | Should -BeExactly ($environments | Get-SegmentBreakdown -Level $Level | ConvertTo-Json)
        $back.Logs | ConvertTo-Json | Should -BeExactly ($environments.Logs | ConvertTo-Json)
    }

    It 'writes the same bytes for the same environment' {
        1..2 | ForEach-Object { Import-LatencyEnvironment $data/zbs | Export-LatencyEnvironment "$file.$_" }
        (Get-FileHash "$file.1").Hash | Should -Be (Get-FileHash "$file.2").Hash
    }

    It 'writes nothing with -WhatIf' {
        Import-LatencyEnvironment $data/zbs | Export-LatencyEnvironment $file -WhatIf
        $file | Should -Not -Exist
    }

    It 'is a zip archive that other programs unpack and pack again' {
        Import-LatencyEnvironment $data/zbs | Export-LatencyEnvironment $file
        Expand-Archive $file "$file.folder"
        Compress-Archive "$file.folder/*" "$file.zip"
        (Import-LatencyEnvironment "$file.zip" | Get-SegmentBreakdown).MeanUs | Should -Be (Import-LatencyEnvironment $data/zbs | Get-SegmentBreakdown).MeanUs
    }

    It 'is found by Get-ChildItem beside folders' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive "$([guid]::NewGuid())")
        Import-LatencyEnvironment $data/smtx, $data/zbs | Export-LatencyEnvironment $folder/base.vlenv
        Copy-Item -Recurse $data/zbs $folder/later
        (Get-ChildItem $folder | Sort-Object Name | Import-LatencyEnvironment).Name | Should -Be 'smtx', 'zbs', 'later'
    }

    It 'replaces a file with -Force only' {
        Set-Content $file mine
        { Import-LatencyEnvironment $data/zbs | Export-LatencyEnvironment $file } | Should -Throw -ErrorId 'FileExists,VirtLatency.Commands.ExportLatencyEnvironmentCommand'
        Get-Content $file | Should -Be 'mine'
        Import-LatencyEnvironment $data/zbs | Export-LatencyEnvironment $file -Force
        (Import-LatencyEnvironment $file).Name | Should -Be 'zbs'
    }
}
