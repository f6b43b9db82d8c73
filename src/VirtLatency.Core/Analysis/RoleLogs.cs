using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>The logs of one role of one environment.</summary>
/// <param name="Figures">The environment.</param>
/// <param name="Role">The role.</param>
internal readonly record struct RoleLogs(EnvironmentFigures Figures, LogRole Role)
{
    public IReadOnlyList<EnvironmentLog> Logs => Figures.Logs(Role);

    /// <summary>The kernels that they ran under, as far as any log of their machine tells.</summary>
    public IReadOnlyList<string> Kernels => Figures.KernelsOf(Role);

    /// <summary>A property of each log.</summary>
    public IEnumerable<string?> Values(Func<EnvironmentLog, string?> value) => Logs.Select(value);
}
