using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>
/// What makes the same part of two environments two different things: tools whose probes moved, other builds, other
/// kernels. A difference between such logs holds that too, and its row says so.
/// </summary>
internal static class Provenance
{
    /// <summary>vhost-net collects packets in batches since Linux 4.20 (drivers/vhost/net.c), which moved the copy from S2 to S1.</summary>
    private static readonly Version BatchingKernel = new(4, 20);

    private static readonly string[] Separators = ["/", "; ", " or "];

    /// <summary>What differs between the logs of roles on two sides, in words; nothing where a side does not tell.</summary>
    public static IEnumerable<string> NotesOf(EnvironmentFigures reference, EnvironmentFigures difference, IEnumerable<LogRole> roles)
    {
        foreach (LogRole role in roles)
        {
            IReadOnlyList<EnvironmentLog> left = reference.Logs(role);
            IReadOnlyList<EnvironmentLog> right = difference.Logs(role);
            if (Differ(left.Select(log => log.ProbeBoundary), right.Select(log => log.ProbeBoundary)) is { } boundaries)
            {
                yield return $"the probes of {role} moved: {boundaries}; its parts are not cut at the same places";
            }
            else if (Differ(left.Select(log => log.Version), right.Select(log => log.Version)) is { } versions)
            {
                yield return $"{role} was printed by other builds: {versions}";
            }

            if (Differ(reference.KernelsOf(role), difference.KernelsOf(role)) is { } kernels)
            {
                yield return $"kernels of {role}: {kernels}";
            }
        }
    }

    /// <summary>Whether the kvm logs of a role are known to lie on both sides of vhost-net's batching: then S1 and S2 hold different work.</summary>
    public static bool CrossesBatching(EnvironmentFigures reference, EnvironmentFigures difference, LogRole role)
    {
        bool?[] left = [.. reference.KernelsOf(role).Select(HasBatching)];
        bool?[] right = [.. difference.KernelsOf(role).Select(HasBatching)];
        return (left.Contains(true) && right.Contains(false)) || (left.Contains(false) && right.Contains(true));
    }

    /// <summary>Major and minor number of a kernel's release, for instance 4.19 of <c>4.19.90-2307.3.0.el7</c>; null where the text does not begin with them.</summary>
    public static Version? KernelOf(string? release)
    {
        string[] numbers = (release ?? string.Empty).Split('.', 3);
        string minor = numbers.Length < 2 ? string.Empty : string.Concat(numbers[1].TakeWhile(char.IsAsciiDigit));
        return Version.TryParse($"{numbers[0]}.{minor}", out Version? version) ? version : null;
    }

    /// <summary>
    /// What is known of both sides, for instance <c>4.19.90 against 5.10.0</c>; null where they agree, a side does not tell,
    /// or a text that leaves several open (a/b, a or b) has one in common with the other side.
    /// </summary>
    public static string? Differ(IEnumerable<string?> left, IEnumerable<string?> right)
    {
        string[] one = [.. left.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        string[] other = [.. right.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        bool isOpen = one.SelectMany(Choices).Intersect(other.SelectMany(Choices)).Any();
        return one.Length == 0 || other.Length == 0 || isOpen ? null : $"{string.Join(" and ", one)} against {string.Join(" and ", other)}";
    }

    private static IEnumerable<string> Choices(string text) => text.Split(Separators, StringSplitOptions.TrimEntries).Select(choice => choice.Split(" (", 2)[0]);

    private static bool? HasBatching(string release) => KernelOf(release) is { } kernel ? kernel >= BatchingKernel : null;
}
