using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// One tool's grammar as a state machine over lines. A parser keeps one record's state, allocates nothing per line, and
/// takes lines from whoever cuts them: bytes → lines → parser → visitor.
/// </summary>
public abstract class LogParser
{
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
        _isRunDue = true;
        try
        {
            while (reader.TryRead(out ReadOnlySpan<byte> line))
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

    /// <summary>The text that begins a run's log.</summary>
    private protected abstract ReadOnlySpan<byte> Banner { get; }

    private protected abstract LineKind Line(ReadOnlySpan<byte> line, long number, bool terminated);

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

    private protected LineKind Damaged(long line, string message)
    {
        Issue(line, message);
        return LineKind.Malformed;
    }

    /// <summary>
    /// A line of stderr breaks no record. Where a run was killed in mid-line and another was appended to its file, the next
    /// run's banner stands behind the cut line: the cut line is damage, the banner counts.
    /// </summary>
    private LineKind Whole(ReadOnlySpan<byte> line, long number, bool terminated)
    {
        if (ErrorStreamText.Take(line, Facts))
        {
            return LineKind.Noise;
        }

        int at = line.IndexOf(Banner);
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
