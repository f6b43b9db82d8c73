namespace VirtLatency.Parsing;

/// <summary>
/// Reads a task's line of kernel_icmp_rtt as a whole: <c>Path 2 (Reply:   RX from 10.0.0.2)  : PID=0  COMM=swapper/1  IF=ens4  ICMP_Type=0</c>,
/// where the names hold no blank; others are left to the line parser. What stands before the PID is known from line to line.
/// </summary>
internal sealed class IcmpRttTask
{
    private readonly KnownText _path = new();

    /// <summary>The whole line that was read last: one task's lines are all the same.</summary>
    private readonly KnownText _line = new();
    private bool _tellsInitiator;
    private uint? _initiator;
    private bool _isRemote;

    /// <summary>The process.</summary>
    public int Pid { get; private set; }

    /// <summary>The CPU that the idle task's or softirq thread's name tells; -1 for other tasks.</summary>
    public int Cpu { get; private set; }

    /// <summary>Reads the line.</summary>
    /// <param name="rest">Behind the line afterwards.</param>
    /// <param name="path">What the line begins with.</param>
    /// <param name="type">What it ends with, its line feed included.</param>
    /// <returns>False where it is not such a line.</returns>
    public bool TryTake(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> path, ReadOnlySpan<byte> type)
    {
        if (_line.Take(ref rest))
        {
            return true;
        }

        ReadOnlySpan<byte> line = rest;
        if ((!_path.Take(ref line) && !TakePath(ref line, path))
            || !ByteText.TakeInteger(ref line, int.MaxValue, out int pid)
            || !TakeWord(ref line, " COMM="u8, out ReadOnlySpan<byte> name)
            || !TakeWord(ref line, " IF="u8, out _)
            || !TakeBlanks(ref line)
            || !ByteText.Take(ref line, type))
        {
            return false;
        }

        _line.Keep(rest[..^line.Length]);
        rest = line;
        Pid = pid;
        bool tellsCpu = ByteText.Take(ref name, "swapper/"u8) || ByteText.Take(ref name, "ksoftirqd/"u8);
        Cpu = tellsCpu && ByteText.TakeInteger(ref name, ushort.MaxValue, out int cpu) ? cpu : -1;
        return true;
    }

    /// <summary>Whether the side that pings, which path 1's line of a traced receiver names, stands second in the session; null where the line does not name it.</summary>
    public bool? IsReversed(uint source, uint destination) =>
        !_tellsInitiator ? null : _initiator is { } initiator ? initiator == destination && initiator != source : _isRemote;

    /// <summary>The line's part before the PID, looked at for the first time.</summary>
    private bool TakePath(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> path)
    {
        int end = rest.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? default : rest[..end];
        int at = line.IndexOf(": PID="u8);
        if (!line.StartsWith(path) || at <= path.Length || !IcmpRttLine.IsPlain(line))
        {
            return false;
        }

        int length = at + ": PID="u8.Length;
        ReadOnlySpan<byte> initiator = rest[path.Length..length];
        _tellsInitiator = ByteText.Take(ref initiator, "Request: RX from "u8);
        _initiator = ByteText.TakeAddress(ref initiator, out uint address) ? address : null;
        _isRemote = initiator.StartsWith("remote)"u8);
        _path.Keep(rest[..length]);
        rest = rest[length..];
        return true;
    }

    /// <summary>A field behind blanks that holds a word: letters that are neither blank nor beyond ASCII.</summary>
    private static bool TakeWord(ref ReadOnlySpan<byte> line, ReadOnlySpan<byte> label, out ReadOnlySpan<byte> word)
    {
        word = default;
        int blanks = line.IndexOfAnyExcept((byte)' ');
        if (blanks < 1 || !line[(blanks - 1)..].StartsWith(label))
        {
            return false;
        }

        ReadOnlySpan<byte> text = line[(blanks - 1 + label.Length)..];
        int length = text.IndexOfAnyExceptInRange((byte)'!', (byte)'~');
        if (length < 1 || text[length] != ' ')
        {
            return false;
        }

        word = text[..length];
        line = text[length..];
        return true;
    }

    private static bool TakeBlanks(ref ReadOnlySpan<byte> line)
    {
        int blanks = line.IndexOfAnyExcept((byte)' ');
        line = blanks > 0 ? line[blanks..] : line;
        return blanks > 0;
    }
}
