namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>Which idle lengths are measured how often, in bursts whose order mixes the lengths.</summary>
public sealed class WakeupPlan
{
    /// <summary>No burst sleeps longer than this by plan, so that Ctrl-C and other work on the CPUs never wait long.</summary>
    public const double LongestBurstUs = 250_000;

    /// <summary>No measurement of one CPU is planned to take longer than ten minutes: two CPUs are busy meanwhile.</summary>
    public const double LongestUs = 600_000_000;

    /// <summary>Below this the halves would have no interval to compare.</summary>
    public const int LeastSamples = 20;

    private const int MostInBurst = 10;
    private const int Seed = 20_240_117;

    private WakeupPlan(IReadOnlyList<double> idleUs, IReadOnlyList<(int Series, int Count)> bursts)
    {
        IdleUs = idleUs;
        Bursts = bursts;
    }

    /// <summary>10 us to 20 ms, where governors' decisions and C-states' target residencies lie.</summary>
    public static IReadOnlyList<double> DefaultIdleUs { get; } = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];

    /// <summary>The idle lengths in us, ascending, each once.</summary>
    public IReadOnlyList<double> IdleUs { get; }

    /// <summary>The bursts in their order: place of the idle length, and wake-ups that count.</summary>
    public IReadOnlyList<(int Series, int Count)> Bursts { get; }

    /// <summary>Time asleep by plan, in us; what is between is not in it.</summary>
    public double TotalUs => Bursts.Sum(DurationUs);

    /// <summary>
    /// Makes a plan. Burst j of n of a length is put at (j + u) / n of the whole, u random between 0 and 1 with a fixed
    /// seed: every length is measured all along, in an order that no load with a period of its own follows.
    /// </summary>
    /// <param name="idleUs">Idle lengths in us.</param>
    /// <param name="sampleCount">Wake-ups per length.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="WakeupException">It would take too long.</exception>
    public static WakeupPlan Of(IEnumerable<double> idleUs, int sampleCount)
    {
        double[] lengths = [.. idleUs.Distinct().Order()];
        var random = new Random(Seed);
        var placed = new List<(double Place, int Series, int Count)>();
        for (int series = 0; series < lengths.Length; series++)
        {
            int size = (int)Math.Clamp((LongestBurstUs / lengths[series]) - ThreadPairProbe.LeadIn, 1, Math.Clamp(sampleCount / 10, 1, MostInBurst));
            int bursts = (sampleCount + size - 1) / size;
            for (int burst = 0; burst < bursts; burst++)
            {
#pragma warning disable CA5394 // An order that can be repeated is wanted, no secret.
                placed.Add(((burst + random.NextDouble()) / bursts, series, Math.Min(size, sampleCount - (burst * size))));
#pragma warning restore CA5394
            }
        }

        var plan = new WakeupPlan(lengths, [.. placed.OrderBy(burst => burst.Place).Select(burst => (burst.Series, burst.Count))]);
        return plan.TotalUs <= LongestUs ? plan : throw new WakeupException(
            WakeupProblem.MeasurementTooLong,
            null,
            FormattableString.Invariant($"{sampleCount} wake-ups at each of {lengths.Length} idle lengths sleep {plan.TotalUs / 60_000_000:0.0} minutes per CPU, and ten are allowed. Lower -SampleCount, or leave the longest lengths out of -IdleUs."));
    }

    /// <summary>What a burst sleeps by plan.</summary>
    /// <param name="burst">One of <see cref="Bursts"/>.</param>
    /// <returns>us.</returns>
    public double DurationUs((int Series, int Count) burst) => IdleUs[burst.Series] * (burst.Count + ThreadPairProbe.LeadIn);
}
