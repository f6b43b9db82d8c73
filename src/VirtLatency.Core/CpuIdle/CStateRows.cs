using VirtLatency.CpuIdle.Boot;
using VirtLatency.Model;

namespace VirtLatency.CpuIdle;

/// <summary>A snapshot as rows: one of the host, or one per CPU and state.</summary>
public static class CStateRows
{
    /// <summary>One row per CPU and state.</summary>
    /// <param name="snapshot">The host.</param>
    /// <returns>In order of CPU and depth.</returns>
    public static IEnumerable<CpuCState> PerCpu(CpuIdleSnapshot snapshot) => snapshot.Cpus.SelectMany(cpu => cpu.States.Select(state => new CpuCState
    {
        HostName = snapshot.HostName,
        Cpu = cpu.Number,
        State = state.Name,
        Index = state.Index,
        Description = state.Description,
        ExitLatencyUs = state.ExitLatencyUs,
        TargetResidencyUs = state.TargetResidencyUs,
        Disabled = state.IsDisabled,
        DefaultDisabled = state.IsDefaultDisabled,
        UsageCount = state.UsageCount,
        TimeUs = state.TimeUs,
        Online = cpu.IsOnline,
        ResumeLatencyLimitUs = IdleLimit.ResumeLatencyOf(cpu.ResumeLatencyLimit),
    }));

    /// <summary>The host in one row. CPUs that are not online take no part in it but for their numbers.</summary>
    /// <param name="snapshot">The host.</param>
    /// <returns>The row.</returns>
    public static CStateConfig Of(CpuIdleSnapshot snapshot)
    {
        var facts = new CStateFacts(snapshot);
        IdleState? deepest = facts.Online.SelectMany(cpu => IdleLimit.Enterable(snapshot.Governor, cpu)).MaxBy(state => (state.ExitLatencyUs ?? -1, state.Index));
        return new CStateConfig
        {
            HostName = snapshot.HostName,
            Driver = snapshot.Driver,
            Governor = snapshot.Governor,
            CpuCount = snapshot.IsOneCpuOnly ? null : facts.Online.Count,
            States = facts.StatesText,
            DeepestEnabled = deepest?.Name,
            MaxExitLatencyUs = deepest?.ExitLatencyUs,
            EffectiveLimitUs = facts.EffectiveLimitUs,
            Uniform = snapshot.IsOneCpuOnly || facts.Online.Count == 0 ? null : facts.IsUniform,
            BootParameter = snapshot.CommandLine is { } line ? VisibleText.Line(BootParameters.Relevant(line)) : null,
            Note = facts.Note,
            OnlineCpu = snapshot.IsOneCpuOnly ? null : CpuRange.TextOf(facts.Online.Select(cpu => cpu.Number)),
            OfflineCpu = snapshot.IsOneCpuOnly ? null : CpuRange.TextOf(facts.Offline),
            SmtActive = snapshot.IsSmtActive,
            LatencyRequestUs = snapshot.LatencyRequestUs,
            KernelRelease = snapshot.KernelRelease,
        };
    }
}
