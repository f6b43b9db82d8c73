using System.Globalization;
using VirtLatency.Report;

namespace VirtLatency.Reporting.Html.Charts;

/// <summary>A report's pictures: each a figure with a heading, the drawing with its words for those who do not see it, the meaning of its colours, and a note.</summary>
internal sealed class HtmlCharts(Markup html, LatencyReport report)
{
    private ReportText Text => report.Text;

    /// <summary>Writes a picture; nothing where the report has none of that id.</summary>
    public void Write(string id)
    {
        if (report.Chart(id) is { } chart)
        {
            Figure(chart.Id, chart.Title, chart.AltText, DrawingOf(chart), chart.Note);
        }
    }

    /// <summary>Writes the distributions, with one explanation for all.</summary>
    public void WriteDistributions()
    {
        if (report.Distributions.Count == 0)
        {
            return;
        }

        html.Element("p", Text["Html.DistributionKey"]);
        Legend(report.Environments.Select((environment, place) => new LegendEntry(FormattableString.Invariant($"fill series{place}"), environment.Name)));
        using (html.In("div", ("class", "distributions")))
        {
            foreach (ReportDistributionGroup group in report.Distributions)
            {
                var drawing = new DistributionDrawing(group, [.. group.Distributions.Select(of => of.EnvironmentIndex)], Text);
                string title = Text.Format("Chart.Distribution", NameOf(group));
                string note = string.Join("; ", group.Distributions.Select(of => $"{of.Environment}: {of.Note}")) + (drawing.IsLogarithmic ? "; " + Text["Html.Logarithmic"] : string.Empty);
                Figure("Distribution-" + group.Id, title, AltOf(title, group), drawing, note);
            }
        }
    }

    private IChartDrawing DrawingOf(ReportChart chart) => chart.Kind switch
    {
        ReportChartKind.Path => new PathDrawing(chart, Text),
        ReportChartKind.Stacked => new StackDrawing(chart),
        ReportChartKind.Waterfall => new WaterfallDrawing(chart, Text),
        _ => new GroupedDrawing(chart, [.. chart.Series.Select(PlaceOf)]),
    };

    private void Figure(string id, string title, string alt, IChartDrawing drawing, string? note)
    {
        string name = "Chart-" + id;
        using (html.In("figure", ("id", name)))
        {
            using (html.In("figcaption"))
            {
                html.Element("h3", title);
            }

            Drawing(name, title, alt, drawing);
            Legend(drawing.Legend);
            if (note is not null)
            {
                html.Element("p", note, ("class", "note"));
            }
        }

        html.Line();
    }

    private void Drawing(string name, string title, string alt, IChartDrawing drawing)
    {
        using (html.In("svg", ("role", "img"), ("aria-labelledby", $"{name}-title {name}-words"), ("width", "100%"), ("height", drawing.Height.ToString("0.##", CultureInfo.InvariantCulture))))
        {
            html.Element("title", title, ("id", name + "-title"));
            html.Element("desc", alt, ("id", name + "-words"));
            html.Line();
            drawing.Draw(new Canvas(html));
        }

        html.Line();
    }

    private void Legend(IEnumerable<LegendEntry> entries)
    {
        LegendEntry[] all = [.. entries];
        if (all.Length == 0)
        {
            return;
        }

        using (html.In("ul", ("class", "legend")))
        {
            foreach (LegendEntry entry in all)
            {
                using (html.In("li"))
                {
                    using (html.In("svg", ("class", "swatch"), ("width", "14"), ("height", "14"), ("aria-hidden", "true")))
                    {
                        new Canvas(html).Bar(new Scale(0, 1), (0, 1), 0, 14, entry.Look);
                    }

                    html.Text(" " + entry.Words);
                }
            }
        }

        html.Line();
    }

    private string AltOf(string title, ReportDistributionGroup group)
    {
        IEnumerable<string> parts = group.Distributions.Select(of => FormattableString.Invariant(
            $"{of.Environment}: {Text["Label.Count"]} {of.Count}, {Said(of, "Min", 0)}, {Said(of, "P50", 0.5)}, {Said(of, "P95", 0.95)}, {Said(of, "Max", 1)}"));
        return Text.Format("Chart.Alt", title, string.Join("; ", parts));
    }

    private string Said(ReportDistribution of, string key, double probability) =>
        $"{Text["Column." + key]} {(of.At(probability) is { } value ? NumberText.Of(value, ReportUnit.Microseconds) + " us" : "\u2014")}";

    private static string NameOf(ReportDistributionGroup group) => group.Label == group.Id ? group.Id : $"{group.Id}: {group.Label}";

    /// <summary>An environment has one colour in all pictures.</summary>
    private int PlaceOf(string environment) => Math.Max(0, report.Environments.Select(known => known.Name).ToList().IndexOf(environment));
}
