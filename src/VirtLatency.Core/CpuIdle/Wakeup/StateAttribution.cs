using System.Globalization;

namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>Which idle state a series of wake-ups came out of, as far as the counters can say.</summary>
/// <param name="State">Its name; Mixed where no state has nine tenths; null where the counters say nothing.</param>
/// <param name="AdvertisedUs">That state's exit latency in us, as the driver's table has it; null without a single state.</param>
/// <param name="EntriesPerWakeup">Entries of all states per wake-up; null without counters.</param>
/// <param name="Note">What the counters say beyond that; null when nothing.</param>
internal sealed record StateAttribution(string? State, double? AdvertisedUs, double? EntriesPerWakeup, string? Note)
{
    /// <summary>Value of <see cref="State"/> where several states were entered.</summary>
    public const string Mixed = "Mixed";

    private const double Nearly = 0.9;

    /// <summary>Fewer entries than this per wake-up: something else kept the CPU from idling.</summary>
    public const double LeastEntries = 0.5;

    private const double ManyEntries = 1.5;

    /// <summary>
    /// A wake-up comes at a moment of the idle time, so it finds a state with the probability of its share of that time;
    /// where the time is not counted, the share of the entries is taken.
    /// </summary>
    /// <param name="states">The CPU's states.</param>
    /// <param name="usage">Entries in the series, per state; null where the counter is missing.</param>
    /// <param name="timeUs">Time in the series, per state.</param>
    /// <param name="wakeups">Wake-ups in the series.</param>
    /// <returns>The attribution.</returns>
    public static StateAttribution Of(IReadOnlyList<IdleState> states, IReadOnlyList<long?> usage, IReadOnlyList<long?> timeUs, int wakeups)
    {
        if (states.Count == 0 || usage.All(count => count is null))
        {
            return new StateAttribution(null, null, null, "no cpuidle counters: the state is not known");
        }

        double entries = usage.Sum(count => (double)(count ?? 0)) / wakeups;
        if (entries < LeastEntries)
        {
            return new StateAttribution(null, null, entries, FormattableString.Invariant($"the CPU went idle {entries * wakeups:0} times in {wakeups} wake-ups: other work kept it busy, and this is a switch between threads, no exit from an idle state"));
        }

        double totalTime = timeUs.Sum(time => (double)(time ?? 0));
        IReadOnlyList<long?> weights = totalTime > 0 ? timeUs : usage;
        double total = totalTime > 0 ? totalTime : entries * wakeups;
        var shares = states.Select((state, index) => (State: state, Share: (weights[index] ?? 0) / total)).OrderByDescending(pair => pair.Share).ToList();
        string? many = entries > ManyEntries
            ? FormattableString.Invariant($"{entries:0.0} idle entries per wake-up: interrupts or other work shorten the idle time")
            : null;
        if (shares[0].Share >= Nearly)
        {
            return new StateAttribution(shares[0].State.Name, shares[0].State.ExitLatencyUs, entries, many);
        }

        string mixture = string.Join(", ", shares.Where(pair => pair.Share >= 0.005).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.State.Name} {pair.Share * 100:0} % ({pair.State.ExitLatencyUs?.ToString(CultureInfo.InvariantCulture) ?? "?"} us)")));
        return new StateAttribution(Mixed, null, entries, string.Join("; ", new[] { "states by idle " + (totalTime > 0 ? "time: " : "entries: ") + mixture, many }.OfType<string>()));
    }
}
