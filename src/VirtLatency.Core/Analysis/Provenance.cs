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
        roles.SelectMany(role => NotesOf(role.ToString(), new RoleLogs(reference, role), new RoleLogs(difference, role)));

    /// <summary>The same of two roles under one name.</summary>
    public static IEnumerable<string> NotesOf(string name, RoleLogs left, RoleLogs right)
    {
        SharedLogs shared = left.Role == right.Role ? left.Figures.SharedWith(right.Figures, left.Role) : SharedLogs.Of(name, left, right);
        if (shared.Note is { } same)
        {
            yield return same;
        }

        foreach (string own in new[] { left, right }.SelectMany(side => new[] { side.Figures.CopiesNote(side.Role), side.Figures.UntestedNote(side.Role) }).OfType<string>())
        {
            yield return own;
        }

        if (Differ(left.Values(log => log.ProbeBoundary), right.Values(log => log.ProbeBoundary)) is { } boundaries)
        {
            yield return $"the probes of {name} moved: {boundaries}; its parts are not cut at the same places";
        }
        else if (Differ(left.Values(log => log.Version), right.Values(log => log.Version)) is { } versions)
        {
            yield return $"{name} was printed by other builds: {versions}";
        }

        if (Differ(left.Kernels, right.Kernels) is { } kernels)
        {
            yield return $"kernels of {name}: {kernels}";
        }
    }

    /// <summary>
    /// Whether two roles' logs were taken at one place. Two environments' never are; before and after a change they should
    /// be, or the place is as good an explanation as the change. Any host, queue or worker that is on one side only counts.
    /// </summary>
    public static IEnumerable<string> PlaceNotesOf(string name, RoleLogs left, RoleLogs right)
    {
        (string What, Func<EnvironmentLog, string?> Value)[] places = [("host", log => log.HostName), ("device", log => log.Device), ("queue", log => log.Queue)];
        foreach ((string what, Func<EnvironmentLog, string?> value) in places)
        {
            if (Against(left, right, value) is { } texts)
            {
                yield return $"another {what} for {name}: {texts}";
            }
        }

        if (Against(left, right, log => log.WorkerTid) is { } workers)
        {
            bool isNamed = left.Logs.Concat(right.Logs).All(log => log.HostName is not null);
            yield return $"another worker for {name}: {workers}{(isNamed ? string.Empty : ", perhaps of another host")}";
        }
    }

    /// <summary>Whether kvm logs are known to lie on both sides of vhost-net's batching: then S1 and S2 hold different work.</summary>
    public static bool CrossesBatching(RoleLogs left, RoleLogs right)
    {
        bool?[] one = [.. left.Kernels.Select(HasBatching)];
        bool?[] other = [.. right.Kernels.Select(HasBatching)];
        return (one.Contains(true) && other.Contains(false)) || (one.Contains(false) && other.Contains(true));
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

    private static string? Against(RoleLogs left, RoleLogs right, Func<EnvironmentLog, string?> value)
    {
        (string one, string other) = (string.Join(" and ", Known(left)), string.Join(" and ", Known(right)));
        return one.Length == 0 || other.Length == 0 || one == other ? null : $"{one} against {other}";

        IEnumerable<string> Known(RoleLogs logs) => logs.Values(value).OfType<string>().Distinct().Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Choices(string text) => text.Split(Separators, StringSplitOptions.TrimEntries).Select(choice => choice.Split(" (", 2)[0]);

    private static bool? HasBatching(string release) => KernelOf(release) is { } kernel ? kernel >= BatchingKernel : null;
}
