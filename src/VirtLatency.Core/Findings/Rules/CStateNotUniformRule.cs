using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>CPUs of one host differ in their idle states: a latency then depends on where a thread or an interrupt happens to run.</summary>
internal sealed class CStateNotUniformRule : IFindingRule
{
    public string Id => "CStateNotUniform";

    public IEnumerable<LatencyFinding> Of(FindingInput input) => input.CStateConfig.Where(host => host.Uniform == false).Select(host => new LatencyFinding
    {
        Severity = nameof(FindingSeverity.Caution),
        Finding = $"The CPUs of {host.HostName} do not have the same idle states",
        Evidence = FormattableString.Invariant($"{host.States} on {host.CpuCount} CPUs; {host.Note}."),
        Confidence = "Certain as a configuration, at the time when it was read.",
        Caveat = "It matters where worker, vCPU or interrupt ran on the CPUs that go deeper; the scheduler may move them between two runs. It may be meant, to keep some CPUs cool.",
        NextStep = $"Get-CStateConfig -HostName {CommandText.Quoted(host.HostName)} -PerCpu | Where-Object Disabled -eq $false | Sort-Object ExitLatencyUs",
        DifferenceEnvironment = input.EnvironmentsOf(host).FirstOrDefault(),
    });
}
