using System.Globalization;
using System.Xml.Linq;
using VirtLatency.Model;
using VirtLatency.Report;
using VirtLatency.Tests.Findings;

namespace VirtLatency.Tests.Reporting.Html;

/// <summary>Pictures are to scale, and say in words what they show.</summary>
public sealed class HtmlChartTests
{
    /// <summary>Widths are written with three decimals of a percent.</summary>
    private const double Tolerance = 0.002;

    private static readonly string[] DrawnInside = ["B_1", "L", "E", "I_1"];

    private static HtmlPage Page => HtmlPage.Reference;

    /// <summary>zbs is the longer one: its round trip of 600.72 us is the whole width, so 144.00 us between the hosts are 23.97 % of it.</summary>
    [Fact]
    public void The_path_is_to_scale_and_both_environments_share_it()
    {
        ReportChart chart = Reports.Reference.Chart("Path")!;
        double whole = chart.Items.Where(item => item.Container is null).Sum(item => item.Values[1]!.Value);
        Dictionary<string, double> widths = Page.Bars("Path").ToDictionary(bar => bar.Element("title")!.Value, bar => HtmlPage.Percent(bar, "width"), StringComparer.Ordinal);

        Assert.Equal(600.72, whole, 0.2);
        Assert.Equal(chart.Items.Sum(item => item.Values.Count(value => value is not null)), widths.Count);
        Assert.All(chart.Items.SelectMany(item => Enumerable.Range(0, 2).Select(series => (item, series))), drawn =>
            Assert.Equal(100 * drawn.item.Values[drawn.series]!.Value / whole, widths[HintOf(drawn.item, drawn.series)], Tolerance));
        Assert.Equal(23.97, widths["C+J host to host (NIC, wire, interrupt) 144.0 us"], 0.01);
    }

    [Fact]
    public void A_piece_of_the_path_begins_where_the_one_before_ended_and_what_is_inside_begins_with_its_container()
    {
        ReportChart chart = Reports.Reference.Chart("Path")!;
        Dictionary<string, XElement> bars = Page.Bars("Path").ToDictionary(bar => bar.Element("title")!.Value, StringComparer.Ordinal);
        double at = 0;
        foreach (ReportChartItem item in chart.Items.Where(item => item.Container is null))
        {
            XElement bar = bars[HintOf(item, 1)];

            Assert.Equal(at, HtmlPage.Percent(bar, "x"), 10 * Tolerance);
            at += HtmlPage.Percent(bar, "width");
        }

        Assert.Equal(100, at, 10 * Tolerance);
        Assert.Equal(DrawnInside.Order(StringComparer.Ordinal), chart.Items.Where(item => item.Container is not null).Select(item => item.Id).Order(StringComparer.Ordinal));
        Assert.Equal(Place("VirtReceiver"), Place("E"), Tolerance);
        Assert.Equal(Place("VirtSender"), Place("B_1"), Tolerance);
        Assert.True(HtmlPage.Has(bars[HintOf(Item("I_1"), 1)], "bound"));
        Assert.True(HtmlPage.Has(bars[HintOf(Item("VirtSender"), 1)], "derived"));

        double Place(string id) => HtmlPage.Percent(bars[HintOf(Item(id), 1)], "x");
        ReportChartItem Item(string id) => chart.Items.Single(item => item.Id == id);
    }

    [Fact]
    public void Layers_are_stacked_to_scale()
    {
        ReportChart chart = Reports.Reference.Chart("LayerStack")!;
        double[] widths = [.. Page.Bars("LayerStack").Select(bar => HtmlPage.Percent(bar, "width"))];
        double[] values = [.. Enumerable.Range(0, 2).SelectMany(series => chart.Items.Select(item => item.Values[series]!.Value))];

        Assert.Equal(10, widths.Length);
        Assert.All(widths.Zip(values), pair => Assert.Equal(100 * pair.Second / values[5..].Sum(), pair.First, Tolerance));
    }

