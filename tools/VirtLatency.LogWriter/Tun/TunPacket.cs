namespace VirtLatency.LogWriter;

/// <summary>What stage 1 tells about the packet.</summary>
public readonly record struct TunPacket
{
    private TunPacket(string text) => Text = text;

    /// <summary>A packet of which the tool could not tell anything.</summary>
    public static TunPacket Unknown => new(string.Empty);

    /// <summary>A packet whose description the tool failed to print.</summary>
    public static TunPacket Unprintable => new(" [packet info parse error]");

    /// <summary>The text behind COMM, with its leading blank.</summary>
    internal string Text { get; }

    /// <summary>An ICMP packet.</summary>
    /// <param name="source">Source address.</param>
    /// <param name="destination">Destination address.</param>
    /// <param name="type">8 for a request, 0 for a reply.</param>
    /// <param name="icmpId">ICMP identifier.</param>
    /// <param name="sequence">ICMP sequence number.</param>
    /// <returns>The packet.</returns>
    public static TunPacket Icmp(string source, string destination, int type, ushort icmpId, ushort sequence) =>
        new(FormattableString.Invariant($" ICMP {source} -> {destination} type={type} code=0 id={icmpId} seq={sequence}"));

    /// <summary>A TCP packet.</summary>
    /// <param name="source">Source address.</param>
    /// <param name="sourcePort">Source port.</param>
    /// <param name="destination">Destination address.</param>
    /// <param name="destinationPort">Destination port.</param>
    /// <returns>The packet.</returns>
    public static TunPacket Tcp(string source, int sourcePort, string destination, int destinationPort) =>
        new(FormattableString.Invariant($" TCP {source}:{sourcePort} -> {destination}:{destinationPort}"));

    /// <summary>A UDP packet.</summary>
    /// <param name="source">Source address.</param>
    /// <param name="sourcePort">Source port.</param>
    /// <param name="destination">Destination address.</param>
    /// <param name="destinationPort">Destination port.</param>
    /// <returns>The packet.</returns>
    public static TunPacket Udp(string source, int sourcePort, string destination, int destinationPort) =>
        new(FormattableString.Invariant($" UDP {source}:{sourcePort} -> {destination}:{destinationPort}"));

    /// <summary>A packet of another protocol.</summary>
    /// <param name="source">Source address.</param>
    /// <param name="destination">Destination address.</param>
    /// <param name="protocol">IP protocol number.</param>
    /// <returns>The packet.</returns>
    public static TunPacket Other(string source, string destination, int protocol) =>
        new(FormattableString.Invariant($" IP {source} -> {destination} proto={protocol}"));
}
