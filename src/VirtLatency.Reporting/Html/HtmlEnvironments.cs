using System.Globalization;
using VirtLatency.Report;

namespace VirtLatency.Reporting.Html;

/// <summary>What was compared, a card per environment, and how to read the numbers.</summary>
internal static class HtmlEnvironments
{
    public static void Write(Markup html, LatencyReport report)
    {
        using (html.In("div", ("class", "cards")))
        {
            for (int i = 0; i < report.Environments.Count; i++)
            {
                Card(html, report.Environments[i], report.Text, i);
            }
        }

        html.Line();
        Legend(html, report.Text);
    }

    private static void Card(Markup html, ReportEnvironment environment, ReportText text, int place)
    {
        using (html.In("article", ("class", FormattableString.Invariant($"card series{place}"))))
        {
            using (html.In("h3"))
            {
                html.Text(environment.Name);
                html.Element("small", " " + environment.Part);
            }

            using (html.In("dl"))
            {
                foreach ((string key, string value) in Facts(environment, text))
                {
                    html.Element("dt", text["Label." + key]);
                    html.Element("dd", value);
                }
            }
        }

        html.Line();
    }

    private static IEnumerable<(string Key, string Value)> Facts(ReportEnvironment environment, ReportText text)
    {
        (string, string?)[] facts =
        [
            ("Path", environment.Path),
            ("Note", environment.Note),
            ("Runs", environment.RunCount.ToString(CultureInfo.InvariantCulture)),
            ("Files", environment.LogCount.ToString(CultureInfo.InvariantCulture)),
            ("Samples", FormattableString.Invariant($"{environment.SampleCount} ({text["Label.Excluded"]}: {environment.ExcludedCount})")),
            ("Hosts", List(environment.Hosts) ?? text["Label.Unknown"]),
            ("Kernels", List(environment.Kernels) ?? text["Label.Unknown"]),
            ("Tools", List(environment.Tools)),
            ("MissingLogs", List(environment.MissingLogs) ?? text["Label.None"]),
        ];
        foreach ((string key, string? value) in facts)
        {
            if (!string.IsNullOrEmpty(value))
            {
                yield return (key, value);
            }
        }
    }

    private static string? List(IReadOnlyList<string> values) => values.Count == 0 ? null : string.Join(", ", values);

    /// <summary>Each sign as it looks in the tables.</summary>
    private static void Legend(Markup html, ReportText text)
    {
        (string Class, string Sample, string Key)[] signs =
        [
            ("val measured", "22.0", "Html.Measured"),
            ("val derived", "22.0", "Html.Derived"),
            ("val bound", "\u2264 22.0", "Html.Bound"),
            ("missing", "\u2014", "Html.Missing"),
            ("range", "[20.1, 23.9]", "Html.Interval"),
            ("count", text["Label.Count"] + " 16", "Html.Count"),
            ("val told worse", "+22.0", "Html.Worse"),
            ("val told better", "-22.0", "Html.Better"),
        ];
        html.Element("h3", text["Html.Legend"]);
        using (html.In("ul", ("class", "legend signs")))
        {
            foreach ((string look, string sample, string key) in signs)
            {
                using (html.In("li"))
                {
                    html.Element("span", sample, ("class", look));
                    html.Text(" " + text[key]);
                }
            }
        }

        html.Line();
    }
}
