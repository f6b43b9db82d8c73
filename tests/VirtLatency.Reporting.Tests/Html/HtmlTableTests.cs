using System.Xml.Linq;
using VirtLatency.Report;

namespace VirtLatency.Tests.Reporting.Html;

/// <summary>Tables of the page show the model's numbers with what they rest on.</summary>
public sealed class HtmlTableTests
{
    private static HtmlPage Page => HtmlPage.Reference;

    [Fact]
    public void Every_number_of_the_model_stands_in_its_cell_with_interval_and_count()
    {
        int seen = 0;
        foreach (ReportTable table in Reports.Reference.Tables)
        {
            foreach ((ReportRow row, ReportColumn column, NumberCell number) in NumbersOf(table))
            {
                XElement cell = Page.Cell(table.Id, row.Id, column.Id)!;
                string?[] expected = [NumberText.Of(number), NumberText.Interval(number), column.HasCount && number.Count is { } count ? $"n {count}" : null];

                Assert.Equal(expected.OfType<string>(), cell.Elements("span").Select(span => span.Value));
                seen++;
            }
        }

        Assert.True(seen > 300, $"only {seen} numbers");
    }

    /// <summary>The investigation's own figures: 22.0 to 98.4 us, sixteen packets each.</summary>
    [Fact]
    public void The_wake_up_of_the_receivers_worker_is_as_the_investigation_has_it()
    {
        Assert.Equal("22.0", Value("Stages", "E S1->S2", "Reference"));
        Assert.Equal("98.4", Value("Stages", "E S1->S2", "Difference"));
        Assert.Equal("+76.4", Value("Stages", "E S1->S2", "Delta"));
        Assert.Equal("n 16", Page.Cell("Stages", "E S1->S2", "Difference")!.Elements("span").Last().Value);
        Assert.True(HtmlPage.Has(Page.Cell("Stages", "E S1->S2", "Delta")!.Elements("span").First(), "told"));
        Assert.False(HtmlPage.Has(Page.Cell("Segments", "A", "Delta")!.Elements("span").First(), "told"));
    }

    [Fact]
    public void What_was_not_measured_is_a_dash_that_says_so_and_never_0()
    {
        XElement missing = Assert.Single(Page.Cell("Containers", "PingRtt", "Reference")!.Elements());

        Assert.Equal("\u2014", missing.Value);
        Assert.Equal("not measured, or not computed", (string?)missing.Attribute("aria-label"));
        Assert.Equal(
            Reports.Reference.Containers.Rows.Sum(row => row.Cells.Count(cell => cell is MissingCell)),
            Page.ById("Table-Containers").Descendants("span").Count(span => HtmlPage.Has(span, "missing") && (string?)span.Parent!.Attribute("class") == "number"));
    }

    [Fact]
    public void Bounds_and_computed_values_look_it()
    {
        XElement bound = Page.Cell("Segments", "I_1", "Difference")!.Elements("span").First();
        XElement derived = Page.Cell("Segments", "C+J", "Difference")!.Elements("span").First();
        XElement measured = Page.Cell("Segments", "E", "Difference")!.Elements("span").First();

        Assert.Equal("\u2264 98.1", bound.Value);
        Assert.True(HtmlPage.Has(bound, "bound"));
        Assert.True(HtmlPage.Has(derived, "derived"));
        Assert.Equal("val", (string?)measured.Attribute("class"));
    }

    [Fact]
    public void A_rows_long_notes_stand_below_the_table_and_are_linked()
    {
        ReportTable table = Reports.Reference.Segments;
        XElement link = Page.Cell("Segments", "I_1", "Segment")!.Descendants("a").Single();

        Assert.Equal(table.Text("I_1", "Note"), Page.ById(((string?)link.Attribute("href"))![1..]).Value);
    }

    [Fact]
    public void Every_table_has_a_caption_and_headings_with_a_scope()
    {
        Assert.Equal(Reports.Reference.Tables.Select(table => "Table-" + table.Id).Order(StringComparer.Ordinal), Page.All("table").Select(table => (string?)table.Attribute("id")).Order(StringComparer.Ordinal));
        Assert.All(Page.All("table"), table =>
        {
            Assert.NotEmpty(table.Element("caption")!.Value);
            Assert.All(table.Element("thead")!.Descendants("th"), heading => Assert.Equal("col", (string?)heading.Attribute("scope")));
            Assert.All(table.Element("tbody")!.Elements("tr"), row => Assert.Equal("row", (string?)row.Elements().First().Attribute("scope")));
            Assert.Equal("0", (string?)table.Parent!.Attribute("tabindex"));
        });
    }

    private static IEnumerable<(ReportRow Row, ReportColumn Column, NumberCell Number)> NumbersOf(ReportTable table) =>
        from row in table.Rows
        from index in Enumerable.Range(0, table.Columns.Count)
        where row.Cells[index] is NumberCell
        select (row, table.Columns[index], (NumberCell)row.Cells[index]);

    private static string Value(string table, string row, string column) => Page.Cell(table, row, column)!.Elements("span").First().Value;
}