    /// <summary>A layer of -10 us: it lies left of 0 and looks like no other; the scale is 50 us long, so 40 us are 80 %.</summary>
    [Fact]
    public void A_layer_below_zero_goes_to_the_left_and_shortens_nothing()
    {
        var page = new HtmlPage(Reports.Reference with
        {
            Charts = [new ReportChart("LayerStack", ReportChartKind.Stacked, "t", ["one"], [new("VmInternal", "vm", [40]), new("VirtSender", "virt", [-10]), new("HostToHost", "net", [null])]) { AltText = "a" }],
        });
        XElement[] bars = [.. page.Bars("LayerStack")];

        Assert.Equal([(20, 80), (0, 20)], bars.Select(bar => ((int)HtmlPage.Percent(bar, "x"), (int)HtmlPage.Percent(bar, "width"))));
        Assert.True(HtmlPage.Has(bars[1], "negative"));
        Assert.Contains("net: \u2014 us", page.ById("Chart-LayerStack").Value, StringComparison.Ordinal);
    }

    /// <summary>100, then -20, +60, to 140: steps of 14.286 % and 42.857 % of 140.</summary>
    [Fact]
    public void Steps_of_a_waterfall_begin_where_the_one_before_ended()
    {
        var page = new HtmlPage(Reports.Reference with
        {
            Charts = [new ReportChart("DeltaWaterfall", ReportChartKind.Waterfall, "t", ["delta"], [new("Reference", "from", [100]) { IsTotal = true }, new("a", "a", [-20]), new("b", "b", [60]), new("Difference", "to", [140]) { IsTotal = true }]) { AltText = "a" }],
        });
        XElement[] bars = [.. page.Bars("DeltaWaterfall")];

        Assert.Equal([0, 57.143, 57.143, 0], bars.Select(bar => HtmlPage.Percent(bar, "x")));
        Assert.Equal([71.429, 14.286, 42.857, 100], bars.Select(bar => HtmlPage.Percent(bar, "width")));
        Assert.True(HtmlPage.Has(bars[1], "step-down"));
        Assert.True(HtmlPage.Has(bars[2], "step-up"));
    }

    [Theory]
    [InlineData("Stages", 2)]
    [InlineData("FixEffect", 3)]
    public void Grouped_bars_begin_at_0_and_are_to_scale(string id, int series)
    {
        ReportChart chart = Reports.Reference.Chart(id)!;
        double longest = chart.Items.SelectMany(item => item.Values).Max()!.Value;
        double[] expected = [.. chart.Items.SelectMany(item => item.Values).OfType<double>().Select(value => 78 * value / longest)];

        Assert.Equal(series, chart.Series.Count);
        Assert.All(Page.Bars(id), bar => Assert.Equal(0, HtmlPage.Percent(bar, "x")));
        Assert.All(expected.Zip(Page.Bars(id)), pair => Assert.Equal(pair.First, HtmlPage.Percent(pair.Second, "width"), Tolerance));
        Assert.Equal(expected.Length, Page.Bars(id).Count());
    }

    [Fact]
    public void Few_samples_are_all_drawn_in_their_order_and_many_as_a_box()
    {
        ReportDistributionGroup few = Reports.Reference.Distributions.Single(group => group.Id == "E");
        HtmlPage many = Joined(200);

        Assert.Equal(few.Distributions.Sum(of => of.Samples.Count), Page.ById("Chart-Distribution-E").Descendants("circle").Count(dot => HtmlPage.Has(dot, "dot")));
        Assert.DoesNotContain(many.ById("Chart-Distribution-E").Descendants("circle"), dot => HtmlPage.Has(dot, "dot"));
        Assert.Equal(2, many.ById("Chart-Distribution-E").Descendants("rect").Count(box => HtmlPage.Has(box, "box")));
        Assert.Contains("103 quantiles of 600 samples", many.ById("Chart-Distribution-E").Value, StringComparison.Ordinal);
    }

