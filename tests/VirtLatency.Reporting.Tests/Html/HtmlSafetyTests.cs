using System.Text.RegularExpressions;
using System.Xml.Linq;
using VirtLatency.Report;

namespace VirtLatency.Tests.Reporting.Html;

/// <summary>Whatever stands in a log stays text, and the page asks nobody for anything.</summary>
public sealed partial class HtmlSafetyTests
{
    private static readonly string[] Known =
    [
        "html", "head", "meta", "title", "style", "body", "header", "main", "nav", "section", "article", "div", "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "a", "sup", "span", "small", "pre",
        "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "svg", "defs", "pattern", "desc", "rect", "line", "circle", "polyline", "text",
    ];

    public static TheoryData<string, string> Texts => new()
    {
        { "<script>alert(1)</script>", "<script>alert(1)</script>" },
        { "\"><img src=x onerror=alert(1)>", "\"><img src=x onerror=alert(1)>" },
        { "' onmouseover='alert(1)", "' onmouseover='alert(1)" },
        { "=HYPERLINK(\"https://evil.example\",\"x\")", "=HYPERLINK(\"https://evil.example\",\"x\")" },
        { "javascript:alert(1)", "javascript:alert(1)" },
        { "</style></title></pre>]]><!-- &amp; &lt;", "</style></title></pre>]]><!-- &amp; &lt;" },
        { "red\u001b[31m\u0007\u009b2J", "red\u241b[31m\u2407\ufffd2J" },
        { "turned\u202egnp.exe", "turned\ufffdgnp.exe" },
        { "half\ud800 \ufffe\uffff", "half\ufffd \ufffd\ufffd" },
        { "\u4e3b\u673a-1 \u0445\u043e\u0441\u0442 \u0645\u0636\u064a\u0641 \ud83d\ude80", "\u4e3b\u673a-1 \u0445\u043e\u0441\u0442 \u0645\u0636\u064a\u0641 \ud83d\ude80" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Texts_of_all_places_stay_text(string text, string shown)
    {
        var page = new HtmlPage(With(text));

        Assert.Equal(shown, page.All("h1").Single().Value);
        Assert.Equal(shown, page.All("title").First().Value);
        Assert.StartsWith(shown, page.All("h3").First().Value, StringComparison.Ordinal);
        Assert.Equal(shown, Assert.Single(page.All("pre")).Value);
        Assert.Equal(shown, page.Cell("Logs", shown, "Host")!.Value);
        Assert.Contains(page.ById("Chart-Stages").Descendants("text"), words => words.Value == shown);
        Assert.Equal(shown, page.ById("Chart-Stages-words").Value);
        AssertHarmless(page);
    }

    [Fact]
    public void The_page_has_no_script_and_no_address()
    {
        AssertHarmless(HtmlPage.Reference);
        AssertHarmless(HtmlPage.Chinese);
        Assert.DoesNotContain("http://", HtmlPage.Reference.Source, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https://", HtmlPage.Reference.Source, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_browser_is_told_to_load_nothing()
    {
        XElement policy = Assert.Single(HtmlPage.Reference.All("meta"), meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy");

        Assert.StartsWith("default-src 'none'; style-src 'unsafe-inline'; img-src data:", (string?)policy.Attribute("content"), StringComparison.Ordinal);
        Assert.Same(policy, policy.Parent!.Elements().ElementAt(1));
    }

    /// <summary>HTML takes an element that is closed in XML's short way for an open one.</summary>
    [Fact]
    public void Only_what_HTML_knows_as_empty_is_closed_in_the_short_way() =>
        Assert.Subset(
            new HashSet<string> { "meta", "rect", "line", "circle", "polyline" },
            ShortElement().Matches(HtmlPage.Reference.Source).Select(match => match.Groups["name"].Value).ToHashSet());

    private static void AssertHarmless(HtmlPage page)
    {
        Assert.Subset(Known.ToHashSet(), page.Document.Descendants().Select(element => element.Name.LocalName).ToHashSet());
        Assert.DoesNotContain(page.Document.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name.LocalName is "style" or "src");
        Assert.All(page.All("a"), link => Assert.StartsWith("#", (string?)link.Attribute("href"), StringComparison.Ordinal));
        Assert.All(page.All("a"), link => page.ById(((string?)link.Attribute("href"))![1..]));
        Assert.Equal(["url(#hatch)"], Address().Matches(page.All("style").Single().Value).Select(match => match.Value).Distinct());
        Assert.DoesNotContain("@import", page.All("style").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Source, c => char.IsControl(c) && c != '\n');
    }

    /// <summary>One text in every place that a log, a manifest or a caller can fill.</summary>
    private static LatencyReport With(string text)
    {
        LatencyReport report = Reports.Reference;
        ReportChart stages = report.Chart("Stages")!;
        ReportRow log = report.Logs.Rows[0];
        return report with
        {
            Title = text,
            Answer = [text],
            Environments = [report.Environments[0] with { Name = text, Note = text, Path = text, Hosts = [text], Kernels = [text], Tools = [text] }],
            Logs = report.Logs with { Rows = [new ReportRow(text, [.. log.Cells.Select(_ => new TextCell(text))])] },
            Findings = [report.Findings[0] with { Statement = text, Evidence = text, Caveat = text, NextStep = [text] }],
            Charts = [new ReportChart("Stages", ReportChartKind.Grouped, text, [text, text], [.. stages.Items.Select(item => item with { Label = text })]) { AltText = text, Note = text }],
            Distributions = [.. report.Distributions.Take(1).Select(group => new ReportDistributionGroup(group.Id, text, [.. group.Distributions.Select(of => of with { Environment = text, Note = text })]))],
        };
    }

    [GeneratedRegex("<(?<name>[a-z0-9]+)[^<>]*/>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ShortElement();

    [GeneratedRegex(@"url\([^)]*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Address();
}
