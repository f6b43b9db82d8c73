using System.Globalization;
using System.Text;
using System.Xml.Linq;
using VirtLatency.Report;
using VirtLatency.Reporting.Html;

namespace VirtLatency.Tests.Reporting.Html;

/// <summary>A written page, read back as XML.</summary>
internal sealed class HtmlPage
{
    private static readonly Lazy<HtmlPage> LazyReference = new(() => new HtmlPage(Reports.Reference));
    private static readonly Lazy<HtmlPage> LazyChinese = new(() => new HtmlPage(Reports.Chinese));

    public HtmlPage(LatencyReport report)
    {
        using var stream = new MemoryStream();
        new HtmlWriter().Write(report, stream);
        Source = Encoding.UTF8.GetString(stream.ToArray());
        Document = XDocument.Parse(Source, LoadOptions.PreserveWhitespace);
    }

    public static HtmlPage Reference => LazyReference.Value;

    public static HtmlPage Chinese => LazyChinese.Value;

    public string Source { get; }

    public XDocument Document { get; }

    public IEnumerable<XElement> All(string name) => Document.Descendants(name);

    public XElement ById(string id) => Assert.Single(Document.Descendants(), element => (string?)element.Attribute("id") == id);

    /// <summary>A cell by the ids of its table, row and column; null where the column is not shown.</summary>
    public XElement? Cell(string table, string row, string column)
    {
        XElement line = Assert.Single(ById("Table-" + table).Descendants("tr"), element => (string?)element.Attribute("data-row") == row);
        return line.Elements().SingleOrDefault(cell => (string?)cell.Attribute("data-column") == column);
    }

    /// <summary>The shapes of a picture that say what they are, as far as they are of one kind.</summary>
    public IEnumerable<XElement> Bars(string chart) => ById("Chart-" + chart).Descendants("rect").Where(bar => bar.Element("title") is not null);

    public static double Percent(XElement shape, string attribute) => double.Parse(shape.Attribute(attribute)!.Value.TrimEnd('%'), CultureInfo.InvariantCulture);

    public static bool Has(XElement element, string look) => ((string?)element.Attribute("class") ?? string.Empty).Split(' ').Contains(look);
}