    /// <summary>Quartiles 20 and 60 of samples from 10 to 110 with a margin of 2 us on both sides: the box is 40 of 104 us, on 88 % of the width.</summary>
    [Fact]
    public void A_box_is_to_scale_and_a_long_tail_gets_a_logarithmic_scale()
    {
        HtmlPage linear = Distribution(110);
        HtmlPage logarithmic = Distribution(11_000);
        XElement box = linear.ById("Chart-Distribution-E").Descendants("rect").Single();

        Assert.Equal(88 * 40.0 / 104, HtmlPage.Percent(box, "width"), Tolerance);
        Assert.Equal(12 + (88 * 12.0 / 104), HtmlPage.Percent(box, "x"), Tolerance);
        Assert.DoesNotContain("logarithmic", linear.ById("Chart-Distribution-E").Value, StringComparison.Ordinal);
        Assert.Contains("logarithmic", logarithmic.ById("Chart-Distribution-E").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_picture_says_in_words_what_it_shows()
    {
        XElement[] pictures = [.. Page.All("svg").Where(svg => (string?)svg.Attribute("role") == "img")];

        Assert.Equal(Reports.Reference.Charts.Count + Reports.Reference.Distributions.Count, pictures.Length);
        Assert.All(Reports.Reference.Charts, chart => Assert.Equal(chart.AltText, Page.ById($"Chart-{chart.Id}-words").Value));
        Assert.All(pictures, picture => Assert.Equal(
            [picture.Element("title")!.Attribute("id")!.Value, picture.Element("desc")!.Attribute("id")!.Value],
            picture.Attribute("aria-labelledby")!.Value.Split(' ')));
        Assert.Contains("zbs: n 16, Min 99.0 us, Median 113.0 us, P95 \u2014, Max 120.0 us", Page.ById("Chart-Distribution-E-words").Value, StringComparison.Ordinal);
        Assert.All(Page.All("svg").Except(pictures).Where(svg => svg.Parent!.Name != "svg"), svg => Assert.Equal("true", (string?)svg.Attribute("aria-hidden")));
    }

    [Fact]
    public void No_place_of_any_picture_lies_outside_of_it()
    {
        foreach (XElement shape in Page.All("rect").Where(shape => shape.Attribute("width")!.Value.EndsWith('%')))
        {
            Assert.InRange(HtmlPage.Percent(shape, "x"), -Tolerance, 100);
            Assert.InRange(HtmlPage.Percent(shape, "x") + HtmlPage.Percent(shape, "width"), 0, 100 + Tolerance);
        }

        foreach (XElement picture in Page.All("svg").Where(svg => (string?)svg.Attribute("role") == "img"))
        {
            double height = double.Parse(picture.Attribute("height")!.Value, CultureInfo.InvariantCulture);
            Assert.All(picture.Descendants("text"), words => Assert.InRange(double.Parse(words.Attribute("y")!.Value, CultureInfo.InvariantCulture), 0, height));
        }
    }

    internal static HtmlPage Joined(int count) => new(Reports.Of(new PathEnvironment("alpha") { Runs = 3, Count = count }.Build(), new PathEnvironment("beta") { Runs = 3, Count = count, WakeupUs = 60, Seed = 2 }.Build()));

    private static HtmlPage Distribution(double largest)
    {
        ReportQuantile[] quantiles = [new(0, 10), new(0.25, 20), new(0.5, 30), new(0.75, 60), new(1, largest)];
        return new HtmlPage(Reports.Reference with
        {
            Distributions = [new("E", "e", [new ReportDistribution { Environment = "zbs", EnvironmentIndex = 1, Count = 500, Samples = [], Quantiles = quantiles, Note = "n" }])],
        });
    }

    private static string HintOf(ReportChartItem item, int series) =>
        $"{item.Label} {(item.Basis == Basis.UpperBound ? "\u2264 " : string.Empty)}{item.Values[series]!.Value.ToString("0.0", CultureInfo.InvariantCulture)} us";
}
