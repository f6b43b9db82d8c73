using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using VirtLatency.Report;
using VirtLatency.Tests.Analysis;

namespace VirtLatency.Tests.Reporting.Workbook;

/// <summary>The format's own rules hold, so that programs open the file without a word about repair.</summary>
public sealed class WorkbookValidityTests
{
    public static TheoryData<string> Cases => ["en", "zh-CN", "nearly empty", "empty tables", "below zero", "injection", "long"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_schema_finds_no_error(string name)
    {
        using var stream = new MemoryStream(WrittenWorkbook.Of(ReportOf(name)).Bytes);
        using SpreadsheetDocument document = SpreadsheetDocument.Open(stream, isEditable: false);

        Assert.All(
            new[] { FileFormatVersions.Office2010, FileFormatVersions.Microsoft365 },
            version => Assert.Equal([], new OpenXmlValidator(version).Validate(document).Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}")));
    }

    /// <summary>Rules that the schema does not know, but Excel does.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Excels_own_rules_hold(string name)
    {
        WrittenWorkbook book = WrittenWorkbook.Of(ReportOf(name));
        string[] names = [.. book.Sheets.Select(sheet => sheet.Name)];

        Assert.All(names, sheet => Assert.InRange(sheet.Length, 1, 31));
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        foreach (string sheet in names.Where(sheet => book.Sheet(sheet).Descendants(WrittenWorkbook.Main + "tablePart").Any()))
        {
            string[] columns = [.. book.Table(sheet).Descendants(WrittenWorkbook.Main + "tableColumn").Select(column => column.Attribute("name")!.Value)];
            (int top, int bottom) = WrittenWorkbook.RowsOf(book.Table(sheet).Attribute("ref")!.Value);
            Assert.Equal(columns.Length, columns.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(columns, column => Assert.InRange(column.Length, 1, 255));
            Assert.True(bottom > top, "a table needs a row below its header");
        }

        Assert.All(
            names.SelectMany(sheet => book.Sheet(sheet).Descendants(WrittenWorkbook.Main + "c")).Select(book.ValueOf).OfType<string>(),
            text => Assert.InRange(text.Length, 1, 32_767));
    }

    private static LatencyReport ReportOf(string name) => name switch
    {
        "en" => Reports.Reference,
        "zh-CN" => Reports.Chinese,
        "nearly empty" => Reports.Of(new MadeEnvironment("a").RoundTrips(null, 100).Build(), new MadeEnvironment("b").RoundTrips(null, 100).Build()),
        "empty tables" => OddReports.WithoutRows(),
        "below zero" => OddReports.BelowZero(),
        "injection" => OddReports.Injected(),
        "long" => OddReports.TooLong(),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
