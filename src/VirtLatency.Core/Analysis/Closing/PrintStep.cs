using VirtLatency.Model;

namespace VirtLatency.Analysis.Closing;

/// <summary>How far a printed number can be off the true one, in us, by the steps in which each tool prints.</summary>
internal static class PrintStep
{
    /// <summary>kernel_icmp_rtt rounds to 0.001 us.</summary>
    public const double VmUs = 0.0005;

    /// <summary>icmp_drop_detector rounds to 0.1 us.</summary>
    public const double HostUs = 0.05;

    /// <summary>VirtSender: RoundTrip, A and M of the VM, the span of the host.</summary>
    public const double VirtSenderUs = (3 * VmUs) + HostUs;

    /// <summary>VirtReceiver: External of the host, the total of the VM.</summary>
    public const double VirtReceiverUs = HostUs + VmUs;

    private const int NanosecondsPerMicrosecond = 1000;

    /// <summary>One delay of tun_tx_to_kvm_irq: its text rounds to 1 us, its JSON is exact to the ns.</summary>
    public static double TunDelayUs(IEnumerable<EnvironmentLog> logs) => logs.All(HasWholeMicroseconds) ? 0.5 : 0.001;

    /// <summary>By how much a kvm_vhost_tun_latency mean can be above the true one: whole us are cut, never rounded up; histograms have bounds.</summary>
    public static double KickAboveUs(IReadOnlyList<EnvironmentLog> logs, double meanUs)
    {
        if (!logs.Any(log => log.Store.IsEstimate))
        {
            return 0;
        }

        double low = logs.Sum(log => log.Store.BoundsOf(SampleColumn.KvmTotal).Low);
        long count = logs.Sum(log => log.Store.MomentsOf(SampleColumn.KvmTotal, completeOnly: false).Count);
        return meanUs - (low / count / NanosecondsPerMicrosecond);
    }

    /// <summary>
    /// By how much a round trip can be below the true one as ping prints it: three digits, cut by old builds, of stamps
    /// in whole us.
    /// </summary>
    public static double PingBelowUs(double us) => 1 + (us switch { < 1000 => 1, < 10_000 => 10, < 100_000 => 100, _ => 1000 });

    private static bool HasWholeMicroseconds(EnvironmentLog log)
    {
        foreach (ref readonly SampleRecord record in log.Store.Records)
        {
            if (!IsWhole(record.Value0) || !IsWhole(record.Value1) || !IsWhole(record.Value2) || !IsWhole(record.Value3))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWhole(int ticks) => ticks == SampleRecord.Missing || ticks % NanosecondsPerMicrosecond == 0;
}
