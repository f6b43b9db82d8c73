namespace VirtLatency.Parsing;

/// <summary>What became of the lines of a file. Each line is counted once.</summary>
public sealed class LineTally
{
    /// <summary>Lines that a value was taken from.</summary>
    public long Parsed { get; private set; }

    /// <summary>Known lines that carry nothing needed: rulers, stacks, pointers, footers, blank lines.</summary>
    public long Noise { get; private set; }

    /// <summary>Lines that are damaged or that no tool prints.</summary>
    public long Malformed { get; private set; }

    /// <summary>Number of the first malformed line; 0 where there is none.</summary>
    public long FirstMalformedLine { get; private set; }

    /// <summary>All lines.</summary>
    public long Total => Parsed + Noise + Malformed;

    /// <summary>A line that was counted as noise got its place after all: lines need not come in order.</summary>
    internal void NoiseWasParsed()
    {
        Noise--;
        Parsed++;
    }

    internal void Count(long parsed, long noise)
    {
        Parsed += parsed;
        Noise += noise;
    }

    internal void Count(LineKind kind, long number)
    {
        switch (kind)
        {
            case LineKind.Parsed:
                Parsed++;
                break;
            case LineKind.Noise:
                Noise++;
                break;
            default:
                Malformed++;
                FirstMalformedLine = FirstMalformedLine == 0 ? number : FirstMalformedLine;
                break;
        }
    }
}
