using VirtLatency.CpuIdle.Hardware;
using VirtLatency.Model;

namespace VirtLatency.CpuIdle;

/// <summary>
/// What the counters of idle states gained between two snapshots, or since boot. A counter that went backwards, a CPU that
/// went away or came: no number, and a note, never a negative.
/// </summary>
public sealed class UsageSpan
{
    private readonly CpuIdleSnapshot? _from;
    private readonly CpuIdleSnapshot _to;
    private readonly bool _isSameBoot;
    private readonly double? _seconds;
    private HardwareResidency? _hardware;

    private UsageSpan(CpuIdleSnapshot? from, CpuIdleSnapshot to)
    {
        _from = from;
        _to = to;
        _isSameBoot = from is null || from.BootId is null || to.BootId is null || from.BootId == to.BootId;
        _seconds = from is null ? to.UptimeSeconds : Positive(to.ClockSeconds - from.ClockSeconds) ?? Positive(to.UptimeSeconds - from.UptimeSeconds);
    }

    /// <summary>Since boot.</summary>
    /// <param name="snapshot">The host.</param>
    /// <returns>The span.</returns>
    public static UsageSpan SinceBoot(CpuIdleSnapshot snapshot) => new(null, snapshot);

    /// <summary>Between two moments of one host.</summary>
    /// <param name="from">The earlier one.</param>
    /// <param name="to">The later one.</param>
    /// <returns>The span.</returns>
    public static UsageSpan Between(CpuIdleSnapshot from, CpuIdleSnapshot to) => new(from, to);

    /// <summary>The span with what the hardware's counters say beside it.</summary>
    /// <param name="hardware">The counters' shares in the same time.</param>
    /// <returns>The span.</returns>
    internal UsageSpan With(HardwareResidency hardware)
    {
        _hardware = hardware;
        return this;
    }

    /// <summary>One row per CPU and state, of all CPUs that either snapshot has.</summary>
    /// <returns>In order of CPU and depth, packages behind.</returns>
    public IEnumerable<CStateUsage> PerCpu() => Gains().Select(gain => RowOf([gain], gain.Cpu)).Concat(Packages());

    /// <summary>One row per state, of all CPUs that have it.</summary>
    /// <returns>Shallow to deep; states go by their names, for their numbers can differ from CPU to CPU. Packages behind.</returns>
    public IEnumerable<CStateUsage> PerState() => Gains()
        .GroupBy(gain => gain.State, StringComparer.Ordinal)
        .OrderBy(group => group.Min(gain => gain.Index))
        .Select(group => RowOf([.. group], group.Count() == 1 ? group.First().Cpu : null))
        .Concat(Packages());

    private IEnumerable<CStateUsage> Packages() => (_hardware?.Packages ?? []).Select(package => new CStateUsage
    {
        HostName = _to.HostName,
        State = package.State,
        DurationSeconds = _seconds,
        CpuRange = CpuRange.TextOf(package.Cpus),
        HardwareResidencyPercent = package.Percent,
    });

    private CStateUsage RowOf(IReadOnlyList<Gain> gains, int? cpu)
    {
        Gain[] whole = [.. gains.Where(gain => gain.Problem is null)];
        double[] shares = [.. whole.Select(gain => 100 * gain.TimeUs / (_seconds * 1e6)).OfType<double>()];
        long? entries = Sum(whole, gain => gain.Usage);
        long? time = Sum(whole, gain => gain.TimeUs);
        return new CStateUsage
        {
            HostName = _to.HostName,
            Cpu = cpu,
            State = gains[0].State,
            EntriesPerSecond = entries / _seconds,
            ResidencyPercent = shares.Length == 0 ? null : shares.Average(),
            AboveCount = Sum(whole, gain => gain.Above),
            BelowCount = Sum(whole, gain => gain.Below),
            RejectedCount = Sum(whole, gain => gain.Rejected),
            DurationSeconds = _seconds,
            CpuRange = CpuRange.TextOf(gains.Select(gain => gain.Cpu)),
            EntryCount = entries,
            MeanStayUs = entries > 0 ? time / (double?)entries : null,
            MinResidencyPercent = shares.Length == 0 ? null : shares.Min(),
            MaxResidencyPercent = shares.Length == 0 ? null : shares.Max(),
            HardwareResidencyPercent = gains.Average(gain => _hardware?.PercentOf(gain.Cpu, gain.State)),
            Note = NoteOf(gains),
        };
    }

