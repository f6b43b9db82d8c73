using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>The rival that every comparison has: another kernel, whether the logs tell it or not.</summary>
internal static class FindingCaveat
{
    /// <summary>What the logs say of the kernels on both sides, machine by machine.</summary>
    public static string Kernel(FindingPair pair)
    {
        (string[] One, string[] Other)[] machines = [.. Enum.GetValues<PathMachine>().Select(machine => (KernelsOf(pair.Reference, machine), KernelsOf(pair.Difference, machine))).Where(kernels => kernels.Item1.Length > 0 && kernels.Item2.Length > 0)];
        string[] differing = [.. machines.Where(kernels => !IsSame(kernels.One, kernels.Other)).Select(kernels => $"{FindingText.List(kernels.One)} against {FindingText.List(kernels.Other)}").Distinct()];
        if (differing.Length > 0)
        {
            return $"The kernels differ ({string.Join("; ", differing)}): a rival explanation that these logs do not rule out.";
        }

        return machines.Length > 0
            ? $"The logs that tell their kernel tell the same one ({FindingText.List(machines.SelectMany(kernels => kernels.One).Distinct())}); the others' kernels, and the kernels' settings, stay a rival explanation."
            : "The kernels of both sides are not known: a difference between them is a rival explanation.";
    }

    private static string[] KernelsOf(FindingSide side, PathMachine machine) =>
        [.. side.Environment.Logs.Where(log => log.RoleValue is { } role && LogRoleName.MachineOf(role) == machine).Select(log => log.KernelRelease).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A tool prints 4.19 where a manifest says 4.19.90: each kernel of a side has its like on the other.</summary>
    private static bool IsSame(string[] one, string[] other) =>
        Array.TrueForAll(one, kernel => Array.Exists(other, like => IsPart(kernel, like))) && Array.TrueForAll(other, kernel => Array.Exists(one, like => IsPart(kernel, like)));

    private static bool IsPart(string one, string other) =>
        one == other || one.StartsWith(other + ".", StringComparison.Ordinal) || other.StartsWith(one + ".", StringComparison.Ordinal);
}
