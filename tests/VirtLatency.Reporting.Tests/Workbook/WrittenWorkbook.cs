using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using VirtLatency.Report;
using VirtLatency.Reporting;

namespace VirtLatency.Tests.Reporting.Workbook;

/// <summary>A workbook read back with nothing but a zip reader and XML: no line of it is the writer's or its library's.</summary>
internal sealed partial class WrittenWorkbook
{
    public static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public static readonly XNamespace Chart = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private static readonly XNamespace Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly Dictionary<string, XDocument> _parts;
    private readonly string[] _strings;

    private WrittenWorkbook(byte[] bytes)
    {
        Bytes = bytes;
        using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        Entries = [.. archive.Entries.Select(entry => (entry.FullName, entry.LastWriteTime.DateTime))];
        _parts = archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using Stream stream = entry.Open();
            return XDocument.Load(stream, LoadOptions.PreserveWhitespace);
        });
        _strings = [.. _parts["xl/sharedStrings.xml"].Root!.Elements(Main + "si").Select(item => Decode(string.Concat(item.Descendants(Main + "t").Select(text => text.Value))))];
        Sheets = [.. _parts["xl/workbook.xml"].Descendants(Main + "sheet").Select(sheet => (sheet.Attribute("name")!.Value, PathOf(sheet.Attribute(Links + "id")!.Value)))];
    }

    public byte[] Bytes { get; }

    public (string Name, DateTime Time)[] Entries { get; }

    public (string Name, string Path)[] Sheets { get; }

    public IEnumerable<XDocument> Charts => _parts.Where(part => part.Key.Contains("/charts/chart", StringComparison.Ordinal)).Select(part => part.Value);

    public XDocument Core => _parts["docProps/core.xml"];

    public XDocument Book => _parts["xl/workbook.xml"];

    public XDocument Styles => _parts["xl/styles.xml"];

    public IEnumerable<XDocument> All => _parts.Values;

    public static WrittenWorkbook Of(LatencyReport report)
    {
        using var stream = new MemoryStream();
        ReportWriters.Of(".xlsx")!.Write(report, stream);
        return new WrittenWorkbook(stream.ToArray());
    }

    public XDocument Sheet(string name) => _parts[Sheets.Single(sheet => sheet.Name == name).Path];

    /// <summary>The cell's element; null where there is none.</summary>
    public XElement? Cell(string sheet, string cell) => Sheet(sheet).Descendants(Main + "c").SingleOrDefault(element => element.Attribute("r")!.Value == cell);

    /// <summary>What a cell holds: a string, a double, or null for nothing.</summary>
    public object? Value(string sheet, string cell) => Cell(sheet, cell) is { } element ? ValueOf(element) : null;

    public object? ValueOf(XElement cell) => cell.Element(Main + "v")?.Value is not { } value ? null
        : cell.Attribute("t")?.Value == "s" ? _strings[int.Parse(value, CultureInfo.InvariantCulture)]
        : double.Parse(value, CultureInfo.InvariantCulture);

    /// <summary>The number format of a cell; null for General.</summary>
    public string? FormatOf(XElement cell)
    {
        string id = StyleOf(cell).Attribute("numFmtId")!.Value;
        return Styles.Descendants(Main + "numFmt").SingleOrDefault(format => format.Attribute("numFmtId")!.Value == id)?.Attribute("formatCode")!.Value;
    }

    public XElement StyleOf(XElement cell) => Styles.Root!.Element(Main + "cellXfs")!.Elements().ElementAt(int.Parse(cell.Attribute("s")!.Value, CultureInfo.InvariantCulture));

    public XElement FontOf(XElement cell) => Styles.Root!.Element(Main + "fonts")!.Elements().ElementAt(int.Parse(StyleOf(cell).Attribute("fontId")!.Value, CultureInfo.InvariantCulture));

    /// <summary>The definition of the table on a sheet.</summary>
    public XElement Table(string sheet) => Related(sheet, "tables/").Single().Root!;

    /// <summary>The charts on a sheet, in their order.</summary>
    public IEnumerable<XDocument> ChartsOn(string sheet)
    {
        string drawing = RelatedPaths(Sheets.Single(item => item.Name == sheet).Path, "drawings/").Single();
        return RelatedPaths(drawing, "charts/").Select(path => _parts[path]);
    }

    public XDocument Drawing(string sheet) => Related(sheet, "drawings/").Single();

    /// <summary>Rows of a sheet's table, a cell's element by the header of its column.</summary>
    public IEnumerable<Dictionary<string, XElement>> Rows(string sheet)
    {
        XElement table = Table(sheet);
        (int top, int bottom) = RowsOf(table.Attribute("ref")!.Value);
        string[] headers = [.. table.Descendants(Main + "tableColumn").Select(column => Decode(column.Attribute("name")!.Value))];
        return Sheet(sheet).Descendants(Main + "row").Where(row => Index(row) > top && Index(row) <= bottom)
            .Select(row => row.Elements(Main + "c").Select((cell, place) => (headers[place], cell)).ToDictionary(pair => pair.Item1, pair => pair.cell));
    }

    /// <summary>The values of an area of one row or column as a chart names it.</summary>
    public object?[] ValuesAt(string area)
    {
        Match match = Area().Match(area);
        Assert.True(match.Success, area);
        (int firstColumn, int firstRow) = (ColumnOf(match.Groups["c1"].Value), Number(match.Groups["r1"].Value));
        (int lastColumn, int lastRow) = match.Groups["c2"].Success ? (ColumnOf(match.Groups["c2"].Value), Number(match.Groups["r2"].Value)) : (firstColumn, firstRow);
        string sheet = match.Groups["sheet"].Value.Replace("''", "'", StringComparison.Ordinal);
        return [.. from row in Enumerable.Range(firstRow, lastRow - firstRow + 1) from column in Enumerable.Range(firstColumn, lastColumn - firstColumn + 1) select Value(sheet, NameOf(column) + row.ToString(CultureInfo.InvariantCulture))];
    }

    public static (int Top, int Bottom) RowsOf(string area)
    {
        int[] rows = [.. Digits().Matches(area).Select(match => Number(match.Value))];
        return (rows[0], rows[^1]);
    }

    private static int Index(XElement row) => Number(row.Attribute("r")!.Value);

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static int ColumnOf(string letters) => letters.Aggregate(0, (sum, letter) => (sum * 26) + letter - 'A' + 1);

    private static string NameOf(int column) => column > 26 ? NameOf((column - 1) / 26) + NameOf(((column - 1) % 26) + 1) : ((char)('A' + column - 1)).ToString();

    private static string Decode(string text) => Code().Replace(text, match => ((char)int.Parse(match.Groups["code"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    private IEnumerable<XDocument> Related(string sheet, string kind) => RelatedPaths(Sheets.Single(item => item.Name == sheet).Path, kind).Select(path => _parts[path]);

    private IEnumerable<string> RelatedPaths(string part, string kind)
    {
        string links = $"{Path.GetDirectoryName(part)}/_rels/{Path.GetFileName(part)}.rels";
        return !_parts.TryGetValue(links, out XDocument? found) ? [] : found.Root!.Elements().Select(link => link.Attribute("Target")!.Value)
            .Select(target => target.StartsWith('/') ? target[1..] : Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(part)!, target))))
            .Where(path => path.Contains(kind, StringComparison.Ordinal));
    }

    private string PathOf(string id)
    {
        string target = _parts["xl/_rels/workbook.xml.rels"].Root!.Elements().Single(link => link.Attribute("Id")!.Value == id).Attribute("Target")!.Value;
        return target.StartsWith('/') ? target[1..] : "xl/" + target;
    }

    [GeneratedRegex(@"^'(?<sheet>.+)'!\$(?<c1>[A-Z]+)\$(?<r1>[0-9]+)(:\$(?<c2>[A-Z]+)\$(?<r2>[0-9]+))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Area();

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();

    [GeneratedRegex("_x(?<code>[0-9A-Fa-f]{4})_", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
