using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Wakeup;
using VirtLatency.Model;

namespace VirtLatency.Tests.CpuIdle.Wakeup;

/// <summary>Rows from a simulated CPU, on a host of typed files.</summary>
public sealed class WakeupMeasurementTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SysTree _tree;

    public WakeupMeasurementTests()
    {
        _tree = new SysTree(_folder.Path).Online("0-3").Write("/proc/2/task/2/stat", ThreadText.Stat(2, "kthreadd", flags: 0x208040));
        foreach (int cpu in (int[])[0, 1, 2, 3])
        {
            _tree.Cpu(cpu, SysTree.Xeon).Write(FormattableString.Invariant($"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list"), FormattableString.Invariant($"{cpu % 2},{(cpu % 2) + 2}"));
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>20 bursts of 10: 5.000 to 5.009 us, 20 of each; the median is between 5.004 and 5.005.</summary>
    [Fact]
    public void Every_value_of_a_row()
    {
        IReadOnlyList<WakeupLatency> rows = Measure(new SimulatedProbe(), 200);

        Assert.Equal([100.0, 2000.0], rows.Select(row => row.IdleUs));
        Assert.Equal(["C1", "C6"], rows.Select(row => row.State));
        Assert.Equal([1.0, 290.0], rows.Select(row => row.AdvertisedUs));
        WakeupLatency first = rows[0];
        Assert.Equal((1, 0, "hv-07", 200L), (first.Cpu, first.WakerCpu, first.HostName, first.SampleCount));
        Assert.Equal(5.0045, first.P50Us!.Value, 9);
        Assert.Equal((5.004, 5.005), (first.P50LowUs, first.P50HighUs));
        Assert.Equal(5.009, first.P99Us!.Value, 9);
        Assert.Equal(105.0045, rows[1].P50Us!.Value, 9);
        Assert.Equal(("Stable", null), (first.Stability, first.Note));
        Assert.Equal("cpu3 unknown", first.SiblingState);
    }

    /// <summary>44 bursts run: the first is thrown away, the halves' medians are 5 and 9 us.</summary>
    [Fact]
    public void A_median_that_moves_is_unstable()
    {
        IReadOnlyList<WakeupLatency> rows = Measure(new SimulatedProbe { Shift = number => number > 20 ? 4_000 : 0 }, 200);

        Assert.All(rows, row => Assert.Equal("Unstable", row.Stability));
        Assert.Contains("unstable: the median moved between the halves of the run, 5.0-5.0 us to 9.0-9.0 us", rows[0].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_busy_CPU_is_unstable_and_has_no_state()
    {
        WakeupLatency row = Measure(new SimulatedProbe { IsBusy = true, Preemptions = 1 }, 200)[1];

        Assert.Equal((null, null, "Unstable"), (row.State, row.AdvertisedUs, row.Stability));
        Assert.Contains("unstable: the CPU was not idle", row.Note, StringComparison.Ordinal);
        Assert.Contains("unstable: other work took the CPU from sleeper or waker 20 times", row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void No_P99_below_100_samples() => Assert.Equal([null, null], Measure(new SimulatedProbe(), 99).Select(row => row.P99Us));

    /// <summary>Burst 5 is run twice, burst 8 three times, and then it is said: one to throw away, 20 of the plan, 3 more.</summary>
    [Fact]
    public void Bursts_with_a_collection_are_run_again()
    {
        var probe = new SimulatedProbe { Collections = { 5, 8, 9, 10 } };

        IReadOnlyList<WakeupLatency> rows = Measure(probe, 20);

        Assert.Equal(1 + 20 + 3, probe.Runs);
        Assert.Single(rows, row => row.Note?.Contains("1 bursts held a garbage collection", StringComparison.Ordinal) == true);
        Assert.All(rows, row => Assert.Equal(20, row.SampleCount));
        Assert.True(probe.IsDisposed);
    }

    /// <summary>Ticks: user nice system idle iowait irq softirq steal. The sibling is busy 25 of 100; 3 of 100 are stolen.</summary>
    [Fact]
    public void Sibling_and_stolen_time()
    {
        Stat("cpu1 100 0 0 100 0 0 0 0", "cpu3 0 0 0 0 0 0 0 0");
        var after = new SimulatedProbe
        {
            Shift = _ =>
            {
                Stat("cpu1 100 0 0 197 0 0 0 3", "cpu3 20 0 5 75 0 0 0 0");
                return 0;
            },
        };

        WakeupLatency row = Measure(after, 20)[0];

        Assert.Equal("cpu3 25 % busy", row.SiblingState);
        Assert.Equal(("Unstable", "unstable: the hypervisor took 3 % of a CPU's time meanwhile"), (row.Stability, row.Note));
    }

    /// <summary>20 bursts of 2 and 2 lead-ins at 100 and 2000 us: 84 ms.</summary>
    [Fact]
    public void A_short_run_in_a_virtual_machine_is_unstable()
    {
        _tree.Write("/sys/hypervisor/type", "xen");

        WakeupLatency row = Measure(new SimulatedProbe(), 20)[0];

        Assert.Equal("Unstable", row.Stability);
        Assert.Contains("unstable: the run is shorter than 5 s", row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_comes_to_its_end_and_cancelling_disposes()
    {
        var shares = new List<double>();
        using var stop = new CancellationTokenSource();
        var probe = new SimulatedProbe();
        WakeupMeasurement measurement = Prepare(20);

        Assert.Throws<OperationCanceledException>(() => measurement.Run(measurement.Pairs[0], (_, _) => probe, share => Cancel(share), stop.Token));

        Assert.Equal(10, shares.Count);
        Assert.True(probe.IsDisposed);
        Assert.Equal(shares.Order(), shares);

        void Cancel(double share)
        {
            shares.Add(share);
            if (shares.Count == 10)
            {
                stop.Cancel();
            }
        }
    }

    private void Stat(params string[] lines) => _tree.Write("/proc/stat", string.Join('\n', lines));

    private WakeupMeasurement Prepare(int samples) => new(LocalHost.Captured(_folder.Path), new WakeupRequest([], null, WakeupPlan.Of([2000, 100], samples), IsForced: false));

    private IReadOnlyList<WakeupLatency> Measure(SimulatedProbe probe, int samples)
    {
        WakeupMeasurement measurement = Prepare(samples);
        return measurement.Run(Assert.Single(measurement.Pairs), (_, _) => probe, null, default);
    }
}
