BeforeAll { . $PSScriptRoot/Initialize.ps1 }

Describe 'Import-IcmpRttLog' {
    It 'gives every record of a log in us' {
        $samples = Import-IcmpRttLog $data/smtx/sfsvm-send.log
        $samples.Count | Should -Be 16
        $samples[0].Path1Us | Should -Be 20.839
        $samples[0].TotalRttUs | Should -Be 218.658
        ($samples | Measure-Object TotalRttUs -Average).Average | Should -BeGreaterThan 226.790
        ($samples | Measure-Object TotalRttUs -Average).Average | Should -BeLessThan 226.792
    }

    It 'takes files of Get-ChildItem, also with brackets in their names' {
        Copy-Item $data/smtx/sfsvm-send.log 'TestDrive:/a[1].log'
        $samples = Get-ChildItem -LiteralPath 'TestDrive:/' -Filter '*.log' | Import-IcmpRttLog
        $samples.Count | Should -Be 16
    }

    It 'reads gzip' {
        $path = Join-Path $TestDrive 'x.log.gz'
        $target = [System.IO.Compression.GZipStream]::new([System.IO.File]::Create($path), [System.IO.Compression.CompressionMode]::Compress)
        $bytes = [System.IO.File]::ReadAllBytes("$data/smtx/sfsvm-send.log")
        $target.Write($bytes, 0, $bytes.Length)
        $target.Dispose()
        (Import-IcmpRttLog $path).Count | Should -Be 16
    }

    It 'names another tool''s log and its importer' {
        { Import-IcmpRttLog $data/smtx/oshost-send.log -ErrorAction Stop } |
            Should -Throw -ErrorId 'LogWrongTool,VirtLatency.Commands.ImportIcmpRttLogCommand' -ExpectedMessage '*icmp_drop_detector*Import-IcmpPathLog*'
    }

    It 'goes on behind a missing file' {
        $samples = Import-IcmpRttLog $data/none.log, $data/smtx/sfsvm-send.log -ErrorAction SilentlyContinue -ErrorVariable problem
        $samples.Count | Should -Be 16
        $problem.FullyQualifiedErrorId | Should -Be 'PathNotFound,VirtLatency.Commands.ImportIcmpRttLogCommand'
    }

    It 'writes rows that Export-Csv keeps' {
        $back = Import-IcmpRttLog $data/smtx/sfsvm-send.log | Select-Object -First 1 | ConvertTo-Csv | ConvertFrom-Csv
        $back.TotalRttUs | Should -Be '218.658'
        $back.IcmpId | Should -Be '21973'
    }
}
