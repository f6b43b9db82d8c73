using System.Globalization;
using System.Xml.Linq;
using VirtLatency.Analysis;
using VirtLatency.Model;
using VirtLatency.Report;
using VirtLatency.Tests.Analysis;

namespace VirtLatency.Tests.Reporting.Workbook;

/// <summary>What a reader finds in the workbook is what the report holds.</summary>
public sealed class WorkbookWriterTests
{
    private static readonly Lazy<WrittenWorkbook> LazyBook = new(() => WrittenWorkbook.Of(Reports.Reference));

    private static WrittenWorkbook Book => LazyBook.Value;

    [Fact]
    public void There_is_a_sheet_per_level_with_the_answer_first()
    {
        Assert.Equal(
            ["Summary", "Findings", "Layers", "Spans", "Containers", "Segments", "Stages", "Spread", "Closure", "FixEffect", "C-states", "Packets", "Joins", "Logs", "Path", "Method", "Chart data"],
            Book.Sheets.Select(sheet => sheet.Name));
        Assert.Equal("Latency report: zbs against smtx", Book.Value("Summary", "A1"));
        Assert.Equal($"1. {Reports.Reference.Answer[0]}", Book.Value("Summary", "A5"));
        Assert.Equal($"3. {Reports.Reference.Answer[2]}", Book.Value("Summary", "A7"));
        Assert.Equal(Enumerable.Repeat("Summary", 1).Concat(Book.Sheet("Summary").Descendants(WrittenWorkbook.Main + "hyperlink").Select(link => link.Attribute("display")!.Value)), Book.Sheets.Select(sheet => sheet.Name));
    }

    [Fact]
    public void Sheets_have_their_names_in_the_language_of_the_report()
    {
        WrittenWorkbook book = WrittenWorkbook.Of(Reports.Chinese);

        Assert.Equal("\u6458\u8981", book.Sheets[0].Name);
        Assert.Contains("\u5c42\u6b21\u5f52\u56e0", book.Sheets.Select(sheet => sheet.Name));
        Assert.Equal(Reports.Chinese.Title, book.Value("\u6458\u8981", "A1"));
        Assert.Equal(Reports.Chinese.Layers.Number("RoundTrip", "Difference").Value, book.Rows("\u5c42\u6b21\u5f52\u56e0").Last()["zbs (us)"].Element(WrittenWorkbook.Main + "v")!.Value is { } v ? double.Parse(v, CultureInfo.InvariantCulture) : 0);
    }

    /// <summary>Only what the report asks for: no change, no idle states, no joined packets.</summary>
    [Fact]
    public void What_a_report_does_not_have_has_no_sheet()
    {
        WrittenWorkbook book = WrittenWorkbook.Of(Reports.Of(new MadeEnvironment("a").RoundTrips(null, 100, 110).Build(), new MadeEnvironment("b").RoundTrips(null, 100, 120).Build()));

        Assert.Equal([], book.Sheets.Select(sheet => sheet.Name).Intersect(["FixEffect", "C-states", "Packets", "Joins"]));
        Assert.Equal(["Summary", "Findings", "Layers"], book.Sheets.Select(sheet => sheet.Name).Take(3));
    }

    [Theory]
    [InlineData("Layers", BreakdownLevel.Layer)]
    [InlineData("Spans", BreakdownLevel.Span)]
    [InlineData("Containers", BreakdownLevel.Container)]
    [InlineData("Segments", BreakdownLevel.Segment)]
    [InlineData("Stages", BreakdownLevel.Stage)]
    public void Cells_hold_the_comparison_at_full_precision(string sheet, BreakdownLevel level)
    {
        LatencyDifference[] rows = [.. Comparison.Of(TestEnvironments.Example("smtx"), TestEnvironments.Example("zbs"), level)];
        Dictionary<string, XElement>[] written = [.. Book.Rows(sheet)];

        Assert.True(written.Length >= rows.Length && rows.Length > 0);
        for (int i = 0; i < rows.Length; i++)
        {
            LatencyDifference row = rows[i];
            Assert.Equal(row.Segment, Book.ValueOf(written[i]["Part"]));
            AssertCell(row.ReferenceUs, written[i]["smtx (us)"]);
            AssertCell(row.ReferenceUs is null ? null : row.ReferenceCount, written[i]["smtx n"]);
            AssertCell(row.DifferenceUs, written[i]["zbs (us)"]);
            AssertCell(row.DeltaUs, written[i]["Difference (us)"]);
            AssertCell(row.DeltaLowUs, written[i]["Difference low (us)"]);
            AssertCell(row.DeltaHighUs, written[i]["Difference high (us)"]);
            AssertCell(row.Ratio, written[i]["Ratio"]);
            if (level != BreakdownLevel.Stage)
            {
                AssertCell(row.SharePercent, written[i]["Share of the difference (%)"]);
            }
            else
            {
                Assert.DoesNotContain("Share of the difference (%)", written[i].Keys);
            }
        }
    }

