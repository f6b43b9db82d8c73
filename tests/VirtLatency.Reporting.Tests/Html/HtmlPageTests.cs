using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using VirtLatency.Report;

namespace VirtLatency.Tests.Reporting.Html;

/// <summary>The page as a whole: order, headings, languages, colours, size.</summary>
public sealed partial class HtmlPageTests
{
    private const double LeastOfText = 4.5;
    private const double LeastOfShapes = 3;

    /// <summary>The hatch lies over a bar with this opacity; the style sheet has the same.</summary>
    private const double HatchOpacity = 0.22;

    private static readonly string[] TextColours = ["text", "muted", "link", "worse", "better", "doubtful"];
    private static readonly string[] Layers = ["vm", "forwarding", "network", "virt-sender", "virt-receiver", "rest"];
    private static readonly string[] Series = ["series0", "series1", "series2"];
    /// <summary>The field's own words, the same in both languages.</summary>
    private static readonly string[] Terms = ["P25", "P75", "P95", "P99", "C-state", "ICMP id"];

    private static readonly string[] Sections = ["Answer", "Compared", "Where", "Detail", "Spread", "Checks", "Findings", "Fix", "CStates", "Packets", "Method"];

    public static TheoryData<string> Schemes => ["light", "dark"];

    private static HtmlPage Page => HtmlPage.Reference;

    [Fact]
    public void The_answer_comes_first_and_the_contents_lead_to_all_other_sections()
    {
        Assert.Equal(Sections, Page.All("section").Select(section => (string?)section.Attribute("id")));
        Assert.Equal(Sections[1..], Page.All("nav").Single().Descendants("a").Select(link => ((string?)link.Attribute("href"))![1..]));
        Assert.Equal(Reports.Reference.Answer, Page.ById("Answer").Descendants("li").Select(sentence => sentence.Value));
    }

    [Fact]
    public void Sections_without_content_are_left_out()
    {
        var page = new HtmlPage(Reports.Reference with { FixEffect = null, CStates = null, Packets = null, SlowPackets = null });

        Assert.Equal(Sections.Except(["Fix", "CStates", "Packets"]), page.All("section").Select(section => (string?)section.Attribute("id")));
    }

