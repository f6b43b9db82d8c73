using System.Numerics;
using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>
/// Writes logs of vhost_wakeup_latency: lines of long wake-ups, statistics by interval, a histogram at the end. The
/// statistics are of latencies floored to us, and cumulative.
/// </summary>
public sealed class VhostWakeupWriter : ToolLogWriter<VhostWakeupFigure>
{
    private const int PrintedAboveUs = 50;
    private const int LongestInHistogramUs = 1_000_000;
    private const int BarLength = 40;

    private readonly VhostWakeupOptions _options;
    private readonly long[] _histogram = new long[32];
    private long _intervals;
    private long _count;
    private long _sum;
    private long _longest;

    /// <summary>Makes a writer for one run.</summary>
    /// <param name="output">Takes the text; neither flushed nor closed.</param>
    /// <param name="options">How the tool was called.</param>
    public VhostWakeupWriter(TextWriter output, VhostWakeupOptions options)
        : base(output, options) => _options = options;

    private double Average => _count == 0 ? 0 : (double)_sum / _count;

    private protected override void ComposeHeader(StringBuilder text) =>
        text.Append("Tracing vhost worker wakeup latency...\nPress Ctrl-C to exit\n\n");

    private protected override void ComposeRecord(StringBuilder text, VhostWakeupFigure figure)
    {
        while (figure.Elapsed.TotalSeconds >= (_intervals + 1) * _options.IntervalSeconds)
        {
            _intervals++;
            text.Append(Invariant, $"\n[{_intervals * _options.IntervalSeconds}.0s] Statistics:\n");
            text.Append(Invariant, $"  Wakeups: {_count}, Completed switches: {_count}\n");
            text.Append(Invariant, $"  Avg latency: {PrintedNumber.Round(Average, 1):F1} us, Max latency: {_longest} us\n");
        }

        long floored = (long)figure.LatencyUs;
        _count++;
        _sum += floored;
        _longest = Math.Max(_longest, floored);
        long counted = Math.Min(floored, LongestInHistogramUs);

        // bpf_log2l counts from 1, also for 0 us.
        _histogram[(counted > 0 ? BitOperations.Log2((ulong)counted) : 0) + 1]++;
        if (_options.IsVerbose && floored > PrintedAboveUs)
        {
            text.Append(Invariant, $"  [{figure.Command}] pid={figure.Pid} latency={PrintedNumber.Round(figure.LatencyUs, 1):F1}us waker_cpu={figure.WakerCpu} target_cpu={figure.TargetCpu} run_cpu={figure.RunCpu}\n");
        }
    }

    private protected override void ComposeFooter(StringBuilder text)
    {
        text.Append('\n').Append(Rule.Double60).Append("Wakeup Latency Histogram (microseconds):\n").Append(Rule.Double60);
        ComposeHistogram(text);
        text.Append(Invariant, $"\nFinal Statistics:\n  Total wakeups: {_count}\n  Completed switches: {_count}\n");
        text.Append(Invariant, $"  Average latency: {PrintedNumber.Round(Average, 1):F1} us\n  Maximum latency: {_longest} us\n");
    }

    private void ComposeHistogram(StringBuilder text)
    {
        long largest = _histogram.Max();
        if (largest == 0)
        {
            return;
        }

        text.Append(Invariant, $"     {"latency(us)",-19} : count     distribution\n");
        for (int bucket = 1; bucket <= Array.FindLastIndex(_histogram, count => count > 0); bucket++)
        {
            // bcc's print_log2_hist: the first row is 0 -> 1.
            long low = bucket == 1 ? 0 : 1L << (bucket - 1);
            long high = (1L << bucket) - 1;
            string bar = new('*', (int)(BarLength * _histogram[bucket] / largest));
            text.Append(Invariant, $"{low,10} -> {high,-10} : {_histogram[bucket],-8} |{bar,-BarLength}|\n");
        }
    }
}
