using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>The smallest step in which a log prints its latencies: what its clock resolves, for a reader.</summary>
internal static class PrintStep
{
    private const int Microsecond = 1000;

    /// <summary>The step in us. tun_tx_to_kvm_irq prints whole us as text and ns as JSON: its values tell which.</summary>
    public static double OfLog(EnvironmentLog log)
    {
        int tick = log.Store.Schema.TickNanoseconds;
        return (log.ToolValue == LogTool.TunTxToKvmIrq && !HasFraction(log.Store) ? Microsecond : tick) / (double)Microsecond;
    }

    private static bool HasFraction(SampleStore store)
    {
        foreach (ref readonly SampleRecord record in store.Records)
        {
            if (IsFraction(record.Value0) || IsFraction(record.Value1) || IsFraction(record.Value2) || IsFraction(record.Value3))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFraction(int ticks) => ticks != SampleRecord.Missing && ticks % Microsecond != 0;
}
