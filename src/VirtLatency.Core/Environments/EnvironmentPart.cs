namespace VirtLatency.Environments;

/// <summary>An environment.</summary>
internal sealed record EnvironmentPart
{
    public required string? Name { get; init; }

    public required string? Path { get; init; }

    public string? Note { get; init; }

    public required IReadOnlyList<LogPart?>? Logs { get; init; }
}
