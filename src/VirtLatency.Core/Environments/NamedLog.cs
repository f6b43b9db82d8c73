using VirtLatency.Model;

namespace VirtLatency.Environments;

/// <summary>A file that is named for a role.</summary>
/// <param name="Path">The file.</param>
/// <param name="By">Who names it: a parameter, or a manifest and its line.</param>
internal sealed record NamedLog(string Path, string By)
{
    /// <summary>The role.</summary>
    public LogRole Role { get; init; }
}
