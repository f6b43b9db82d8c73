# Rows through ImportExcel and back: values at full precision, text as text, whatever the culture.
BeforeDiscovery { $script:excel = [bool](Get-Module -ListAvailable ImportExcel) }

Describe 'Rows in a workbook by ImportExcel (skipped where it is not installed)' -Tag Excel -Skip:(-not $excel) {
    BeforeAll {
        . $PSScriptRoot/Initialize.ps1
        Import-Module ImportExcel 3>$null
        $script:smtx, $script:zbs = Import-LatencyEnvironment $data/smtx, $data/zbs
        $script:tree = Join-Path $TestDrive 'hv-1'
        Copy-Item (Join-Path $root 'examples/hosts/hv-08') $tree -Recurse
        Set-Content "$tree/proc/sys/kernel/osrelease" '5.10' -NoNewline

        function Invoke-In {
            param([cultureinfo] $Culture, [scriptblock] $Script)
            $thread = [System.Threading.Thread]::CurrentThread
            $before = $thread.CurrentCulture
            try {
                $thread.CurrentCulture = $Culture
                & $Script
            }
            finally { $thread.CurrentCulture = $before }
        }
    }

    Context 'under <_>' -ForEach 'en-US', 'de-DE' {
        BeforeAll {
            $culture = [cultureinfo] $_
            $script:file = Join-Path $TestDrive "$culture.xlsx"
            $script:output = Invoke-In $culture {
                & (Join-Path $root 'examples/08-ExportExcel.ps1') (Join-Path $data 'smtx') (Join-Path $data 'zbs') -SysRoot $tree, (Join-Path $root 'examples/hosts/hv-07') -Path $file
            }
        }

        It 'says what it wrote' {
            $output[0] | Should -Be "Written: $file"
            $output | Should -Contain '  Layer: 5 rows'
        }

        It 'keeps every value of level <Level> as the comparison has it' -ForEach @{ Level = 'Layer' }, @{ Level = 'Stage' } {
            $expected = @(Compare-LatencyEnvironment $smtx $zbs -Level $Level)
            $actual = @(Invoke-In $culture { Import-Excel $file -WorksheetName $Level })
            $actual.Count | Should -Be $expected.Count
            foreach ($property in $expected[0].PSObject.Properties.Name) {
                for ($i = 0; $i -lt $expected.Count; $i++) {
                    $value, $read = $expected[$i].$property, $actual[$i].$property
                    if ([string]::IsNullOrEmpty($value)) { $read | Should -BeNullOrEmpty -Because "$property of row $i" }
                    elseif ($value -is [string]) { $read | Should -BeExactly $value -Because "$property of row $i" }
                    else {
                        $read | Should -BeOfType double -Because "$property of row $i"
                        # A file holds 15 to 17 digits.
                        [math]::Abs($read - $value) | Should -BeLessOrEqual (1e-14 * [math]::Max(1, [math]::Abs($value))) -Because "$property of row $i"
                    }
                }
            }
        }

        It 'keeps means worked out by hand' {
            $rows = Import-Excel $file -WorksheetName Layer
            # Forwarding B + D + I + K of smtx, host to host of zbs.
            [math]::Round($rows[1].ReferenceUs, 9) | Should -Be 43.9
            [math]::Round($rows[2].DifferenceUs, 9) | Should -Be 144
        }

        It 'keeps a kernel, CPU lists and parameters as text' {
            $hosts = Invoke-In $culture { Import-Excel $file -WorksheetName CState }
            $hosts[0].KernelRelease | Should -BeOfType string
            $hosts[0].KernelRelease | Should -BeExactly '5.10'
            $hosts[0].OnlineCpu | Should -BeExactly '0-3'
            $hosts[0].OfflineCpu | Should -BeNullOrEmpty
            $hosts[0].BootParameter | Should -BeExactly 'intel_idle.max_cstate=3 nohz_full=2-3'
        }

        It 'has a table on every sheet, bars, a colour and a chart' {
            $package = Open-ExcelPackage $file
            try {
                $sheets = $package.Workbook.Worksheets
                @($sheets).Name | Should -Be 'Layer', 'Stage', 'Breakdown', 'Finding', 'CState', 'CStateOfCpu'
                foreach ($sheet in $sheets) { @($sheet.Tables).Count | Should -Be 1 -Because $sheet.Name }
                @($sheets['Layer'].ConditionalFormatting | ForEach-Object { "$($_.Type) $($_.Address)" }) | Should -Be 'DataBar H2:H6', 'Equal Q2:Q6'
                @($sheets['Layer'].Drawings).Count | Should -Be 1
                $sheets['Layer'].Column(8).Width | Should -BeGreaterThan 12
                $sheets['Layer'].Cells['H2'].Style.Numberformat.Format | Should -Be '0.0'
            }
            finally { Close-ExcelPackage $package -NoSave }
        }
    }

    It 'keeps a name that looks like a formula as text' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'formula')
        Copy-Item $data/zbs/*.log $folder
        Set-Content $folder/environment.json '{ "Name": "=HYPERLINK(\"http://x\")", "Logs": { "SenderVm": "sfsvm-send.log", "ReceiverVm": "sfsvm-recv.log", "SenderHost": "zbshost-sender.log", "ReceiverHost": "zbshost-receiver.log" } }'
        $file = Join-Path $TestDrive 'formula.xlsx'
        & (Join-Path $root 'examples/08-ExportExcel.ps1') -Difference $folder -Path $file
        $package = Open-ExcelPackage $file
        try {
            $cell = $package.Workbook.Worksheets['Layer'].Cells['E2']
            $cell.Formula | Should -BeNullOrEmpty
            $cell.Value | Should -BeExactly '=HYPERLINK("http://x")'
            foreach ($sheet in $package.Workbook.Worksheets) { @($sheet.Cells | Where-Object Formula) | Should -BeNullOrEmpty -Because $sheet.Name }
        }
        finally { Close-ExcelPackage $package -NoSave }
    }

    It 'replaces what an earlier run wrote' {
        $file = Join-Path $TestDrive 'again.xlsx'
        & (Join-Path $root 'examples/08-ExportExcel.ps1') -Path $file
        & (Join-Path $root 'examples/08-ExportExcel.ps1') -Path $file
        @(Import-Excel $file -WorksheetName Layer).Count | Should -Be 5
    }
}
