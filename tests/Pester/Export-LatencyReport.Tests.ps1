BeforeDiscovery {
    # A disk that is full or cannot be written: mounts of a process of its own, which not everyone may make.
    $script:apart = (id -u) -eq '0' ? '-m' : '-rm'
    unshare $apart mount -t tmpfs none /mnt 2>$null
    $script:cannot = $LASTEXITCODE -ne 0
    $script:kinds = @{ Kind = 'md' }, @{ Kind = 'html' }, @{ Kind = 'xlsx' }
}

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
        @{ Culture = 'zh-CN'; Heading = "## `u{7ed3}`u{8bba}`u{6458}`u{8981}" }, @{ Culture = 'de-DE'; Heading = '## Answer' }
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

Describe 'Export-LatencyReport where it cannot write <Kind>' -ForEach $kinds {
    BeforeEach {
        $script:folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $script:file = Join-Path $folder "report.$Kind"
    }

    AfterEach { Get-ChildItem $folder -Force | Where-Object Name -NE "report.$Kind" | Should -BeNullOrEmpty }

    It 'names the missing folder' {
        { Export-LatencyReport (Join-Path $folder "no/report.$Kind") $smtx $zbs } | Should -Throw '*its folder does not exist*' -ErrorId 'PathNotFound,*'
    }

    It 'leaves an existing file without -Force' {
        Set-Content $file mine -NoNewline
        { Export-LatencyReport $file $smtx $zbs } | Should -Throw '*-Force*' -ErrorId 'FileExists,*'
        [System.IO.File]::ReadAllText($file) | Should -BeExactly 'mine'
    }

    It 'says what each side has where nothing is in common' {
        $vm = Import-LatencyEnvironment -SenderVmLog $data/smtx/sfsvm-send.log -Name vm
        { Export-LatencyReport $file $vm $after } | Should -Throw "*'vm' has SenderVm*" -ErrorId 'NoCommonLevel,*'
        $file | Should -Not -Exist
    }
}

Describe 'Export-LatencyReport on a disk of its own (skipped where mounts are not allowed)' -Skip:$cannot {
    BeforeAll {
        # Writes a report below /mnt, mounted so, over a file that is there; gives the error and what lies there afterwards.
        function Invoke-On {
            param([string] $Mount, [string] $Kind)
            $result = Join-Path $TestDrive "$([guid]::NewGuid()).json"
            $script = @"
Import-Module '$manifest'
`$one, `$other = Import-LatencyEnvironment '$data/smtx', '$data/zbs'
`$id = `$null
try { Export-LatencyReport /mnt/report.$Kind `$one `$other -Force } catch { `$id = `$_.FullyQualifiedErrorId; `$text = "`$_" }
@{ Id = `$id; Text = `$text; Names = @([System.IO.Directory]::GetFileSystemEntries('/mnt')); Old = [System.IO.File]::ReadAllText('/mnt/report.$Kind') } | ConvertTo-Json | Set-Content '$result'
"@
            $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($script))
            unshare $apart bash -c "set -e; mount --make-rprivate / 2>/dev/null; mount -t tmpfs -o size=32k none /mnt; echo -n old > /mnt/report.$Kind; $Mount; exec pwsh -NoProfile -NonInteractive -EncodedCommand $encoded" | Out-Host
            Get-Content $result -Raw | ConvertFrom-Json
        }
    }

    It 'leaves the old <Kind> and no half-written file when the disk is full' -ForEach $kinds {
        $result = Invoke-On ':' $Kind
        $result.Id | Should -Be 'FileNotWritten,VirtLatency.Commands.ExportLatencyReportCommand'
        $result.Text | Should -BeLike "'/mnt/report.$Kind' cannot be written:*"
        $result.Names | Should -Be "/mnt/report.$Kind"
        $result.Old | Should -BeExactly 'old'
    }

    It 'leaves the old <Kind> in a folder that cannot be written' -ForEach $kinds {
        $result = Invoke-On 'mount -o remount,ro /mnt' $Kind
        $result.Id | Should -BeIn 'FileNotWritten,VirtLatency.Commands.ExportLatencyReportCommand', 'PathAccessDenied,VirtLatency.Commands.ExportLatencyReportCommand'
        $result.Text | Should -BeLike "*'/mnt/report.$Kind'*"
        $result.Names | Should -Be "/mnt/report.$Kind"
        $result.Old | Should -BeExactly 'old'
    }
}

