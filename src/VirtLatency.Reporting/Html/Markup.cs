using System.Text;
using System.Xml;
using VirtLatency.CpuIdle;

namespace VirtLatency.Reporting.Html;

/// <summary>
/// The only way into the file: whatever is written passes here and is escaped, so that no text of a log becomes markup.
/// What comes out is HTML that an XML parser reads too.
/// </summary>
internal sealed class Markup : IDisposable
{
    /// <summary>Elements that HTML knows without an end tag, and shapes of SVG; all others get one, even when empty.</summary>
    private static readonly HashSet<string> Empty = new(StringComparer.Ordinal) { "meta", "col", "rect", "line", "circle", "polyline", "path" };

    private readonly XmlWriter _writer;
    private readonly Stack<string> _open = new();

    public Markup(Stream stream)
    {
        _writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), OmitXmlDeclaration = true, NewLineChars = "\n", CloseOutput = false });
        _writer.WriteDocType("html", null, null, null);
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>Begins an element; it ends when the result is disposed.</summary>
    /// <param name="name">The element.</param>
    /// <param name="attributes">Names and values; one without a value is left out.</param>
    public Scope In(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _writer.WriteStartElement(name);
        _open.Push(name);
        foreach ((string attribute, string? value) in attributes)
        {
            if (value is not null)
            {
                _writer.WriteAttributeString(attribute, Safe(value));
            }
        }

        return new Scope(this);
    }

    /// <summary>A whole element with text.</summary>
    public void Element(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        using (In(name, attributes))
        {
            Text(text);
        }
    }

    /// <summary>An element that holds nothing.</summary>
    public void Void(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        using (In(name, attributes))
        {
        }
    }

    public void Text(string text) => _writer.WriteString(Safe(text));

    /// <summary>A line end between elements: the file can be read and compared as text.</summary>
    public void Line() => _writer.WriteWhitespace("\n");

    /// <summary>Control characters and what no XML may hold become signs.</summary>
    private static string Safe(string text)
    {
        string visible = VisibleText.Message(text);
        for (int i = 0; i < visible.Length; i++)
        {
            if (i + 1 < visible.Length && XmlConvert.IsXmlSurrogatePair(visible[i + 1], visible[i]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(visible[i]))
            {
                visible = string.Concat(visible.AsSpan(0, i), "\ufffd", visible.AsSpan(i + 1));
            }
        }

        return visible;
    }

    private void Close()
    {
        if (_writer.WriteState == WriteState.Error)
        {
            // Closed while an error goes up: one of its own would take that error's place.
            return;
        }

        if (Empty.Contains(_open.Pop()))
        {
            _writer.WriteEndElement();
        }
        else
        {
            _writer.WriteFullEndElement();
        }
    }

    /// <summary>An element that is open.</summary>
    internal readonly struct Scope(Markup markup) : IDisposable
    {
        public void Dispose() => markup.Close();
    }
}
