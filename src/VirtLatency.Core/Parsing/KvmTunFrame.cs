using System.Text;

namespace VirtLatency.Parsing;

/// <summary>
/// Lines that the tools of the kvm_vhost_tun_latency family share, whatever they print between them: the header of
/// measure mode, all of discover mode, and the counters. Discover mode may stand in the same file before a run.
/// </summary>
internal sealed class KvmTunFrame(LogFacts facts)
{
    /// <summary>Builds of details and summary whose text is the same: the last probe differs, and nothing shows it.</summary>
    public const string DiscoveryVersion = "6ab1dad/c2ccdc2";

    private static readonly byte[][] NoiseAtLineStart =
    [
        "Target eventfds:"u8.ToArray(), "TID -> Queue"u8.ToArray(), "Measure mode:"u8.ToArray(), "Flow filter:"u8.ToArray(),
        "Queue filter:"u8.ToArray(), "Auto-detecting QEMU PID"u8.ToArray(), "QEMU PID:"u8.ToArray(), "Warmup: "u8.ToArray(),
        "Warmup complete."u8.ToArray(), "Tracing..."u8.ToArray(), "Duration: "u8.ToArray(), "Debug counters:"u8.ToArray(),
        "Discovered TID -> Queue"u8.ToArray(), "Warning: no eventfd_ctx"u8.ToArray(), "Wrote profile: "u8.ToArray(),
        "     TID  Queue    Count"u8.ToArray(),
    ];

    private bool _isDiscovery;

    /// <summary>Begins a run's header.</summary>
    public static ReadOnlySpan<byte> Banner => "Device filter: "u8;

    /// <summary>Reads a line that belongs to the frame.</summary>
    /// <returns>What it is; null for a line that is the tool's own.</returns>
    public LineKind? Read(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line;
        if (line.IsEmpty || ByteText.IsRuler(line, (byte)'=') || ByteText.IsRuler(line, (byte)'-'))
        {
            return LineKind.Noise;
        }

        if (ByteText.Take(ref rest, "  TID "u8))
        {
            return Worker(rest);
        }

        if (ByteText.Take(ref rest, "Target vhost TIDs: "u8) || (line.StartsWith("Found "u8) && ByteText.TakeThrough(ref rest, " vhost threads: "u8)))
        {
            return Workers(rest);
        }

        if (ByteText.Take(ref rest, "Discover mode: "u8))
        {
            _isDiscovery = true;
            return LineKind.Noise;
        }

        return ByteText.StartsWithAny(line, NoiseAtLineStart) || IsCounter(line) || (_isDiscovery && IsDiscovery(line)) ? LineKind.Noise : null;
    }

    /// <summary>Reads the device behind <c>Device filter: </c>, which begins a run.</summary>
    public LineKind Device(ReadOnlySpan<byte> rest)
    {
        _isDiscovery = false;
        facts.Device = ByteText.IsDeviceName(rest) ? Encoding.UTF8.GetString(rest) : null;
        return facts.Device is not null || rest.StartsWith("All "u8) ? LineKind.Parsed : LineKind.Malformed;
    }

    /// <summary>Reads the number behind the two blanks and the name of a line of a discovered worker.</summary>
    private LineKind Worker(ReadOnlySpan<byte> rest)
    {
        if (!ByteText.TakeInteger(ref rest, int.MaxValue, out int tid))
        {
            return LineKind.Malformed;
        }

        facts.AddWorker(tid);
        return LineKind.Parsed;
    }

    /// <summary>Reads <c>[73868, 73869]</c>.</summary>
    private LineKind Workers(ReadOnlySpan<byte> rest)
    {
        if (!ByteText.Take(ref rest, "["u8))
        {
            return LineKind.Malformed;
        }

        while (ByteText.TakeInteger(ref rest, int.MaxValue, out int tid))
        {
            facts.AddWorker(tid);
            ByteText.Take(ref rest, ", "u8);
        }

        return rest.SequenceEqual("]"u8) ? LineKind.Parsed : LineKind.Malformed;
    }

    /// <summary>True for <c>  [0] eventfd_signal: 1523</c>.</summary>
    private static bool IsCounter(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line;
        return ByteText.Take(ref rest, "  ["u8) && ByteText.TakeInteger(ref rest, 99, out int _) && ByteText.Take(ref rest, "] "u8)
            && ByteText.TakeThrough(ref rest, ": "u8) && ByteText.TakeInteger(ref rest, out long _) && rest.IsEmpty;
    }

    /// <summary>True for rows of the table of workers, and for the profile as JSON.</summary>
    private static bool IsDiscovery(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = ByteText.TrimBlanks(line);
        return !text.IsEmpty && (char.IsAsciiDigit((char)text[0]) || text[0] is (byte)'{' or (byte)'}' or (byte)'"' or (byte)']');
    }
}
