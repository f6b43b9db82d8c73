<#
.SYNOPSIS
The numbers of a comparison as a workbook of your own, made by the module ImportExcel out of the rows as they are.
.DESCRIPTION
Export-LatencyReport writes a finished workbook with nothing else installed. This script is for a workbook of your own
design: it needs pwsh and the module ImportExcel, and says so where one is missing. Every sheet is a table; widths and number
formats follow from the columns' names, since -AutoSize does nothing on Linux. -NoNumberConversion * keeps text as text:
without it the kernel 5.10 becomes the number 5.1.
.EXAMPLE
./examples/08-ExportExcel.ps1 ./logs/here ./logs/there -SysRoot ./captured/hv-1, ./captured/hv-2 -Path ./findings.xlsx
#>
[CmdletBinding()]
param(
    [string] $Reference = (Join-Path $PSScriptRoot 'data/smtx'),
    [string] $Difference = (Join-Path $PSScriptRoot 'data/zbs'),
    [string[]] $SysRoot = @((Join-Path $PSScriptRoot 'hosts/hv-07'), (Join-Path $PSScriptRoot 'hosts/hv-08')),
    [string] $Path = (Join-Path $PSScriptRoot '../out/report/by-importexcel.xlsx')
)

$ErrorActionPreference = 'Stop'
# The engine alone, as in this project's own shell, lacks what ImportExcel itself is written with.
if (-not (Get-Module -ListAvailable Microsoft.PowerShell.Utility) -or -not (Get-Module -ListAvailable ImportExcel)) {
    throw 'This example needs pwsh with the module ImportExcel, and one of them is missing here. In pwsh (https://github.com/PowerShell/PowerShell): ' +
    'Install-PSResource ImportExcel -Repository PSGallery. Without them, Export-LatencyReport ./report.xlsx writes a workbook with nothing installed.'
}

# Its only warning, on Linux, is that it cannot size columns: the widths are set below.
Import-Module ImportExcel 3>$null

function Format-Sheet {
    param($Package, [string] $Name)
    $sheet = $Package.Workbook.Worksheets[$Name]
    foreach ($column in 1..$sheet.Dimension.Columns) {
        $header = $sheet.Cells[1, $column].Text
        $format, $width = switch -Regex ($header) {
            'PValue$' { '0.0000', 10; break }
            '(Us|Percent)$' { '0.0', 13; break }
            '^Ratio' { '0.00', 10; break }
            'Count$' { '0', 10; break }
            '^(Note|Evidence|Caveat|NextStep|Finding|Confidence|States|BootParameter)$' { 'General', 60; break }
            default { 'General', 18 }
        }
        Set-ExcelColumn -Worksheet $sheet -Column $column -Width $width -NumberFormat $format
    }

    # Export-Excel takes text that begins with = for a formula; names and notes come from logs, so they become text again.
    foreach ($cell in @($sheet.Cells | Where-Object Formula)) {
        $text = "=$($cell.Formula)"
        $cell.Formula = ''
        $cell.Value = $text
    }
}

# The column of a property, as Excel names it: a range such as J2:J6.
function Get-ColumnRange {
    param($Package, [string] $Name, [string] $Property)
    $sheet = $Package.Workbook.Worksheets[$Name]
    $column = 1..$sheet.Dimension.Columns | Where-Object { $sheet.Cells[1, $_].Text -eq $Property }
    $sheet.Cells[2, $column, $sheet.Dimension.Rows, $column].Address
}

$one, $other = Import-LatencyEnvironment -LiteralPath $Reference, $Difference
$config = Get-CStateConfig -SysRoot $SysRoot
$sheets = [ordered]@{
    Layer       = Compare-LatencyEnvironment $one $other -Level Layer
    Stage       = Compare-LatencyEnvironment $one $other -Level Stage
    Breakdown   = $one, $other | Get-SegmentBreakdown
    Finding     = Get-LatencyFinding $one $other -CStateConfig $config
    CState      = $config
    CStateOfCpu = Get-CStateConfig -SysRoot $SysRoot -PerCpu
}

$file = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
$null = [System.IO.Directory]::CreateDirectory((Split-Path $file))
if (Test-Path -LiteralPath $file) { Remove-Item -LiteralPath $file }
foreach ($name in $sheets.Keys) {
    $sheets[$name] | Export-Excel $file -WorksheetName $name -TableName "${name}Table" -TableStyle Light9 -FreezeTopRow -NoNumberConversion *
}

$package = Open-ExcelPackage $file
foreach ($name in $sheets.Keys) { Format-Sheet -Package $package -Name $name }

# The differences as bars in their cells, and what is told to be longer in red.
foreach ($name in 'Layer', 'Stage') {
    $sheet = $package.Workbook.Worksheets[$name]
    Add-ConditionalFormatting -Worksheet $sheet -Address (Get-ColumnRange -Package $package -Name $name -Property DeltaUs) -DataBarColor ([System.Drawing.Color]::SteelBlue)
    Add-ConditionalFormatting -Worksheet $sheet -Address (Get-ColumnRange -Package $package -Name $name -Property Verdict) -RuleType Equal -ConditionValue '"Higher"' -ForegroundColor ([System.Drawing.Color]::Firebrick)
}

# One series: the library below ImportExcel writes the parts of a chart with several in an order that the format does not
# have. Its files carry no theme, so LibreOffice shows the columns without colour; Excel has colours of its own.
$chart = New-ExcelChartDefinition -Title 'Difference by layers' -ChartType ColumnClustered -YAxisTitleText us -NoLegend `
    -XRange (Get-ColumnRange -Package $package -Name Layer -Property Segment) -YRange (Get-ColumnRange -Package $package -Name Layer -Property DeltaUs) `
    -SeriesHeader "$($other.Name) - $($one.Name)" -Row ($package.Workbook.Worksheets['Layer'].Dimension.Rows + 2) -Column 0 -Width 700 -Height 360
Export-Excel -ExcelPackage $package -WorksheetName Layer -ExcelChartDefinition $chart

"Written: $file"
foreach ($name in $sheets.Keys) { "  ${name}: $(@($sheets[$name]).Count) rows" }
