using System.Globalization;
using System.Xml.Linq;
using DocumentFormat.OpenXml.ExtendedProperties;
using DocumentFormat.OpenXml.Packaging;
using VirtLatency.Report;

namespace VirtLatency.Reporting.Workbook;

/// <summary>What a file manager shows of the file: title, maker, time, language.</summary>
internal static class DocumentProperties
{
    private const string Creator = "VirtLatency";

    private static readonly XNamespace Core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    private static readonly XNamespace Dublin = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Terms = "http://purl.org/dc/terms/";
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    public static void Write(SpreadsheetDocument document, LatencyReport report)
    {
        // The library's own way to set these names their part by a random id.
        CoreFilePropertiesPart core = document.AddCoreFilePropertiesPart();
        document.ChangeIdOfPart(core, "core");
        using (Stream stream = core.GetStream(FileMode.Create, FileAccess.Write))
        {
            CoreOf(report).Save(stream);
        }

        ExtendedFilePropertiesPart extended = document.AddExtendedFilePropertiesPart();
        document.ChangeIdOfPart(extended, "extended");
        extended.Properties = new Properties(new Application(Creator));
    }

    private static XDocument CoreOf(LatencyReport report)
    {
        string made = report.CreatedUtc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return new XDocument(new XElement(
            Core + "coreProperties",
            new XAttribute(XNamespace.Xmlns + "dc", Dublin),
            new XAttribute(XNamespace.Xmlns + "dcterms", Terms),
            new XAttribute(XNamespace.Xmlns + "xsi", Instance),
            new XElement(Dublin + "title", CellText.Of(report.Title)),
            new XElement(Dublin + "creator", Creator),
            new XElement(Dublin + "description", $"{Creator} {report.ProgramVersion}"),
            new XElement(Dublin + "language", report.Text.Language),
            new XElement(Terms + "created", new XAttribute(Instance + "type", "dcterms:W3CDTF"), made),
            new XElement(Terms + "modified", new XAttribute(Instance + "type", "dcterms:W3CDTF"), made)));
    }
}
