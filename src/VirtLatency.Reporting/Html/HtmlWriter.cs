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
                Body(html, report, [.. new HtmlSections(html, report).All()]);
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
}
