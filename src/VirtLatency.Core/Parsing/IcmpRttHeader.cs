using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads the header of kernel_icmp_rtt. Newer builds name the pinging side first (Ping Session); older ones, and the one
/// on libbpf, name the traced machine first (SRC_IP_FILTER), whichever side pings.
/// </summary>
internal sealed class IcmpRttHeader(LogFacts facts, IcmpRttVersion version)
{
    /// <summary>Takes a line of the header.</summary>
    /// <param name="line">The line.</param>
    /// <returns>Malformed for a line that is none.</returns>
    public LineKind Take(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line;
        if (ByteText.Take(ref rest, "Trace Direction: "u8))
        {
            facts.Direction = rest.StartsWith("TX"u8) ? "Tx" : "Rx";
            return LineKind.Parsed;
        }

        if (ByteText.Take(ref rest, "Ping Session: "u8))
        {
            return Session(rest);
        }

        if (ByteText.Take(ref rest, "SRC_IP_FILTER (Local IP): "u8))
        {
            return FilterAddress(rest, isLocal: true);
        }

        if (ByteText.Take(ref rest, "DST_IP_FILTER (Remote IP): "u8))
        {
            return FilterAddress(rest, isLocal: false);
        }

        if (ByteText.Take(ref rest, "Reporting only RTT >= "u8))
        {
            facts.IsThresholdBiased = true;
            return LineKind.Parsed;
        }

        if (line.StartsWith("Error loading BPF program: "u8))
        {
            facts.ToolError = "the BPF program was not loaded";
            return LineKind.Parsed;
        }

        return LineKind.Malformed;
    }

    private LineKind Session(ReadOnlySpan<byte> rest)
    {
        version.SeeSessionHeader(facts);
        if (!ByteText.TakeAddress(ref rest, out uint from) || !ByteText.Take(ref rest, " -> "u8) || !ByteText.TakeAddress(ref rest, out uint to))
        {
            return LineKind.Malformed;
        }

        facts.Source = AddressText.Of(from);
        facts.Destination = AddressText.Of(to);
        return LineKind.Parsed;
    }

    private LineKind FilterAddress(ReadOnlySpan<byte> rest, bool isLocal)
    {
        if (!ByteText.TakeAddress(ref rest, out uint address))
        {
            return LineKind.Malformed;
        }

        version.SeeFilterHeader(hasNumber: rest.StartsWith(" (0x"u8), facts);
        if (isLocal == (facts.Direction == "Tx"))
        {
            facts.Source = AddressText.Of(address);
        }
        else
        {
            facts.Destination = AddressText.Of(address);
        }

        return LineKind.Parsed;
    }
}
