using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>The two sides' logs of a role are of different builds of the tool; where its probes moved, its parts are not the same parts.</summary>
internal sealed class VersionMismatchRule : IFindingRule
{
    public string Id => "VersionMismatch";

    public IEnumerable<LatencyFinding> Of(FindingInput input) => input.Pairs.Select(FindingOf).OfType<LatencyFinding>();

    private static LatencyFinding? FindingOf(FindingPair pair)
    {
        string[] moved = [.. Differing(pair, log => log.ProbeBoundary)];
        string[] builds = [.. Differing(pair, log => log.Version)];
        if (moved.Length + builds.Length == 0)
        {
            return null;
        }

        (string one, string other) = (pair.Reference.Name, pair.Difference.Name);
        return new LatencyFinding
        {
            Severity = (moved.Length > 0 ? FindingSeverity.Caution : FindingSeverity.Information).ToString(),
            Finding = moved.Length > 0
                ? $"The tools' probes moved between {one} and {other}: parts with the same name are not cut at the same places"
                : $"{one} and {other} were taken with different builds of the tools",
            Evidence = FindingText.Join("; ", moved.Select(text => "last probe of " + text).Concat(builds.Select(text => "build of " + text))) + ".",
            Confidence = "Certain where a build tells itself by its text; builds that print alike are not told apart.",
            Caveat = "A container that both builds cut alike (RoundTrip, the hosts' totals) can still be compared. Every stage holds the cost of the probes between its ends, which builds do not share.",
            NextStep = $"{CommandText.Variable(one)}, {CommandText.Variable(other)} | ForEach-Object Logs | Select-Object Role, Version, ProbeBoundary, KernelRelease",
            ReferenceEnvironment = one,
            DifferenceEnvironment = other,
        };
    }

    private static IEnumerable<string> Differing(FindingPair pair, Func<EnvironmentLog, string?> value) =>
        from role in pair.Reference.Roles
        let differ = Provenance.Differ(role.Select(value), pair.Difference.Figures.Logs(role.Key).Select(value))
        where differ is not null
        select $"{role.Key}: {differ}";
}
