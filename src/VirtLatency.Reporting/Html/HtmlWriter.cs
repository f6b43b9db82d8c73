using System.Globalization;
using VirtLatency.Report;
using VirtLatency.Reporting.Html.Charts;

namespace VirtLatency.Reporting.Html;

/// <summary>A report as one HTML file that needs nothing else: no script, no network. Answer first, tables and pictures from coarse to fine, the method at the end.</summary>
internal sealed class HtmlWriter : IReportWriter
{
    /// <summary>Even if a text got past the escaping, a browser would run and load nothing.</summary>
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    public void Write(LatencyReport report, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var html = new Markup(stream);
        html.Line();
        using (html.In("html", ("lang", report.Text.Language)))
        {
            Head(html, report);
            using (html.In("body"))
            {
                Body(html, report, [.. Sections(html, report)]);
            }
        }
    }

    private static void Head(Markup html, LatencyReport report)
    {
        using (html.In("head"))
        {
            html.Void("meta", ("charset", "utf-8"));
            html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
            html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
            html.Element("title", report.Title);
            html.Element("style", StyleSheet.Text);
        }

        html.Line();
    }

    private static void Body(Markup html, LatencyReport report, IReadOnlyList<HtmlSection> sections)
    {
        ReportText text = report.Text;
        Hatch.Define(html);
        using (html.In("header"))
        {
            html.Element("h1", report.Title);
            html.Element("p", text.Format("Label.Made", report.CreatedUtc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), report.ProgramVersion) + " " + text["Label.Unit"], ("class", "made"));
        }

        html.Line();
        using (html.In("main"))
        {
            foreach (HtmlSection section in sections)
            {
                using (html.In("section", ("id", section.Id), ("aria-labelledby", section.Id + "-heading")))
                {
                    html.Element("h2", text["Section." + section.Id], ("id", section.Id + "-heading"));
                    html.Line();
                    section.Write();
                }

                html.Line();
                if (section.Id == "Answer")
                {
                    Contents(html, text, sections);
                }
            }
        }
    }

    /// <summary>After the answer: whoever needs no more than that sees nothing else first.</summary>
    private static void Contents(Markup html, ReportText text, IReadOnlyList<HtmlSection> sections)
    {
        using (html.In("nav", ("aria-label", text["Html.Contents"])))
        using (html.In("ul"))
        {
            foreach (HtmlSection section in sections.Where(section => section.Id != "Answer"))
            {
                using (html.In("li"))
                {
                    html.Element("a", text["Section." + section.Id], ("href", "#" + section.Id));
                }
            }
        }

        html.Line();
    }

    private static IEnumerable<HtmlSection> Sections(Markup html, LatencyReport report)
    {
        var tables = new HtmlTable(html, report.Text);
        var charts = new HtmlCharts(html, report);
        yield return new HtmlSection("Answer", () => Answer(html, report));
        yield return new HtmlSection("Compared", () => HtmlEnvironments.Write(html, report));
        yield return new HtmlSection("Where", () =>
        {
            charts.Write("Path");
            charts.Write("LayerStack");
            charts.Write("DeltaWaterfall");
            tables.Write(report.Layers);
            tables.Write(report.Spans);
        });
        yield return new HtmlSection("Detail", () =>
        {
            tables.Write(report.Containers);
            tables.Write(report.Segments);
            charts.Write("Stages");
            tables.Write(report.Stages);
        });
        yield return new HtmlSection("Spread", () =>
        {
            charts.WriteDistributions();
            tables.Write(report.Spread);
        });
        yield return new HtmlSection("Checks", () => tables.Write(report.Closure, isTall: true));
        yield return new HtmlSection("Findings", () => HtmlFindings.Write(html, report));
        if (report.FixEffect is { } fix)
        {
            yield return new HtmlSection("Fix", () =>
            {
                charts.Write("FixEffect");
                tables.Write(fix);
            });
        }

        if (report.CStates is { } states)
        {
            yield return new HtmlSection("CStates", () => tables.Write(states));
        }

        if (report.Packets is { } packets)
        {
            yield return new HtmlSection("Packets", () =>
            {
                tables.Write(packets);
                tables.Write(report.SlowPackets, isTall: true);
            });
        }

        yield return new HtmlSection("Method", () =>
        {
            tables.Write(report.Path);
            tables.Write(report.Logs, isTall: true);
            foreach (ReportParagraph paragraph in report.Method)
            {
                html.Element("h3", paragraph.Title);
                html.Element("p", paragraph.Text);
                html.Line();
            }
        });
    }

    private static void Answer(Markup html, LatencyReport report)
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
}