    /// <summary>Figures that another program worked out from the investigation's raw numbers.</summary>
    [Theory]
    [MemberData(nameof(ReferenceFigures.Means), MemberType = typeof(ReferenceFigures))]
    public void Means_are_those_of_the_reference_investigation(string environment, string level, string part, double? expected)
    {
        Dictionary<string, XElement> row = Book.Rows(level + "s").First(cells => NameOf(level, cells) == part);
        XElement cell = row[$"{environment} (us)"];

        if (expected is null)
        {
            Assert.Equal("\"\u2264 \"0.0", Book.FormatOf(cell));
            Assert.NotNull(Book.FontOf(cell).Element(WrittenWorkbook.Main + "i"));
            return;
        }

        Assert.InRange(Assert.IsType<double>(Book.ValueOf(cell)), expected.Value - 0.001, expected.Value + 0.001);
        Assert.Equal("0.0", Book.FormatOf(cell));
    }

    [Fact]
    public void Signs_and_units_are_in_the_format_and_the_header_not_in_the_number()
    {
        Dictionary<string, XElement> layer = Book.Rows("Layers").First();

        Assert.Equal("+0.0;-0.0;0.0", Book.FormatOf(layer["Difference (us)"]));
        Assert.Equal("0.00\"x\"", Book.FormatOf(layer["Ratio"]));
        Assert.Equal("0", Book.FormatOf(layer["smtx n"]));
        Assert.Equal("0.0", Book.FormatOf(layer["Share of the difference (%)"]));
        Assert.NotNull(Book.FontOf(layer["smtx (us)"]).Element(WrittenWorkbook.Main + "i"));
        Assert.Null(Book.FontOf(Book.Rows("Segments").First()["smtx (us)"]).Element(WrittenWorkbook.Main + "i"));
    }

    [Fact]
    public void What_was_not_measured_is_an_empty_cell()
    {
        Dictionary<string, XElement> bound = Book.Rows("Segments").Single(row => Equals(Book.ValueOf(row["Part"]), "I_1"));

        Assert.Null(Book.ValueOf(bound["Difference (us)"]));
        Assert.Null(Book.ValueOf(bound["smtx low (us)"]));
        Assert.Null(bound["Difference (us)"].Element(WrittenWorkbook.Main + "f"));
    }

    [Fact]
    public void There_is_no_formula_anywhere() => Assert.Equal([], Book.Sheets.SelectMany(sheet => Book.Sheet(sheet.Name).Descendants(WrittenWorkbook.Main + "f")));

    [Fact]
    public void Tables_cover_their_rows_and_name_their_headers()
    {
        string[] tables = [.. Book.Sheets.Select(sheet => sheet.Name).Except(["Method", "Chart data"])];

        Assert.All(tables, sheet =>
        {
            XElement table = Book.Table(sheet);
            string area = table.Attribute("ref")!.Value;
            (int top, _) = WrittenWorkbook.RowsOf(area);
            object?[] headers = [.. Book.Sheet(sheet).Descendants(WrittenWorkbook.Main + "row").Single(row => row.Attribute("r")!.Value == top.ToString(CultureInfo.InvariantCulture)).Elements().Select(Book.ValueOf)];
            Assert.Equal(table.Descendants(WrittenWorkbook.Main + "tableColumn").Select(column => column.Attribute("name")!.Value), headers);
            Assert.Equal(area, table.Element(WrittenWorkbook.Main + "autoFilter")!.Attribute("ref")!.Value);
        });
        Assert.Equal(tables.Length, tables.Select(sheet => Book.Table(sheet).Attribute("displayName")!.Value).Distinct().Count());
        Assert.Equal(Reports.Reference.Segments.Rows.Count, Book.Rows("Segments").Count());
        Assert.Equal(Reports.Reference.Findings.Count, Book.Rows("Findings").Count());
        Assert.Equal(Reports.Reference.SlowPackets!.Rows.Count, Book.Rows("Packets").Count());
    }