Describe 'Export-LatencyReport with <Case> in names' -ForEach @(
    @{ Case = 'a formula'; Text = '=HYPERLINK("http://x")' }
    @{ Case = 'a script'; Text = '<script>alert(1)</script>' }
    @{ Case = 'an attribute'; Text = '"><img src=x onerror=alert(1)>' }
    @{ Case = 'quotes'; Text = "it's ``quoted`` `"twice`" | & `$(rm)" }
    @{ Case = 'terminal escapes'; Text = "red`e[31m`a" }
    @{ Case = 'other scripts'; Text = "`u{4e3b}`u{673a} `u{445}`u{43e}`u{441}`u{442} `u{645}`u{636}`u{64a}`u{641} `u{1f680}" }
) {
    BeforeAll {
        # Control characters are shown as signs.
        $script:shown = $Text.Replace("`e", "`u{241b}").Replace("`a", "`u{2407}")
        $script:fileName = $Text.Replace('/', '_') + '.log'
        $script:shownFile = $shown.Replace('/', '_') + '.log'
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        [System.IO.File]::Copy((Join-Path $data 'zbs/sfsvm-send.log'), (Join-Path $folder $fileName))
        $logs = @{ SenderVm = $fileName }
        foreach ($log in @{ Role = 'ReceiverVm'; Name = 'sfsvm-recv.log' }, @{ Role = 'SenderHost'; Name = 'zbshost-sender.log' }, @{ Role = 'ReceiverHost'; Name = 'zbshost-receiver.log' }) {
            Copy-Item (Join-Path $data "zbs/$($log.Name)") $folder
            $logs[$log.Role] = $log.Name
        }

        # An interface's name, in the header of a host's log.
        $header = Join-Path $folder 'zbshost-sender.log'
        [System.IO.File]::WriteAllText($header, [System.IO.File]::ReadAllText($header).Replace('RX Interface(s): vnet', "RX Interface(s): $Text-vnet"))
        @{ Name = $Text; Note = $Text; Logs = $logs } | ConvertTo-Json | Set-Content (Join-Path $folder 'environment.json')
        $tree = Join-Path $folder 'tree'
        Copy-Item (Join-Path $root 'examples/hosts/hv-08') $tree -Recurse
        Set-Content "$tree/etc/hostname" $Text
        $odd = Import-LatencyEnvironment $folder -WarningAction Ignore
        $odd.Name | Should -BeExactly $Text
        $config = Get-CStateConfig -SysRoot $tree, (Join-Path $root 'examples/hosts/hv-07')

        $script:written = @{}
        foreach ($kind in 'md', 'html', 'xlsx') {
            $written[$kind] = Join-Path $folder "report.$kind"
            Export-LatencyReport $written[$kind] $smtx $odd -CStateConfig $config -Title $Text -Language en
        }
    }

    It 'keeps them text in HTML' {
        $source = [System.IO.File]::ReadAllText($written.html)
        $page = [xml] $source.Substring($source.IndexOf('<html'))
        $page.SelectNodes("//*[local-name() = 'script' or local-name() = 'img']").Count | Should -Be 0
        $page.SelectNodes("//@*[starts-with(name(), 'on') or name() = 'src']").Count | Should -Be 0
        $page.SelectNodes('//@href') | ForEach-Object { $_.Value | Should -BeLike '#*' }
        $page.SelectSingleNode("//*[local-name() = 'h1']").InnerText | Should -BeExactly $shown
        $page.DocumentElement.InnerText.Contains($shownFile) | Should -BeTrue
        $source.Contains("`e") | Should -BeFalse
    }

    It 'keeps them text in a workbook' {
        $archive = [System.IO.Compression.ZipFile]::OpenRead($written.xlsx)
        try {
            $text = ''
            foreach ($entry in $archive.Entries | Where-Object FullName -Like 'xl/*.xml') {
                $reader = [System.IO.StreamReader]::new($entry.Open())
                $part = [xml] $reader.ReadToEnd()
                $reader.Dispose()
                if ($entry.FullName -like 'xl/worksheets/*') { $part.SelectNodes("//*[local-name() = 'f']").Count | Should -Be 0 -Because $entry.FullName }
                if ($entry.FullName -eq 'xl/sharedStrings.xml') { $text = "`n" + (($part.SelectNodes("//*[local-name() = 'si']") | ForEach-Object InnerText) -join "`n") + "`n" }
            }
        }
        finally { $archive.Dispose() }
        $text.Contains("`n$shown`n") | Should -BeTrue
        $text.Contains($shownFile) | Should -BeTrue
        $text.Contains("`e") | Should -BeFalse
    }

    It 'keeps them text in Markdown' {
        $prose = [regex]::Replace([System.IO.File]::ReadAllText($written.md), '(?s)\n```+powershell\n.*?\n```+\n', "`n")
        $prose | Should -Not -Match '(?<!\\)<(script|img|/)'
        $prose | Should -Not -Match '(?<!\\)`'
        $prose | Should -Not -Match 'http://'
        $prose | Should -Not -Match "`e"
        # Read as Markdown reads it: a backslash before a sign is no part of the text.
        $heading = [regex]::Replace(($prose -split "`n")[0].Substring(2), '\\([!-/:-@\[-`{-~])', '$1')
        [System.Net.WebUtility]::HtmlDecode($heading).Replace("`u{200b}", '') | Should -BeExactly $shown
    }
}