    private string? NoteOf(IReadOnlyList<Gain> gains)
    {
        IEnumerable<string> notes = gains.Where(gain => gain.Problem is not null)
            .GroupBy(gain => gain.Problem!, StringComparer.Ordinal)
            .Select(group => gains.Count == 1 ? group.Key : $"{group.Key}: CPU {CpuRange.TextOf(group.Select(gain => gain.Cpu))}, left out");
        IEnumerable<string> hardware = gains.Select(gain => _hardware?.NoteOf(gain.Cpu, gain.State)).OfType<string>().Distinct(StringComparer.Ordinal);
        string note = string.Join("; ", (_seconds is null ? notes.Append("the time between is unknown, for /proc/uptime is missing or did not grow") : notes).Concat(hardware));
        return note.Length == 0 ? null : note;
    }

    /// <summary>What each CPU gained in each state, in order of CPU and depth.</summary>
    private IEnumerable<Gain> Gains()
    {
        var before = Table(_from);
        var after = Table(_to);
        HashSet<int> gone = _from is null ? [] : [.. _from.Cpus.Where(cpu => cpu.IsOnline).Select(cpu => cpu.Number).Except(_to.Cpus.Where(cpu => cpu.IsOnline).Select(cpu => cpu.Number))];
        return before.Keys.Union(after.Keys).OrderBy(key => key.Cpu).ThenBy(key => (after.GetValueOrDefault(key) ?? before[key]).Index).Select(key =>
        {
            IdleState? last = after.GetValueOrDefault(key);
            IdleState? first = before.GetValueOrDefault(key);
            int index = (last ?? first)!.Index;
            if (_from is null)
            {
                return new Gain(key.Cpu, key.State, index, last!.UsageCount, last.TimeUs, last.AboveCount, last.BelowCount, last.RejectedCount, null);
            }

            string? problem = !_isSameBoot ? "the host was booted in between"
                : last is null || gone.Contains(key.Cpu) ? "the CPU went offline in between"
                : first is null ? "the CPU came online in between"
                : IsBackwards(first, last) ? "the counters went backwards"
                : null;
            return problem is null
                ? new Gain(key.Cpu, key.State, index, last!.UsageCount - first!.UsageCount, last.TimeUs - first.TimeUs, last.AboveCount - first.AboveCount, last.BelowCount - first.BelowCount, last.RejectedCount - first.RejectedCount, null)
                : new Gain(key.Cpu, key.State, index, null, null, null, null, null, problem);
        });
    }

    private static Dictionary<(int Cpu, string State), IdleState> Table(CpuIdleSnapshot? snapshot)
    {
        var table = new Dictionary<(int, string), IdleState>();
        foreach (IdleCpu cpu in snapshot?.Cpus ?? [])
        {
            foreach (IdleState state in cpu.States)
            {
                table.TryAdd((cpu.Number, state.Name), state);
            }
        }

        return table;
    }

    private static bool IsBackwards(IdleState first, IdleState last) => last.UsageCount < first.UsageCount || last.TimeUs < first.TimeUs
        || last.AboveCount < first.AboveCount || last.BelowCount < first.BelowCount || last.RejectedCount < first.RejectedCount;

    private static double? Positive(double? seconds) => seconds > 0 ? seconds : null;

    /// <summary>The sum, or null where one of them has no number.</summary>
    private static long? Sum(IReadOnlyCollection<Gain> gains, Func<Gain, long?> valueOf) =>
        gains.Count == 0 || gains.Any(gain => valueOf(gain) is null) ? null : gains.Sum(gain => valueOf(gain)!.Value);

    /// <summary>What one CPU gained in one state; without numbers where there is a problem.</summary>
    private sealed record Gain(int Cpu, string State, int Index, long? Usage, long? TimeUs, long? Above, long? Below, long? Rejected, string? Problem);
}
