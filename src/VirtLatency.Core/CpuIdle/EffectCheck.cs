namespace VirtLatency.CpuIdle;

/// <summary>
/// The effect of a limit from the counters: over at least a second the usage of each limited state gains nothing. One
/// leftover entry per CPU is allowed: a sleep that began before the limit is counted when it ends.
/// </summary>
/// <param name="Effect">The effect.</param>
/// <param name="Note">What was seen; null where there is nothing to say.</param>
public sealed record EffectCheck(LimitEffect Effect, string? Note)
{
    /// <summary>The shortest time that counts.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private static readonly EffectCheck Stopped = new(LimitEffect.NotVerified, "stopped before the counters were watched for a second");

    /// <summary>Watches the counters.</summary>
    /// <param name="host">The host.</param>
    /// <param name="plan">The limit, as written.</param>
    /// <param name="wait">Waits that long; null for real time.</param>
    /// <param name="cancellation">Ends the wait; the effect is then not verified.</param>
    /// <returns>The effect.</returns>
    public static EffectCheck Watch(IHostAccess host, LimitPlan plan, Action<TimeSpan>? wait = null, CancellationToken cancellation = default)
    {
        if (plan.Limited.Count == 0)
        {
            return new EffectCheck(LimitEffect.NotVerified, "no state is limited");
        }

        string[] paths = [.. plan.Cpus.Select(cpu => FormattableString.Invariant($"{CpuIdleReader.CpuFolder}/cpu{cpu}/cpuidle/state*/usage"))];
        try
        {
            HostTree before = host.Read(paths, cancellation);
            if (wait is not null)
            {
                wait(Shortest);
            }
            else if (cancellation.WaitHandle.WaitOne(Shortest + TimeSpan.FromMilliseconds(100)))
            {
                return Stopped;
            }

            return Judge(plan, before, host.Read(paths, cancellation));
        }
        catch (OperationCanceledException)
        {
            return Stopped;
        }
        catch (HostAccessException e)
        {
            // The limit stands all the same: its change must reach the user, who takes it back with it.
            return new EffectCheck(LimitEffect.NotVerified, $"the counters could not be read: {e.Message}");
        }
    }

    private static EffectCheck Judge(LimitPlan plan, HostTree before, HostTree after)
    {
        ILookup<int, int> limited = plan.Limited.ToLookup(item => item.Cpu, item => item.Index);
        var entered = new List<int>();
        var silent = new List<int>();
        var unknown = new List<int>();
        long entries = 0;
        foreach (IdleCpu cpu in plan.Snapshot.Cpus.Where(cpu => plan.Cpus.Contains(cpu.Number) && limited[cpu.Number].Any()))
        {
            long? gained = Sum(limited[cpu.Number].Select(index => Delta(before, after, cpu.Number, index)));
            long? all = Sum(cpu.States.Select(state => Delta(before, after, cpu.Number, state.Index)));
            (gained is null ? unknown : gained > 1 ? entered : all is null or 0 ? silent : null)?.Add(cpu.Number);
            entries += gained > 1 ? gained.Value : 0;
        }

        if (entered.Count > 0)
        {
            return new EffectCheck(LimitEffect.WrittenButNotEffective, FormattableString.Invariant($"governor {plan.Snapshot.Governor ?? "unknown"} entered limited states {entries} times in a second on CPUs {CpuRange.TextOf(entered)}"));
        }

        if (unknown.Count > 0)
        {
            return new EffectCheck(LimitEffect.NotVerified, $"no usage counters on CPUs {CpuRange.TextOf(unknown)}");
        }

        if (Open(plan, limited) is { Length: > 0 } open)
        {
            return new EffectCheck(LimitEffect.NotVerified, $"governor {plan.Snapshot.Governor} may enter limited states all the same on CPUs {CpuRange.TextOf(open)}; it did not in this second");
        }

        int seen = limited.Count - silent.Count;
        return silent.Count == 0 ? new EffectCheck(LimitEffect.Effective, null)
            : seen == 0 ? new EffectCheck(LimitEffect.NotVerified, "no CPU entered any idle state in a second")
            : new EffectCheck(LimitEffect.Effective, $"not seen on CPUs {CpuRange.TextOf(silent)}, which entered no idle state in a second");
    }

    /// <summary>CPUs whose governor does not keep them out of the limited states: that none was entered there was chance.</summary>
    private static int[] Open(LimitPlan plan, ILookup<int, int> limited)
    {
        ILookup<int, LimitWrite> writes = plan.Writes.ToLookup(write => write.Cpu);
        return [.. plan.Snapshot.Cpus.Where(cpu => limited[cpu.Number].Any()).Select(cpu => cpu.With(writes[cpu.Number]))
            .Where(cpu => IdleLimit.Enterable(plan.Snapshot.Governor, cpu, IdleLimit.Of(cpu)).Any(state => limited[cpu.Number].Contains(state.Index)))
            .Select(cpu => cpu.Number)];
    }

    private static long? Sum(IEnumerable<long?> deltas) => deltas.Aggregate((long?)0, (sum, delta) => sum + delta);

    private static long? Delta(HostTree before, HostTree after, int cpu, int index)
    {
        string path = CpuIdleReader.PathOf(cpu, index, "usage");
        return after.NumberOf(path) - before.NumberOf(path);
    }
}