    [Fact]
    public void Headings_leave_out_no_level_and_ids_are_used_once()
    {
        int[] levels = [.. Page.Document.Descendants().Select(element => element.Name.LocalName).Where(name => Heading().IsMatch(name)).Select(name => name[1] - '0')];
        string[] ids = [.. Page.Document.Descendants().Attributes("id").Select(id => id.Value)];

        Assert.Equal(1, levels[0]);
        Assert.Single(levels, 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        Assert.DoesNotContain(ids, id => id.Contains(' ', StringComparison.Ordinal));
    }

    [Fact]
    public void A_finding_shows_how_severe_it_is_and_its_commands_line_by_line()
    {
        XElement[] findings = [.. Page.ById("Findings").Elements("article")];

        Assert.Equal(Reports.Reference.Findings.Count, findings.Length);
        Assert.All(Reports.Reference.Findings.Zip(findings), pair =>
        {
            Assert.Equal($"{pair.First.SeverityText} {pair.First.Statement}", pair.Second.Element("h3")!.Value);
            Assert.Equal("finding " + pair.First.Severity, (string?)pair.Second.Attribute("class"), ignoreCase: true);
            Assert.Equal(string.Join('\n', pair.First.NextStep), pair.Second.Element("pre")!.Value);
            Assert.Contains(pair.First.Caveat, pair.Second.Descendants("dd").Select(part => part.Value));
        });
    }

    [Fact]
    public void What_was_compared_says_where_it_came_from_and_what_is_missing()
    {
        string after = Page.ById("Compared").Descendants("article").Last().Value;

        Assert.Contains("zbs-c6off after the change", after, StringComparison.Ordinal);
        Assert.Contains("sender VM, receiver VM", after, StringComparison.Ordinal);
        Assert.Contains("5 (left out of means: 0)", after, StringComparison.Ordinal);
    }

    [Fact]
    public void Chinese_pages_say_so_and_have_no_English_heading()
    {
        string[] names = [.. Reports.Chinese.Environments.Select(environment => environment.Name), .. Reports.Chinese.SlowPackets!.Columns.Select(column => column.Id), .. Terms];
        XElement[] headings = [.. HtmlPage.Chinese.Document.Descendants().Where(element => element.Name.LocalName is "h1" or "h2" or "h3" or "h4" or "caption" or "dt" || (element.Name == "th" && (string?)element.Attribute("scope") == "col"))];

        Assert.Equal("zh-CN", (string?)HtmlPage.Chinese.Document.Root!.Attribute("lang"));
        Assert.Equal("en", (string?)Page.Document.Root!.Attribute("lang"));
        Assert.True(headings.Length > 100);
        Assert.All(headings.Select(TextOf).Where(text => !names.Contains(text)), text => Assert.Matches(Chinese(), text));
        Assert.All(HtmlPage.Chinese.All("ul").Where(list => HtmlPage.Has(list, "signs")).Elements("li"), sign => Assert.Matches(Chinese(), sign.Value));

        static string TextOf(XElement heading) => string.Concat(heading.Nodes().OfType<XText>().Select(text => text.Value)) is { Length: > 0 } own ? own : heading.Value;
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Words_and_shapes_have_enough_contrast(string scheme)
    {
        Dictionary<string, double[]> colours = ColoursOf(scheme);
        foreach (string background in new[] { "background", "surface" })
        {
            Assert.All(TextColours, colour => Assert.True(Contrast(colours[colour], colours[background]) >= LeastOfText, $"{colour} on {background}"));
            Assert.All(Layers.Concat(Series), colour => Assert.True(Contrast(colours[colour], colours[background]) >= LeastOfShapes, $"{colour} on {background}"));
        }

        Assert.All(Layers, colour => Assert.True(Contrast(colours["on-fill"], colours[colour]) >= LeastOfText, $"words on {colour}"));
        Assert.All(Layers, colour => Assert.True(Contrast(colours["on-fill"], Over(colours["hatch"], colours[colour])) >= LeastOfText, $"words on hatched {colour}"));
        Assert.Contains($"stroke-opacity: {HatchOpacity.ToString(CultureInfo.InvariantCulture)}", Style, StringComparison.Ordinal);
    }

    /// <summary>A colour written beside the two palettes would be the same in light and dark.</summary>
    [Fact]
    public void All_colours_are_in_the_two_palettes_and_paper_is_always_light()
    {
        Assert.Empty(Colour().Matches(Palette().Replace(Style, string.Empty)));
        Assert.Equal(ColoursOf("light").Keys.Order(StringComparer.Ordinal), ColoursOf("dark").Keys.Order(StringComparer.Ordinal));
        Assert.Equal(ColoursOf("light").Keys.Order(StringComparer.Ordinal), Used().Matches(Style).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Contains("@media screen and (prefers-color-scheme: dark)", Style, StringComparison.Ordinal);
    }

    /// <summary>The packets that are listed are limited and distributions are quantiles: what grows with the packets is only how long numbers are.</summary>
    [Fact]
    public void The_page_does_not_grow_with_the_packets()
    {
        int some = HtmlChartTests.Joined(100).Source.Length;
        int many = HtmlChartTests.Joined(1000).Source.Length;

        Assert.InRange(many, some * 0.9, some * 1.1);
        Assert.True(many < 2_000_000);
    }

    private static string Style => Page.All("style").Single().Value;

    private static Dictionary<string, double[]> ColoursOf(string scheme)
    {
        Match palette = Palette().Matches(Style)[scheme == "light" ? 0 : 1];
        return Definition().Matches(palette.Value).ToDictionary(match => match.Groups["name"].Value, match => Rgb(match.Groups["colour"].Value), StringComparer.Ordinal);
    }

    private static double[] Rgb(string colour) => [.. Enumerable.Range(0, 3).Select(i => int.Parse(colour.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)];

    private static double[] Over(double[] above, double[] below) => [.. above.Zip(below, (a, b) => (HatchOpacity * a) + ((1 - HatchOpacity) * b))];

    /// <summary>Contrast ratio of WCAG 2: relative luminances with 0.05 added to each.</summary>
    private static double Contrast(double[] one, double[] other)
    {
        (double first, double second) = (Luminance(one), Luminance(other));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private static double Luminance(double[] rgb)
    {
        double[] linear = [.. rgb.Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))];
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    [GeneratedRegex("^h[1-6]$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[\u4e00-\u9fff]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Chinese();

    [GeneratedRegex(@":root \{[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Palette();

    [GeneratedRegex("--(?<name>[a-z0-9-]+): #(?<colour>[0-9a-f]{6});", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Definition();

    [GeneratedRegex("#[0-9a-fA-F]{3,8}\\b|rgb|hsl|\\b(white|black|gray)\\b(?!-)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Colour();

    [GeneratedRegex(@"var\(--(?<name>[a-z0-9-]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Used();
}