    [Fact]
    public void Header_and_first_column_stay_in_sight_and_pages_are_as_wide_as_the_sheet()
    {
        XDocument sheet = Book.Sheet("Segments");
        XElement pane = sheet.Descendants(WrittenWorkbook.Main + "pane").Single();
        XElement page = sheet.Descendants(WrittenWorkbook.Main + "pageSetup").Single();

        Assert.Equal(("frozen", "4", "1", "B5"), (pane.Attribute("state")!.Value, pane.Attribute("ySplit")!.Value, pane.Attribute("xSplit")!.Value, pane.Attribute("topLeftCell")!.Value));
        Assert.Equal(("landscape", "1", "0"), (page.Attribute("orientation")!.Value, page.Attribute("fitToWidth")!.Value, page.Attribute("fitToHeight")!.Value));
        Assert.Contains(Book.Book.Descendants(WrittenWorkbook.Main + "definedName"), name => name.Value == "'Segments'!$4:$4");
    }

    /// <summary>Deltas of layers: the first is not told from 0, the largest is VirtReceiver's, 163.6, and the total has the colour of the end. No effect of the change is shown.</summary>
    [Fact]
    public void Colours_of_differences_are_white_at_0_and_alike_on_both_sides()
    {
        XElement[] limits = [.. Book.Sheet("Layers").Descendants(WrittenWorkbook.Main + "cfvo")];
        double most = Reports.Reference.Layers.Number("VirtReceiver", "Delta").Value;

        Assert.Equal([-most, 0, most], limits.Select(limit => double.Parse(limit.Attribute("val")!.Value, CultureInfo.InvariantCulture)));
        Assert.Equal(["K6", "K7", "K8", "K9", "K10"], Areas("Layers"));
        Assert.Equal([], Areas("FixEffect"));
        Assert.Equal("FFFFFFFF", Book.Sheet("Layers").Descendants(WrittenWorkbook.Main + "color").ElementAt(1).Attribute("rgb")!.Value);
    }

    [Fact]
    public void Properties_name_the_report_and_its_maker()
    {
        Dictionary<string, string> properties = Book.Core.Root!.Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);

        Assert.Equal("Latency report: zbs against smtx", properties["title"]);
        Assert.Equal("VirtLatency", properties["creator"]);
        Assert.Equal("2026-01-15T08:30:00Z", properties["created"]);
    }

    [Fact]
    public void One_report_gives_the_same_bytes()
    {
        Assert.Equal(Book.Bytes, WrittenWorkbook.Of(Reports.Reference).Bytes);
        Assert.Equal("[Content_Types].xml", Book.Entries[0].Name);
        Assert.All(Book.Entries, entry => Assert.Equal(new DateTime(2026, 1, 15, 8, 30, 0), entry.Time));
    }

    [Fact]
    public void Numbers_are_written_with_a_point_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

            Assert.Equal(Book.Bytes, WrittenWorkbook.Of(Reports.Reference).Bytes);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string[] Areas(string sheet) => [.. Book.Sheet(sheet).Descendants(WrittenWorkbook.Main + "conditionalFormatting").SelectMany(scale => scale.Attribute("sqref")!.Value.Split(' '))];

    private static string NameOf(string level, Dictionary<string, XElement> cells) => level == "Stage"
        ? $"{Book.ValueOf(cells["Part"])} {((string)Book.ValueOf(cells["Stage"])!).Split(':')[0]}"
        : (string)Book.ValueOf(cells["Part"])!;

    private static void AssertCell(double? expected, XElement cell)
    {
        Assert.Null(cell.Attribute("t"));
        Assert.Equal(expected, Book.ValueOf(cell));
    }
}
