using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>The rival that every comparison has: another kernel, whether the logs tell it or not.</summary>
internal static class FindingCaveat
{
    /// <summary>What the logs say of the kernels on both sides.</summary>
    public static string Kernel(FindingPair pair)
    {
        IReadOnlyList<EnvironmentLog> left = pair.Reference.Environment.Logs;
        IReadOnlyList<EnvironmentLog> right = pair.Difference.Environment.Logs;
        if (Provenance.Differ(left.Select(log => log.KernelRelease), right.Select(log => log.KernelRelease)) is { } kernels)
        {
            return $"The kernels differ ({kernels}): a rival explanation that these logs do not rule out.";
        }

        string? known = left.Concat(right).Select(log => log.KernelRelease).OfType<string>().FirstOrDefault();
        bool isBoth = left.Any(log => log.KernelRelease is not null) && right.Any(log => log.KernelRelease is not null);
        return isBoth
            ? $"The logs that tell their kernel tell the same one ({known}); the others' kernels, and the kernels' settings, stay a rival explanation."
            : "The kernels of both sides are not known: a difference between them is a rival explanation.";
    }
}
