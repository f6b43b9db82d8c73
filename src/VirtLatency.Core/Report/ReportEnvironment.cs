namespace VirtLatency.Report;

/// <summary>What was compared: one environment.</summary>
public sealed record ReportEnvironment
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is here, in the report's language: reference, compared, after the change.</summary>
    public required string Part { get; init; }

    /// <summary>The folder or file it was read from; null for samples piped by hand.</summary>
    public string? Path { get; init; }

    /// <summary>What its manifest says of it; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Runs.</summary>
    public required int RunCount { get; init; }

    /// <summary>Log files.</summary>
    public required int LogCount { get; init; }

    /// <summary>Samples in all logs.</summary>
    public required long SampleCount { get; init; }

    /// <summary>Samples that their flags keep out of means.</summary>
    public required long ExcludedCount { get; init; }

    /// <summary>Hosts, as a manifest names them; empty where none does.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Kernels, as logs or a manifest tell; empty where none does.</summary>
    public required IReadOnlyList<string> Kernels { get; init; }

    /// <summary>Tools with their layouts' versions.</summary>
    public required IReadOnlyList<string> Tools { get; init; }

    /// <summary>What no log of it measures, in the report's language; empty for nothing.</summary>
    public required IReadOnlyList<string> MissingLogs { get; init; }
}
