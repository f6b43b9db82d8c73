using VirtLatency.Report;

namespace VirtLatency.Reporting.Html;

/// <summary>Findings, each with what supports it, what speaks against it, and what to run next.</summary>
internal static class HtmlFindings
{
    public static void Write(Markup html, LatencyReport report)
    {
        if (report.Findings.Count == 0)
        {
            html.Element("p", report.Text["Answer.NoFinding"]);
        }

        for (int i = 0; i < report.Findings.Count; i++)
        {
            Write(html, report.Findings[i], report.Text, FormattableString.Invariant($"Finding-{i + 1}"));
            html.Line();
        }
    }

    private static void Write(Markup html, ReportFinding finding, ReportText text, string id)
    {
        using (html.In("article", ("class", "finding " + ClassOf(finding.Severity)), ("id", id)))
        {
            using (html.In("h3"))
            {
                html.Element("span", finding.SeverityText, ("class", "severity"));
                html.Text(" " + finding.Statement);
            }

            using (html.In("dl"))
            {
                Part(html, text["Label.Evidence"], finding.Evidence);
                Part(html, text["Label.Confidence"], finding.Confidence);
                Part(html, text["Label.Caveat"], finding.Caveat);
            }

            string commands = string.Join('\n', finding.NextStep).Trim('\n');
            if (commands.Length > 0)
            {
                html.Element("h4", text["Label.NextStep"]);
                html.Element("pre", commands, ("tabindex", "0"));
            }
        }
    }

    private static void Part(Markup html, string label, string value)
    {
        if (value.Length > 0)
        {
            html.Element("dt", label);
            html.Element("dd", value);
        }
    }

    private static string ClassOf(string severity) => severity switch { "Important" => "important", "Caution" => "caution", _ => "information" };
}
