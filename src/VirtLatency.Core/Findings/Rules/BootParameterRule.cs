using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>
/// A limit of idle states that is in force somewhere is not on a host's command line: after a boot the host goes deeper.
/// The limit is the shallowest that any of the hosts keeps on all its CPUs; the advice is computed from the host's table.
/// </summary>
internal sealed class BootParameterRule : IFindingRule
{
    public string Id => "BootParameterDiffers";

    public IEnumerable<LatencyFinding> Of(FindingInput input)
    {
        (CStateConfig Host, IdleStateList States)[] hosts = [.. input.CStateConfig.Where(host => host is { States: not null, BootParameter: not null }).Select(host => (host, IdleStateList.Of(host)))];
        double? limit = hosts.Select(item => item.States.WantedUs).Where(us => us > 0).Min();
        return limit is not { } us ? [] : hosts.Where(item => item.States.KeptByBoot(us).Count > 0).Select(item => FindingOf(input, item.Host, item.States, us));
    }

    private static LatencyFinding FindingOf(FindingInput input, CStateConfig host, IdleStateList states, double limitUs)
    {
        string running = host.BootParameter!.Length == 0 ? "none that matters" : host.BootParameter;
        string limit = FormattableString.Invariant($"{limitUs} us");
        return new LatencyFinding
        {
            Severity = nameof(FindingSeverity.Caution),
            Finding = $"The boot parameters of {host.HostName} do not keep its idle states within {limit}",
            Evidence = $"{limit} is the limit that {LimitedBy(input, limitUs)} keeps. Deeper states of {host.HostName}: {string.Join(", ", states.KeptByBoot(limitUs))}; running command line: {running}; advice for {host.Driver ?? "its driver"}: {states.Advice(limitUs) ?? "no parameter of the driver does it"}.",
            Confidence = "Certain of the running command line; what boots next can differ.",
            Caveat = "A systemd unit or a tuned profile may set the limit at each boot without a parameter. states_off is there from Linux 5.6 on; max_cstate counts entries of the driver's table, not C-numbers. A limit costs power and turbo.",
            NextStep = FormattableString.Invariant($"Get-CStateBootParameter -HostName {CommandText.Quoted(host.HostName)} -MaxExitLatencyUs {limitUs}"),
            DifferenceEnvironment = input.EnvironmentsOf(host).FirstOrDefault(),
        };
    }

    private static string LimitedBy(FindingInput input, double limitUs) =>
        FindingText.List(input.CStateConfig.Where(host => IdleStateList.Of(host).WantedUs == limitUs).Select(host => host.HostName ?? "?"));
}
