using System.Globalization;
using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>What the details and no_discovery tools add up over a run, and the line that both print for a packet.</summary>
internal sealed class KvmTunTotals
{
    public (long Count, long Sum) S0 { get; private set; }

    public (long Count, long Sum) S1 { get; private set; }

    public (long Count, long Sum) S2 { get; private set; }

    public (long Count, long Sum) Chain { get; private set; }

    public void Add(KvmTunFigure figure)
    {
        S0 = Add(S0, figure.S0Us);
        S1 = Add(S1, figure.S1Us);
        S2 = Add(S2, figure.S2Us);
        Chain = Add(Chain, figure.S0Us + figure.S1Us + figure.S2Us);
    }

    public static void ComposeLine(StringBuilder text, KvmTunFigure figure)
    {
        long? total = figure.S0Us + figure.S1Us + figure.S2Us;
        text.Append(CultureInfo.InvariantCulture, $"[{figure.Time:HH:mm:ss.fff}] tid={figure.WorkerTid} queue={figure.Queue} s0={figure.S0Us ?? 0}us s1={figure.S1Us ?? 0}us s2={figure.S2Us}us total={total ?? 0}us\n");
    }

    public static string Average((long Count, long Sum) sum, int decimals, string none) => sum.Count == 0
        ? none
        : PrintedNumber.Round((double)sum.Sum / sum.Count, decimals).ToString("F" + decimals, CultureInfo.InvariantCulture);

    private static (long Count, long Sum) Add((long Count, long Sum) sum, long? value) =>
        value is { } us ? (sum.Count + 1, sum.Sum + us) : sum;
}
