using System.Globalization;
using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>
/// Writes one tool's log, record by record, in the layout of the tool's own print code: LF line ends whatever the
/// <see cref="TextWriter"/>'s own are, invariant numbers. Holds no record back, so a log may be larger than memory.
/// </summary>
/// <typeparam name="TFigure">The figures of one record.</typeparam>
public abstract class ToolLogWriter<TFigure>
{
    private readonly StringBuilder _text = new(4096);
    private readonly TextWriter _output;
    private readonly ToolLogOptions _options;

    private protected ToolLogWriter(TextWriter output, ToolLogOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        _output = output;
        _options = options;
    }

    private protected static CultureInfo Invariant => CultureInfo.InvariantCulture;

    /// <summary>Writes header, records and footer, leaving out what the options leave out.</summary>
    /// <param name="figures">The records in printing order; enumerated once, never collected.</param>
    public void WriteLog(IEnumerable<TFigure> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        if (_options.HasHeader)
        {
            WriteHeader();
        }

        foreach (TFigure figure in figures)
        {
            Write(figure);
        }

        ComposeRemainder(_text);
        Emit();
        if (_options.HasFooter)
        {
            WriteFooter();
        }
    }

    /// <summary>Writes what the tool prints before its first record.</summary>
    public void WriteHeader()
    {
        ComposeHeader(_text);
        Emit();
    }

    /// <summary>Writes one record.</summary>
    /// <param name="figure">The record's figures.</param>
    public void Write(TFigure figure)
    {
        ComposeRecord(_text, figure);
        Emit();
    }

    /// <summary>Writes what the tool prints after Ctrl-C; counts and averages are those of the records written so far.</summary>
    public void WriteFooter()
    {
        ComposeFooter(_text);
        Emit();
    }

    private protected abstract void ComposeHeader(StringBuilder text);

    private protected abstract void ComposeRecord(StringBuilder text, TFigure figure);

    private protected abstract void ComposeFooter(StringBuilder text);

    /// <summary>Adds blocks that were due later than the last record, printed also by a run without a footer.</summary>
    private protected virtual void ComposeRemainder(StringBuilder text)
    {
    }

    private protected void Emit(Action<StringBuilder> compose)
    {
        compose(_text);
        Emit();
    }

    private void Emit()
    {
        foreach (ReadOnlyMemory<char> chunk in _text.GetChunks())
        {
            _output.Write(chunk.Span);
        }

        _text.Clear();
    }
}
