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
    public static IEnumerable<string> NotesOf(EnvironmentFigures reference, EnvironmentFigures difference, IEnumerable<LogRole> roles) =>
        roles.SelectMany(role => NotesOf(role.ToString(), reference.Logs(role), difference.Logs(role)));

    /// <summary>The same of two logs under one name.</summary>
    public static IEnumerable<string> NotesOf(string name, IReadOnlyList<EnvironmentLog> left, IReadOnlyList<EnvironmentLog> right)
    {
        if (Differ(left, right, log => log.ProbeBoundary) is { } boundaries)
        {
            yield return $"the probes of {name} moved: {boundaries}; its parts are not cut at the same places";
        }
        else if (Differ(left, right, log => log.Version) is { } versions)
        {
            yield return $"{name} was printed by other builds: {versions}";
        }

        if (Differ(left, right, log => log.KernelRelease) is { } kernels)
        {
            yield return $"kernels of {name}: {kernels}";
        }
    }

    /// <summary>
    /// Whether two logs of one place were taken at one place. Two environments never are; before and after a change should
    /// be, or the place is as good an explanation as the change.
    /// </summary>
    public static IEnumerable<string> PlaceNotesOf(string name, IReadOnlyList<EnvironmentLog> left, IReadOnlyList<EnvironmentLog> right)
    {
        (string What, Func<EnvironmentLog, string?> Value)[] places = [("host", log => log.HostName), ("device", log => log.Device), ("queue", log => log.Queue)];
        foreach ((string what, Func<EnvironmentLog, string?> value) in places)
        {
            if (Differ(left, right, value) is { } texts)
            {
                yield return $"another {what} for {name}: {texts}";
            }
        }

        if (Differ(left, right, log => log.WorkerTid) is { } workers)
        {
            bool isNamed = left.Concat(right).All(log => log.HostName is not null);
            yield return $"another worker for {name}: {workers}{(isNamed ? string.Empty : ", perhaps of another host")}";
        }
    }

    /// <summary>Whether the kvm logs of a role are known to lie on both sides of vhost-net's batching: then S1 and S2 hold different work.</summary>
    public static bool CrossesBatching(EnvironmentFigures reference, EnvironmentFigures difference, LogRole role) =>
        CrossesBatching(reference.Logs(role), difference.Logs(role));

    /// <summary>The same of two logs.</summary>
    public static bool CrossesBatching(IReadOnlyList<EnvironmentLog> left, IReadOnlyList<EnvironmentLog> right)
    {
        bool?[] before = [.. left.Select(HasBatching).Distinct()];
        bool?[] after = [.. right.Select(HasBatching).Distinct()];
        return (before.Contains(true) && after.Contains(false)) || (before.Contains(false) && after.Contains(true));
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

    /// <summary>The same of a value of logs.</summary>
    public static string? Differ(IReadOnlyList<EnvironmentLog> left, IReadOnlyList<EnvironmentLog> right, Func<EnvironmentLog, string?> value) =>
        Differ(left.Select(value), right.Select(value));

    private static IEnumerable<string> Choices(string text) => text.Split(Separators, StringSplitOptions.TrimEntries).Select(choice => choice.Split(" (", 2)[0]);

    private static bool? HasBatching(EnvironmentLog log) => KernelOf(log.KernelRelease) is { } kernel ? kernel >= BatchingKernel : null;
}
