using System.Globalization;
using System.Xml.Linq;
using VirtLatency.Report;
using VirtLatency.Reporting.Workbook;

namespace VirtLatency.Tests.Reporting.Workbook;

/// <summary>Charts draw the report's numbers from cells that hold them.</summary>
public sealed class WorkbookChartTests
{
    private static readonly XNamespace C = WrittenWorkbook.Chart;
    private static readonly XNamespace A = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private static readonly Lazy<WrittenWorkbook> LazyBook = new(() => WrittenWorkbook.Of(Reports.Reference));

    private static WrittenWorkbook Book => LazyBook.Value;

    [Fact]
    public void Every_reference_leads_to_the_values_that_the_chart_keeps()
    {
        foreach (WrittenWorkbook book in new[] { Book, WrittenWorkbook.Of(Reports.Chinese), WrittenWorkbook.Of(OddReports.BelowZero()) })
        {
            XElement[] references = [.. book.Charts.SelectMany(chart => chart.Descendants().Where(element => element.Name == C + "strRef" || element.Name == C + "numRef"))];

            Assert.NotEmpty(references);
            Assert.All(references, reference => Assert.Equal(book.ValuesAt(reference.Element(C + "f")!.Value).Select(TextOf), CacheOf(reference)));
        }
    }

    [Fact]
    public void Layers_are_stacked_per_environment()
    {
        XElement chart = Chart("Layers", 0);
        ReportChart model = Reports.Reference.Chart("LayerStack")!;

        Assert.Equal("stacked", chart.Descendants(C + "grouping").Single().Attribute("val")!.Value);
        Assert.Equal("col", chart.Descendants(C + "barDir").Single().Attribute("val")!.Value);
        Assert.Equal(model.Items.Select(item => item.Label), Series(chart).Select(series => Book.ValuesAt(AtOf(series, "tx")).Single()));
        Assert.All(Series(chart), series => Assert.Equal(["smtx", "zbs"], Book.ValuesAt(AtOf(series, "cat"))));
        Assert.Equal(model.Items.Select(item => item.Values.Cast<object?>()), Series(chart).Select(series => Book.ValuesAt(AtOf(series, "val"))));
        Assert.Equal(600.720, Series(chart).Sum(series => (double)Book.ValuesAt(AtOf(series, "val"))[1]!), 2);
    }

    /// <summary>From 226.791 by five layers to 600.720: each step begins where the one before ended.</summary>
    [Fact]
    public void The_waterfall_stands_on_a_base_that_is_not_drawn()
    {
        XElement chart = Chart("Layers", 1);
        double[][] columns = Columns(Book, chart);
        double[] delta = [.. Reports.Reference.Chart("DeltaWaterfall")!.Items.Skip(1).SkipLast(1).Select(item => item.Values[0]!.Value)];

        Assert.NotNull(Series(chart)[0].Element(C + "spPr")!.Element(A + "noFill"));
        Assert.Equal(226.791, columns[0].Sum(), 2);
        Assert.Equal(600.720, columns[^1].Sum(), 2);
        for (int i = 0; i < delta.Length; i++)
        {
            double start = 226.791 + delta.Take(i).Sum();
            Assert.Equal(Math.Min(start, start + delta[i]), columns[i + 1][0], 2);
            Assert.Equal(Math.Abs(delta[i]), columns[i + 1].Skip(1).Sum(), 6);
        }

        Assert.Equal(["0", "4", "5", "6"], chart.Descendants(C + "legendEntry").Select(entry => entry.Element(C + "idx")!.Attribute("val")!.Value));
    }

    /// <summary>Worked by hand: 100, then -130 to -30, -20 to -50, +30 to -20, +60 to 40, and 40.</summary>
    [Fact]
    public void A_waterfall_goes_below_0_and_comes_back()
    {
        WrittenWorkbook book = WrittenWorkbook.Of(OddReports.BelowZero());
        double[][] columns = Columns(book, book.ChartsOn("Layers").ElementAt(1).Root!);

        // Base; above 0: whole, rise, fall; below 0: whole, rise, fall.
        Assert.Equal([0, 100, 0, 0, 0, 0, 0], columns[0]);
        Assert.Equal([0, 0, 0, 100, 0, 0, -30], columns[1]);
        Assert.Equal([-30, 0, 0, 0, 0, 0, -20], columns[2]);
        Assert.Equal([-20, 0, 0, 0, 0, -30, 0], columns[3]);
        Assert.Equal([0, 0, 40, 0, 0, -20, 0], columns[4]);
        Assert.Equal([0, 40, 0, 0, 0, 0, 0], columns[5]);
    }

