using System.Text.Json;

namespace VirtLatency.Environments;

/// <summary>environment.json: everything of the environments but the samples.</summary>
internal sealed record EnvironmentFileDocument
{
    /// <summary>Reads and writes it; names are in camel case.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        MaxDepth = 16,
    };

    public required string? Format { get; init; }

    public required int FormatVersion { get; init; }

    public required string? ModuleVersion { get; init; }

    public required IReadOnlyList<EnvironmentPart?>? Environments { get; init; }
}
