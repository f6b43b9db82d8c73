using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Wakeup;

namespace VirtLatency.Tests.CpuIdle.Wakeup;

/// <summary>What the counters say of 200 wake-ups on POLL 0, C1 1, C1E 4, C6 290 us.</summary>
public sealed class StateAttributionTests
{
    private static readonly IdleState[] Xeon = [.. SysTree.Xeon.Select((state, index) => new IdleState(index, state.Name, null, state.Latency, state.Residency, false, false, 0, 0, 0, 0, 0))];

    [Fact]
    public void One_state()
    {
        StateAttribution attribution = StateAttribution.Of(Xeon, [0, 1, 0, 200], [0, 30, 0, 200_000], 200);

        Assert.Equal(("C6", 290.0, 1.005, null), (attribution.State, attribution.AdvertisedUs, attribution.EntriesPerWakeup, attribution.Note));
    }

    /// <summary>Half of the entries are C1, but C6 has 950 of 1000 us: a wake-up finds C6.</summary>
    [Fact]
    public void Time_counts_more_than_entries()
    {
        StateAttribution attribution = StateAttribution.Of(Xeon, [0, 200, 0, 200], [0, 10_000, 0, 190_000], 200);

        Assert.Equal("C6", attribution.State);
        Assert.Contains("2.0 idle entries per wake-up", attribution.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_states()
    {
        StateAttribution attribution = StateAttribution.Of(Xeon, [0, 60, 0, 140], [0, 3000, 0, 7000], 200);

        Assert.Equal(("Mixed", null, "states by idle time: C6 70 % (290 us), C1 30 % (1 us)"), (attribution.State, attribution.AdvertisedUs, attribution.Note));
    }

    [Fact]
    public void Without_times_the_entries_decide()
    {
        Assert.Equal("C1", StateAttribution.Of(Xeon, [0, 190, 0, 10], [null, null, null, null], 200).State);
        Assert.Equal("states by idle entries: C1 50 % (1 us), C6 50 % (290 us)", StateAttribution.Of(Xeon, [0, 100, 0, 100], [0, 0, 0, 0], 200).Note);
    }

    [Fact]
    public void A_busy_CPU_was_in_no_state()
    {
        StateAttribution attribution = StateAttribution.Of(Xeon, [0, 3, 0, 0], [0, 30, 0, 0], 200);

        Assert.Equal((null, null), (attribution.State, attribution.AdvertisedUs));
        Assert.StartsWith("the CPU went idle 3 times in 200 wake-ups", attribution.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_counters_nothing_is_said()
    {
        Assert.Equal((null, null), (StateAttribution.Of([], [], [], 200).State, StateAttribution.Of([], [], [], 200).EntriesPerWakeup));
        Assert.Null(StateAttribution.Of(Xeon, [null, null, null, null], [1, 1, 1, 1], 200).State);
    }
}
