using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads the file of tun_tx_to_kvm_irq's --output: a JSON list of events, each as the text has it but in nanoseconds.
/// Lines are counted as in text: parsed where an event stands, noise where only brackets do, malformed where anything
/// on the line is damaged. A file may be one line.
/// </summary>
public sealed class TunIrqJsonParser : LogParser<TunChainRecord>
{
    private readonly TunJsonReader _reader = new();
    private readonly TunChains _chains;
    private long _line;
    private bool _hasBytes;
    private LineKind _kind;
    private bool _isListOpen;

    /// <summary>Makes a parser for one file.</summary>
    /// <param name="visitor">Takes the chains.</param>
    public TunIrqJsonParser(ILogVisitor<TunChainRecord> visitor)
        : base(LogTool.TunTxToKvmIrq, visitor) => _chains = new TunChains(Facts, visitor, adopted: null);

    /// <inheritdoc/>
    public override void ReadAll(Stream stream, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var pieces = new JsonPieceReader(stream, progress, cancellation);
        (_line, _hasBytes, _kind, _isListOpen) = (1, false, LineKind.Noise, false);
        try
        {
            ReadPieces(pieces);
        }
        catch (IOException)
        {
            // What was read before the file could not be read on is kept.
            End(_line);
            throw;
        }

        End(_line);
    }

    // The text form's steps: this form has no lines of its own.
    private protected override ReadOnlySpan<byte> Banner => "["u8;

    private protected override LineKind Line(ReadOnlySpan<byte> line, long number, bool terminated) => LineKind.Malformed;

    private protected override void End(long lastLine)
    {
        if (_hasBytes)
        {
            Tally.Count(_kind, lastLine);
        }

        _chains.Flush();
    }

    private void ReadPieces(JsonPieceReader pieces)
    {
        bool isCut = false;
        while (pieces.TryRead(out ReadOnlySpan<byte> piece, out JsonPieceKind kind))
        {
            isCut |= kind == JsonPieceKind.Cut;
            Count(piece, Take(piece, kind));
        }

        if (_isListOpen && !isCut)
        {
            Issue(_line, "the file ends without the bracket that closes its list: events may be missing. What it holds is read");
        }
    }

    private LineKind Take(ReadOnlySpan<byte> piece, JsonPieceKind kind)
    {
        switch (kind)
        {
            case JsonPieceKind.Frame:
                Frame(piece);
                return LineKind.Noise;
            case JsonPieceKind.Whole:
                return Event(piece);
            case JsonPieceKind.Cut:
                return Damaged(_line, "the file ends inside this event; the event is left out, those before it are read");
            default:
                return Damaged(_line, "expected a whole JSON object of one stage event; what stands here is left out, reading goes on at the next object");
        }
    }

    private void Frame(ReadOnlySpan<byte> piece)
    {
        foreach (byte letter in piece)
        {
            // Inside an open list another bracket is damage, not a second list.
            if (letter == '[' && !_isListOpen)
            {
                _chains.EndRun();
                BeginRun();
            }

            _isListOpen = letter == '[' || (letter != ']' && _isListOpen);
        }
    }

    private LineKind Event(ReadOnlySpan<byte> piece)
    {
        if (!_reader.TryRead(piece, _line, out TunEvent stage))
        {
            return Damaged(_line, "expected an event with timestamp, stage 1 to 5, queue_key and delay_ns; the event is left out");
        }

        RunOfRecord();
        _chains.Add(in stage);
        return LineKind.Parsed;
    }

    /// <summary>Lays a piece on the lines that it spans; damage outweighs an event, an event a bracket.</summary>
    private void Count(ReadOnlySpan<byte> piece, LineKind kind)
    {
        int feed;
        while ((feed = piece.IndexOf((byte)'\n')) >= 0)
        {
            Lay(feed, kind);
            Tally.Count(_kind, _line);
            _line++;
            (_hasBytes, _kind) = (false, LineKind.Noise);
            piece = piece[(feed + 1)..];
        }

        Lay(piece.Length, kind);
    }

    private void Lay(int length, LineKind kind)
    {
        _hasBytes |= length > 0;
        if (length > 0 && kind != LineKind.Noise && _kind != LineKind.Malformed)
        {
            _kind = kind;
        }
    }
}
