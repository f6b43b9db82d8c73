using VirtLatency.Analysis;
using VirtLatency.Analysis.Statistics;
using VirtLatency.Model;

namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>The bursts of one idle length, and the row that they become.</summary>
internal sealed class WakeupSeries(double idleUs, IReadOnlyList<IdleState> states)
{
    /// <summary>Preempted more often than this per wake-up, a series shows other work as much as the wake-up.</summary>
    private const double MostPreemptions = 0.05;

    private readonly List<double[]> _bursts = [];
    private readonly long?[] _usage = new long?[states.Count];
    private readonly long?[] _timeUs = new long?[states.Count];
    private long _preemptions;
    private int _collections;

    /// <summary>Adds a burst.</summary>
    /// <param name="latenciesNs">Its wake-ups, in ns.</param>
    /// <param name="burst">What was seen around it.</param>
    public void Add(IReadOnlyList<long> latenciesNs, in WakeupBurst burst)
    {
        _bursts.Add([.. latenciesNs.Select(ns => ns / 1000.0)]);
        AddDelta(_usage, burst.Before.UsageCount, burst.After.UsageCount);
        AddDelta(_timeUs, burst.Before.TimeUs, burst.After.TimeUs);
        _preemptions += burst.PreemptionCount;
        _collections += burst.HadCollection ? 1 : 0;
    }

    /// <summary>The series as a row.</summary>
    /// <param name="cpu">The CPU that slept.</param>
    /// <param name="context">Host, sibling and what holds for all rows.</param>
    /// <returns>The row.</returns>
    public WakeupLatency ToRow(int cpu, WakeupContext context)
    {
        List<double> sorted = Sorted(_bursts);
        Interval? interval = IntervalOf(_bursts);
        StateAttribution attribution = StateAttribution.Of(states, _usage, _timeUs, sorted.Count);
        string[] unstable = [.. Disturbances(attribution, sorted.Count), .. new[] { context.Disturbance }.OfType<string>()];
        string? pauses = _collections > 0 ? FormattableString.Invariant($"{_collections} bursts held a garbage collection of this process") : null;
        string[] notes = [.. new[] { attribution.Note, pauses }.OfType<string>(), .. unstable.Select(why => "unstable: " + why), .. context.Notes];
        return new WakeupLatency
        {
            Cpu = cpu,
            IdleUs = idleUs,
            State = attribution.State,
            AdvertisedUs = attribution.AdvertisedUs,
            SampleCount = sorted.Count,
            P50Us = Quantile.Of(sorted, 0.5),
            P50LowUs = interval?.Low,
            P50HighUs = interval?.High,
            P99Us = Quantile.Of(sorted, 0.99, Quantile.LeastForP99),
            Stability = unstable.Length == 0 ? WakeupLatency.Stable : WakeupLatency.Unstable,
            WakerCpu = context.WakerCpu,
            HostName = context.HostName,
            SiblingState = context.SiblingState,
            Note = notes.Length == 0 ? null : string.Join("; ", notes),
        };
    }

    /// <summary>
    /// The order-statistic interval of all values, widened to that of the bursts' medians: values of one burst are alike,
    /// and taken as independent they would promise more than a second run keeps.
    /// </summary>
    /// <param name="bursts">Values in us by burst.</param>
    /// <returns>Low and high in us, or null with fewer than six values.</returns>
    internal static Interval? IntervalOf(IReadOnlyList<double[]> bursts)
    {
        Interval? values = QuantileInterval.Of(Sorted(bursts), 0.5);
        List<double> medians = [.. bursts.Select(burst => Quantile.Of([.. burst.Order()], 0.5)!.Value).Order()];
        return (values, QuantileInterval.Of(medians, 0.5)) switch
        {
            ({ } all, { } between) => new Interval(Math.Min(all.Low, between.Low), Math.Max(all.High, between.High)),
            _ => values,
        };
    }

    private static List<double> Sorted(IEnumerable<double[]> bursts) => [.. bursts.SelectMany(burst => burst).Order()];

    private static void AddDelta(long?[] sums, IReadOnlyList<long?> before, IReadOnlyList<long?> after)
    {
        for (int index = 0; index < Math.Min(sums.Length, Math.Min(before.Count, after.Count)); index++)
        {
            if (after[index] - before[index] is >= 0 and { } delta)
            {
                sums[index] = (sums[index] ?? 0) + delta;
            }
        }
    }

    private IEnumerable<string> Disturbances(StateAttribution attribution, int count)
    {
        if (attribution.EntriesPerWakeup < StateAttribution.LeastEntries)
        {
            yield return "the CPU was not idle";
        }

        if (_preemptions > MostPreemptions * count)
        {
            yield return FormattableString.Invariant($"other work took the CPU from sleeper or waker {_preemptions} times");
        }

        int half = _bursts.Count / 2;
        if (half > 0 && QuantileInterval.Of(Sorted(_bursts.Take(half)), 0.5) is { } first && QuantileInterval.Of(Sorted(_bursts.Skip(half)), 0.5) is { } second
            && (first.High < second.Low || second.High < first.Low))
        {
            yield return FormattableString.Invariant($"the median moved between the halves of the run, {first.Low:0.0}-{first.High:0.0} us to {second.Low:0.0}-{second.High:0.0} us");
        }
    }
}
