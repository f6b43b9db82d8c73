namespace VirtLatency.Model;

/// <summary>One average of the block that kvm_vhost_tun_latency prints at its end.</summary>
public sealed class KvmTunSummary
{
    /// <summary>Name of the environment that the log belongs to.</summary>
    public string? Environment { get; init; }

    /// <summary>Sender or Receiver as given.</summary>
    public string? HostRole { get; init; }

    /// <summary>The tap device, from the header.</summary>
    public string? Device { get; init; }

    /// <summary>S0, S1, S2 or Total.</summary>
    public string? Name { get; init; }

    /// <summary>Samples behind the average; null where the block does not print it.</summary>
    public long? SampleCount { get; init; }

    /// <summary>The printed average in us: of floored values, so about 0.5 us low a stage. Null where it printed n/a.</summary>
    public double? MeanUs { get; init; }

    /// <summary>The log file.</summary>
    public string? File { get; init; }

    /// <summary>Line in the file.</summary>
    public long Line { get; init; }
}
