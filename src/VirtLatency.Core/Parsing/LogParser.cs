using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// One tool's grammar as a state machine over lines. A parser keeps one record's state, allocates nothing per line, and
/// takes lines from whoever cuts them: bytes → lines → parser → visitor.
/// </summary>
public abstract class LogParser
{
    private const int MostExcerpt = 60;

    private LogLineReader? _reader;
    private bool _isRunDue = true;

    private protected LogParser(LogTool tool) => Facts = new LogFacts(tool);

    /// <summary>What the log says about itself.</summary>
    public LogFacts Facts { get; }

    /// <summary>What became of the lines.</summary>
    public LineTally Tally { get; } = new();

    /// <summary>
    /// Takes every line of the stream, then ends the last record. Called again, it goes on with a further run: a file
    /// that was truncated or replaced while it was followed.
    /// </summary>
    /// <param name="stream">The text as UTF-8.</param>
    /// <param name="progress">Told the bytes read so far.</param>
    /// <param name="cancellation">Looked at before every read of the stream.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public virtual void ReadAll(Stream stream, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var reader = new LogLineReader(stream, progress, cancellation);
        _reader = reader;
        _isRunDue = true;
        try
        {
            while (TryNext(reader, out ReadOnlySpan<byte> line))
            {
                long number = reader.LineNumber;
                Tally.Count(reader.IsCut ? CutLine(number) : Whole(line, number, reader.IsTerminated), number);
            }
        }
        catch (IOException)
        {
            // What was read before the file could not be read on is kept.
            End(reader.LineNumber);
            throw;
        }

        End(reader.LineNumber);
    }

    /// <summary>False to look at every line: what whole records are compared with in tests.</summary>
    internal bool TakesBlocks { get; init; } = true;

    /// <summary>The text that begins a run's log.</summary>
    private protected abstract ReadOnlySpan<byte> Banner { get; }

    /// <summary>True for a parser that takes blocks.</summary>
    private protected virtual bool HasBlocks => false;

    /// <summary>
    /// Takes records that can be read whole, because every byte of them is as the tool prints it; whatever is not so is
    /// left for <see cref="Line"/>, which judges it.
    /// </summary>
    /// <param name="text">What was read and not handed out, from the beginning of a line.</param>
    /// <param name="number">Number of its first line.</param>
    /// <param name="take">Gets what was taken.</param>
    private protected virtual void TakeBlocks(ReadOnlySpan<byte> text, long number, ref BlockTake take)
    {
    }

    private protected abstract LineKind Line(ReadOnlySpan<byte> line, long number, bool terminated);

    /// <summary>
    /// Takes a line that is to its last byte as the tool prints it: it needs no search for what may have been written
    /// into it. Any other is left as it is, and nothing is changed.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="number">Its number.</param>
    /// <param name="kind">What became of it, as <see cref="Line"/> would say.</param>
    /// <returns>False where the line is to be looked at further.</returns>
    private protected virtual bool TryPlain(ReadOnlySpan<byte> line, long number, out LineKind kind)
    {
        kind = LineKind.Noise;
        return false;
    }

    private protected abstract void End(long lastLine);

    private protected abstract void Issue(long line, string message);

    /// <summary>A banner: the records behind it belong to a run of their own.</summary>
    private protected void BeginRun()
    {
        Facts.RunCount++;
        _isRunDue = false;
    }

    /// <summary>A record: without a banner before it, the file's beginning is its run's.</summary>
    /// <returns>The run's number, from 1.</returns>
    private protected int RunOfRecord()
    {
        if (_isRunDue)
        {
            BeginRun();
        }

        return Facts.RunCount;
    }

    /// <summary>The line at hand is damaged.</summary>
    private protected LineKind Damaged(long line, string message)
    {
        Issue(line, $"{message}; found '{Excerpt()}'");
        return LineKind.Malformed;
    }

    /// <summary>A line with zero bytes: a hole in the file, in which whole lines may be missing.</summary>
    private protected virtual LineKind Hole(long number) => Damaged(number, "the line holds zero bytes, as a crash leaves them; it is left out");

    /// <summary>The next line that is to be looked at by itself.</summary>
    private bool TryNext(LogLineReader reader, out ReadOnlySpan<byte> line)
    {
        bool isMore = TakesBlocks && HasBlocks;
        while (isMore)
        {
            var take = default(BlockTake);
            TakeBlocks(reader.Pending, reader.LineNumber + 1, ref take);
            reader.Pass(take.Bytes, take.Lines);
            Tally.Count(take.Parsed, take.Noise);
            isMore = take.WantsMore && reader.TryFill();
        }

        return reader.TryRead(out line);
    }

    private string Excerpt()
    {
        ReadOnlySpan<byte> line = _reader is null ? default : _reader.Line;
        Span<char> letters = stackalloc char[Math.Min(line.Length, MostExcerpt)];
        for (int i = 0; i < letters.Length; i++)
        {
            letters[i] = line[i] is >= 0x20 and < 0x7f ? (char)line[i] : '?';
        }

        return letters.Length == MostExcerpt ? string.Concat(letters, "...") : letters.ToString();
    }

    /// <summary>
    /// A line of stderr breaks no record. Where a run was killed in mid-line and another was appended to its file, the next
    /// run's banner stands behind the cut line: the cut line is damage, the banner counts.
    /// </summary>
    private LineKind Whole(ReadOnlySpan<byte> line, long number, bool terminated)
    {
        if (TakesBlocks && terminated && TryPlain(line, number, out LineKind plain))
        {
            return plain;
        }

        if (ErrorStreamText.Take(line, Facts))
        {
            return LineKind.Noise;
        }

        if (line.Contains((byte)0))
        {
            return Hole(number);
        }

        int at = line.IndexOf("Possibly lost "u8);
        if (at > 0 && ErrorStreamText.Take(line[at..], Facts))
        {
            // Written into the middle of a line, as Python 2 does: the line's rest is on the next one.
            Line(line[..at], number, terminated: false);
            return LineKind.Malformed;
        }

        at = line.IndexOf(Banner);
        if (at <= 0)
        {
            return Line(line, number, terminated);
        }

        Line(line[..at], number, terminated: false);
        Line(line[at..], number, terminated);
        return LineKind.Malformed;
    }

    private LineKind CutLine(long number) =>
        Damaged(number, $"the line is longer than {LogLineReader.MaxLineBytes} bytes; no tool prints such a line, so it was left out");
}
