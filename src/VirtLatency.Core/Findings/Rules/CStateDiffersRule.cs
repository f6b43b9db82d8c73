using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>
/// Hosts may not enter the same idle states. Which host belongs to which environment is known where a manifest names the
/// machines; else all that is said is that the hosts differ among themselves.
/// </summary>
internal sealed class CStateDiffersRule : IFindingRule
{
    private static readonly (string Name, Func<CStateConfig, string?> Value)[] Aspects =
    [
        ("states", host => host.States), ("driver", host => host.Driver), ("governor", host => host.Governor), ("boot parameters", host => host.BootParameter is { Length: 0 } ? "none" : host.BootParameter),
    ];

    public string Id => "CStateDiffers";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        IReadOnlyList<CStateConfig> hosts = input.CStateConfig;
        (string Name, Func<CStateConfig, string?> Value)[] differing = [.. Aspects.Where(aspect => hosts.Select(aspect.Value).OfType<string>().Distinct(StringComparer.Ordinal).Count() > 1)];
        bool isDeeper = Differ(hosts, host => host.MaxExitLatencyUs) || Differ(hosts, host => host.EffectiveLimitUs);
        if (!isDeeper && differing.Length == 0)
        {
            return [];
        }

        bool isPlaced = hosts.All(host => input.EnvironmentsOf(host).Any());
        return
        [
            new LatencyFinding
            {
                Severity = (isDeeper || Array.Exists(differing, aspect => aspect.Name == "states") ? FindingSeverity.Important : FindingSeverity.Information).ToString(),
                Finding = isPlaced
                    ? $"The idle states of {FindingText.List(hosts.SelectMany(input.EnvironmentsOf).Distinct())} are configured differently"
                    : $"The idle states of {FindingText.List(hosts.Select(host => host.HostName ?? "?"))} are configured differently",
                Evidence = string.Join("; ", hosts.Select(host => TextOf(input, host, differing))) + ".",
                Confidence = "Certain as a configuration, at the time when it was read.",
                Caveat = (isPlaced ? string.Empty : "No manifest names the machines of all these hosts, so which of them belongs to which environment is not known. ")
                    + "What may be entered is not what was entered: the counters during the ping tell. The exit latency is the driver's table, for deep states the package's worst case."
                    + (Array.Exists(differing, aspect => aspect.Name == "driver") ? " The drivers differ too, and max_cstate counts entries of the driver's own table: the same number is another set." : string.Empty),
                NextStep = $"Get-CStateUsage -HostName {string.Join(", ", hosts.Select(host => CommandText.Quoted(host.HostName)))} -DurationSeconds 10",
                ReferenceEnvironment = isPlaced ? input.Reference?.Name : null,
                DifferenceEnvironment = isPlaced ? input.Difference.Name : null,
            },
        ];
    }

    private static bool Differ(IReadOnlyList<CStateConfig> hosts, Func<CStateConfig, double?> value) => hosts.Select(value).OfType<double>().Distinct().Count() > 1;

    private static string TextOf(FindingInput input, CStateConfig host, IEnumerable<(string Name, Func<CStateConfig, string?> Value)> differing)
    {
        string owner = FindingText.List(input.EnvironmentsOf(host));
        string depth = FormattableString.Invariant($"deepest {host.DeepestEnabled ?? "none"}, {host.MaxExitLatencyUs ?? 0} us to leave{(host.EffectiveLimitUs is { } limit ? FormattableString.Invariant($", {limit} us with PM QoS") : string.Empty)}");
        return $"{host.HostName}{(owner.Length == 0 ? string.Empty : $" of {owner}")}: {FindingText.Join(", ", differing.Select(aspect => aspect.Value(host) is { } value ? $"{aspect.Name} {value}" : null).Prepend(depth))}";
    }
}
