using VirtLatency.Model;

namespace VirtLatency.Environments;

/// <summary>A column's moments in nanoseconds: of all samples that count, and of those with all four printed values.</summary>
internal sealed record ColumnPart
{
    public required string? Name { get; init; }

    public required MomentsState All { get; init; }

    public required MomentsState Complete { get; init; }
}
