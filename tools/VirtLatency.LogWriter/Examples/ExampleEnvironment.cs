namespace VirtLatency.LogWriter;

/// <summary>Figures of one environment's logs, as its JSON file holds them.</summary>
internal sealed record ExampleEnvironment
{
    /// <summary>Address of the VM that pings.</summary>
    public required string Sender { get; init; }

    /// <summary>Address of the VM that answers.</summary>
    public required string Receiver { get; init; }

    /// <summary>The logs.</summary>
    public required IReadOnlyList<ExampleLog> Logs { get; init; }
}
