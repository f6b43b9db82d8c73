using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace VirtLatency.Reporting.Workbook;

/// <summary>The texts of all cells, each once, in the order in which they first occur.</summary>
internal sealed class SharedStrings
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private uint _uses;

    /// <summary>The place of a text; it is added where it is new.</summary>
    /// <param name="text">Legal text.</param>
    public int PlaceOf(string text)
    {
        _uses++;
        if (!_places.TryGetValue(text, out int place))
        {
            place = _texts.Count;
            _places.Add(text, place);
            _texts.Add(text);
        }

        return place;
    }

    public void Write(SharedStringTablePart part)
    {
        using OpenXmlWriter writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new SharedStringTable { Count = _uses, UniqueCount = (uint)_texts.Count });
        foreach (string text in _texts)
        {
            writer.WriteElement(new SharedStringItem(new Text(CellText.Escape(text)) { Space = SpaceProcessingModeValues.Preserve }));
        }

        writer.WriteEndElement();
    }
}
