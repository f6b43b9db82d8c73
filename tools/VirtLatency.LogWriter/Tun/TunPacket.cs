namespace VirtLatency.LogWriter;

/// <summary>What stage 1 tells about the packet.</summary>
public readonly record struct TunPacket
{
    /// <summary>A packet of which the tool could not tell anything.</summary>
    public static TunPacket Unknown => default;

    /// <summary>A packet whose description the tool failed to print.</summary>
    public static TunPacket Unprintable => new() { IsUnprintable = true };

    /// <summary>Source address; null where nothing is told.</summary>
    public string? Source { get; private init; }

    /// <summary>Destination address; null where nothing is told.</summary>
    public string? Destination { get; private init; }

    /// <summary>IP protocol number.</summary>
    public int Protocol { get; private init; }

    /// <summary>ICMP type.</summary>
    public int IcmpType { get; private init; }

    /// <summary>ICMP identifier.</summary>
    public ushort IcmpId { get; private init; }

    /// <summary>ICMP sequence number.</summary>
    public ushort Sequence { get; private init; }

    /// <summary>Source and destination port of TCP and UDP.</summary>
    public (int Source, int Destination) Ports { get; private init; }

    private bool IsUnprintable { get; init; }

    /// <summary>An ICMP packet.</summary>
    /// <param name="source">Source address.</param>
    /// <param name="destination">Destination address.</param>
    /// <param name="type">8 for a request, 0 for a reply.</param>
    /// <param name="icmpId">ICMP identifier.</param>
    /// <param name="sequence">ICMP sequence number.</param>
    /// <returns>The packet.</returns>
    public static TunPacket Icmp(string source, string destination, int type, ushort icmpId, ushort sequence) =>
        new() { Source = source, Destination = destination, Protocol = 1, IcmpType = type, IcmpId = icmpId, Sequence = sequence };

    /// <summary>A TCP packet.</summary>
    /// <param name="source">Source address.</param>
    /// <param name="sourcePort">Source port.</param>
    /// <param name="destination">Destination address.</param>
    /// <param name="destinationPort">Destination port.</param>
    /// <returns>The packet.</returns>
    public static TunPacket Tcp(string source, int sourcePort, string destination, int destinationPort) =>
        new() { Source = source, Destination = destination, Protocol = 6, Ports = (sourcePort, destinationPort) };

    /// <summary>A UDP packet.</summary>
    /// <param name="source">Source address.</param>
    /// <param name="sourcePort">Source port.</param>
    /// <param name="destination">Destination address.</param>
    /// <param name="destinationPort">Destination port.</param>
    /// <returns>The packet.</returns>
    public static TunPacket Udp(string source, int sourcePort, string destination, int destinationPort) =>
        new() { Source = source, Destination = destination, Protocol = 17, Ports = (sourcePort, destinationPort) };

    /// <summary>A packet of another protocol.</summary>
    /// <param name="source">Source address.</param>
    /// <param name="destination">Destination address.</param>
    /// <param name="protocol">IP protocol number.</param>
    /// <returns>The packet.</returns>
    public static TunPacket Other(string source, string destination, int protocol) =>
        new() { Source = source, Destination = destination, Protocol = protocol };

    /// <summary>The text behind COMM, with its leading blank.</summary>
    /// <param name="version">The build that prints it.</param>
    /// <returns>Empty where nothing is told.</returns>
    internal string TextOf(TunLogVersion version)
    {
        if (IsUnprintable || (version == TunLogVersion.Uniform && Source is not null))
        {
            return " [packet info parse error]";
        }

        if (Source is null)
        {
            return string.Empty;
        }

        bool isReversed = version == TunLogVersion.FiveStages;
        string name = Protocol switch
        {
            6 => "TCP",
            17 => "UDP",
            1 when !isReversed => "ICMP",
            _ => version == TunLogVersion.Libbpf ? "OTHER" : "IP",
        };
        string arrow = version is TunLogVersion.Libbpf or TunLogVersion.Abbreviated ? "->" : " -> ";
        string from = End(Source, Ports.Source, isReversed);
        string to = End(Destination!, Ports.Destination, isReversed);
        return FormattableString.Invariant($" {name} {from}{arrow}{to}{Tail(version, name)}");
    }

    private string Tail(TunLogVersion version, string name) => (version, name) switch
    {
        (TunLogVersion.Libbpf, _) or (_, "TCP" or "UDP") => string.Empty,
        (_, "IP") => FormattableString.Invariant($" proto={Protocol}"),
        (TunLogVersion.Abbreviated, _) => FormattableString.Invariant($" type={IcmpType}"),
        _ => FormattableString.Invariant($" type={IcmpType} code=0 id={IcmpId} seq={Sequence}"),
    };

    /// <summary>The build that reverses addresses does so with ports, too.</summary>
    private string End(string address, int port, bool isReversed)
    {
        string printed = isReversed ? string.Join('.', address.Split('.').Reverse()) : address;
        int number = isReversed ? ((port & 0xff) << 8) | (port >> 8) : port;
        return Protocol is 6 or 17 ? FormattableString.Invariant($"{printed}:{number}") : printed;
    }
}
