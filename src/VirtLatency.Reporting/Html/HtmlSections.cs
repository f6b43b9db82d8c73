using VirtLatency.Report;
using VirtLatency.Reporting.Html.Charts;

namespace VirtLatency.Reporting.Html;

/// <summary>The sections of the page in reading order; what a report does not have has none.</summary>
internal sealed class HtmlSections(Markup html, LatencyReport report)
{
    private readonly HtmlTable _tables = new(html, report.Text);
    private readonly HtmlCharts _charts = new(html, report);

    public IEnumerable<HtmlSection> All()
    {
        yield return new HtmlSection("Answer", Answer);
        yield return new HtmlSection("Compared", () => HtmlEnvironments.Write(html, report));
        yield return new HtmlSection("Where", Where);
        yield return new HtmlSection("Detail", Detail);
        yield return new HtmlSection("Spread", Spread);
        yield return new HtmlSection("Checks", () => _tables.Write(report.Closure, isTall: true));
        yield return new HtmlSection("Findings", () => HtmlFindings.Write(html, report));
        if (report.FixEffect is not null)
        {
            yield return new HtmlSection("Fix", Fix);
        }

        if (report.CStates is not null)
        {
            yield return new HtmlSection("CStates", () => _tables.Write(report.CStates));
        }

        if (report.Packets is not null)
        {
            yield return new HtmlSection("Packets", Packets);
        }

        yield return new HtmlSection("Method", Method);
    }

    private void Answer()
    {
        using (html.In("ol", ("class", "answer")))
        {
            foreach (string sentence in report.Answer)
            {
                html.Element("li", sentence);
                html.Line();
            }
        }
    }

    private void Where()
    {
        _charts.Write("Path");
        _charts.Write("LayerStack");
        _charts.Write("DeltaWaterfall");
        _tables.Write(report.Layers);
        _tables.Write(report.Spans);
    }

    private void Detail()
    {
        _tables.Write(report.Containers);
        _tables.Write(report.Segments);
        _charts.Write("Stages");
        _tables.Write(report.Stages);
    }

    private void Spread()
    {
        _charts.WriteDistributions();
        _tables.Write(report.Spread);
    }

    private void Fix()
    {
        _charts.Write("FixEffect");
        _tables.Write(report.FixEffect);
    }

    private void Packets()
    {
        _tables.Write(report.Packets);
        _tables.Write(report.SlowPackets, isTall: true);
    }

    private void Method()
    {
        _tables.Write(report.Path);
        _tables.Write(report.Logs, isTall: true);
        foreach (ReportParagraph paragraph in report.Method)
        {
            html.Element("h3", paragraph.Title);
            html.Element("p", paragraph.Text);
            html.Line();
        }
    }
}