    [Theory]
    [InlineData(0, 5, null, 5.0, null)]
    [InlineData(5, 3, 3.0, 2.0, null)]
    [InlineData(3, -2, null, 3.0, -2.0)]
    [InlineData(-2, -6, -2.0, null, -4.0)]
    [InlineData(-6, 0, null, null, -6.0)]
    [InlineData(4, 4, 4.0, null, null)]
    [InlineData(0, 0, null, null, null)]
    public void A_step_has_a_base_and_pieces_on_both_sides_of_0(double from, double to, double? start, double? above, double? below) =>
        Assert.Equal(new WaterfallStep(start, above, below), WaterfallStep.Between(from, to));

    [Fact]
    public void Stages_lie_beside_each_other_and_a_missing_value_is_not_0()
    {
        XElement chart = Chart("Stages", 0);
        ReportChart model = Reports.Reference.Chart("Stages")!;

        Assert.Equal("clustered", chart.Descendants(C + "grouping").Single().Attribute("val")!.Value);
        Assert.Equal(["smtx", "zbs"], Series(chart).Select(series => Book.ValuesAt(AtOf(series, "tx")).Single()));
        Assert.Equal(model.Items.Select(item => item.Values[1]).Cast<object?>(), Book.ValuesAt(AtOf(Series(chart)[1], "val")));

        ReportChart holed = model with { Items = [.. model.Items.Select((item, index) => index == 0 ? item with { Values = [null, 5] } : item)] };
        WrittenWorkbook book = WrittenWorkbook.Of(Reports.Reference with { Charts = [holed] });
        XElement first = Series(book.ChartsOn("Stages").Single().Root!)[0];
        Assert.Null(book.ValuesAt(AtOf(first, "val"))[0]);
        Assert.DoesNotContain(first.Element(C + "val")!.Descendants(C + "pt"), point => point.Attribute("idx")!.Value == "0");
    }

    [Fact]
    public void The_change_has_a_chart_with_each_environment_in_its_own_colour()
    {
        string[] Colours(XElement chart) => [.. Series(chart).Select(series => series.Element(C + "spPr")!.Descendants(A + "srgbClr").First().Attribute("val")!.Value)];
        XElement stages = Chart("Stages", 0);
        XElement fix = Chart("FixEffect", 0);

        Assert.Equal(["zbs", "zbs-c6off", "smtx"], Series(fix).Select(series => Book.ValuesAt(AtOf(series, "tx")).Single()));
        Assert.Equal(Colours(stages)[0], Colours(fix)[2]);
        Assert.Equal(Colours(stages)[1], Colours(fix)[0]);
        Assert.Equal(3, Colours(fix).Distinct().Count());
    }

    [Fact]
    public void Charts_have_titles_a_unit_and_words_for_those_who_do_not_see_them()
    {
        Assert.Equal(5, Book.Charts.Count());
        Assert.All(Book.Charts, chart => Assert.NotEmpty(chart.Root!.Element(C + "chart")!.Element(C + "title")!.Value));
        Assert.All(Book.Charts, chart => Assert.Equal("Latency (us)", chart.Descendants(C + "valAx").Single().Element(C + "title")!.Value));
        Assert.Equal(
            [Reports.Reference.Chart("LayerStack")!.AltText, Reports.Reference.Chart("DeltaWaterfall")!.AltText],
            Book.Drawing("Layers").Descendants().Where(element => element.Name.LocalName == "cNvPr").Select(element => element.Attribute("descr")!.Value));
    }

    private static XElement Chart(string sheet, int index) => Book.ChartsOn(sheet).ElementAt(index).Root!;

    private static XElement[] Series(XElement chart) => [.. chart.Descendants(C + "ser")];

    private static string AtOf(XElement series, string part) => series.Element(C + part)!.Descendants(C + "f").Single().Value;

    /// <summary>Per category the pieces that are stacked in it, 0 for none.</summary>
    private static double[][] Columns(WrittenWorkbook book, XElement chart)
    {
        double[][] series = [.. Series(chart).Select(item => book.ValuesAt(AtOf(item, "val")).Select(value => (double?)value ?? 0).ToArray())];
        return [.. Enumerable.Range(0, series[0].Length).Select(index => series.Select(values => values[index]).ToArray())];
    }

    private static string?[] CacheOf(XElement reference)
    {
        XElement cache = reference.Elements().Last();
        var values = new string?[int.Parse(cache.Element(C + "ptCount")!.Attribute("val")!.Value, CultureInfo.InvariantCulture)];
        foreach (XElement point in cache.Elements(C + "pt"))
        {
            values[int.Parse(point.Attribute("idx")!.Value, CultureInfo.InvariantCulture)] = point.Element(C + "v")!.Value;
        }

        return values;
    }

    private static string? TextOf(object? value) => value is double number ? number.ToString("R", CultureInfo.InvariantCulture) : (string?)value;
}
