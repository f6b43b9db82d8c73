namespace VirtLatency.Analysis;

/// <summary>How finely the round trip is cut.</summary>
public enum BreakdownLevel
{
    /// <summary>A to M: disjoint segments in path order.</summary>
    Segment,

    /// <summary>The stages inside E, L, B_1 and I_1.</summary>
    Stage,

    /// <summary>Sender host, between the hosts, receiver host: three parts that close by construction.</summary>
    Span,

    /// <summary>VM, forwarding, host to host, virtualization.</summary>
    Layer,

    /// <summary>The intervals that one clock measured as a whole.</summary>
    Container,
}
