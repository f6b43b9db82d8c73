using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>
/// Before and after a change are logs of the same tool, but of another host, device, queue or worker, or of the path's
/// other end: what looks like the change's effect can be the difference of two hosts.
/// </summary>
internal sealed class FixOnAnotherHostRule : IFindingRule
{
    private static readonly (string Name, Func<EnvironmentLog, string?> Value)[] Marks =
        [("device", log => log.Device), ("queue", log => log.Queue), ("worker", log => log.WorkerTid)];

    private static readonly (string Name, Func<EnvironmentLog, string?> Value)[] Places = [("host", log => log.HostName), .. Marks];

    public string Id => "FixOnAnotherHost";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        if (input.Change is not { } pair)
        {
            return [];
        }

        (LogRole Before, string Text)[] differences = [.. pair.Difference.Roles.SelectMany(role => DifferencesOf(pair.Reference, role.Key, [.. role]))];
        bool isKnown = pair.Reference.Environment.Logs.Any(log => log.HostName is not null) && pair.Difference.Environment.Logs.Any(log => log.HostName is not null);
        return differences.Length == 0 ? [] :
        [
            new LatencyFinding
            {
                Severity = nameof(FindingSeverity.Important),
                Finding = $"Before and after the change may be different hosts: {pair.Reference.Name} and {pair.Difference.Name} were not taken at the same place",
                Evidence = string.Join("; ", differences.Select(difference => difference.Text)) + ".",
                Confidence = isKnown
                    ? "That the logs are of different places is certain."
                    : "That the logs differ in this is certain; that the hosts do is possible: no manifest names the machines.",
                Caveat = "Device and worker change on the same host too, when a VM is started again or moved away and back. Another end of the path is another host, and its worker was idle for another time.",
                NextStep = CommandText.Noted("after the change, where it ran before", CommandText.Capture(pair.Reference, differences[0].Before)),
                ReferenceEnvironment = pair.Reference.Name,
                DifferenceEnvironment = pair.Difference.Name,
            },
        ];
    }

    private static IEnumerable<(LogRole Before, string Text)> DifferencesOf(FindingSide before, LogRole role, IReadOnlyList<EnvironmentLog> after)
    {
        IReadOnlyList<EnvironmentLog> same = before.Figures.Logs(role);
        if (same.Count == 0)
        {
            return OtherEnd(before, role, after);
        }

        bool isSameHost = same.Concat(after).Select(log => log.HostName).Distinct().ToArray() is [not null];
        IEnumerable<string> host = Provenance.Differ(same.Select(log => log.HostName), after.Select(log => log.HostName)) is { } names ? [$"{role} on {names}"] : [];
        IEnumerable<string> marks = isSameHost ? [] : Marks.Select(mark => Provenance.Differ(same.Select(mark.Value), after.Select(mark.Value)) is { } values ? $"{role}: {mark.Name} {values}" : null).OfType<string>();
        return host.Concat(marks).Select(text => (role, text));
    }

    /// <summary>The tool ran before at the other end only: two directions are no before and after.</summary>
    private static IEnumerable<(LogRole Before, string Text)> OtherEnd(FindingSide before, LogRole role, IReadOnlyList<EnvironmentLog> after)
    {
        IGrouping<LogRole, EnvironmentLog>? other = before.Roles.FirstOrDefault(own => LogRoleName.ToolOf(own.Key) == LogRoleName.ToolOf(role) && LogRoleName.HostOf(own.Key) != LogRoleName.HostOf(role));
        if (other is not null)
        {
            yield return (other.Key, $"{LogToolName.Of(LogRoleName.ToolOf(role))} ran at {other.Key}{PlaceOf([.. other])} before and at {role}{PlaceOf(after)} after");
        }
    }

    private static string PlaceOf(IReadOnlyList<EnvironmentLog> logs)
    {
        string place = FindingText.Join(", ", Places.Select(mark => logs.Select(mark.Value).OfType<string>().FirstOrDefault() is { } value ? $"{mark.Name} {value}" : null));
        return place.Length == 0 ? string.Empty : $" ({place})";
    }
}
