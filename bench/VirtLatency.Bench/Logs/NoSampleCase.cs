using System.Globalization;
using VirtLatency.LogWriter;
using VirtLatency.Model;

namespace VirtLatency.Bench.Logs;

/// <summary>Peak memory of a whole process that adds up a log of four gigabytes and keeps no sample, over one that reads next to nothing.</summary>
internal static class NoSampleCase
{
    private const long Gigabyte = 1_000_000_000;
    private const long MostBytes = 64L << 20;
    private const int Runs = 2000;

    /// <summary>Prints what the process held; the result tells whether it is below the limit.</summary>
    /// <returns>Whether it stayed below 64 MB over the idle one, with few flows and with many.</returns>
    public static bool Run()
    {
        using var folder = new LogFolder();
        LogCase log = LogCases.All[0];
        string empty = folder.Write(log with { Name = "idle", Write = (output, _) => log.Write(output, 1) }, 1);
        string few = folder.Write(log, 4 * Gigabyte);
        long idle = Peak(log.Role, empty);
        bool isWithin = Tell("few flows", Peak(log.Role, few) - idle);
        File.Delete(few);
        string many = folder.Write(log with { Name = "many flows", Write = ManyFlows }, 4 * Gigabyte);
        return Tell("a flow for each packet", Peak(log.Role, many) - idle) && isWithin;
    }

    private static bool Tell(string flows, long bytes)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"-NoSample, 4 GB, {flows}: {bytes / 1048576.0:0.0} MiB over an idle process"));
        return bytes < MostBytes;
    }

    /// <summary>Each packet between other addresses, as a scan would have it.</summary>
    private static void ManyFlows(TextWriter output, int packets)
    {
        for (int run = 0; run < Runs; run++)
        {
            var options = new KernelIcmpRttOptions { Direction = IcmpRttDirection.Tx, Source = FormattableString.Invariant($"10.1.{run / 250}.{run % 250}"), HasHeader = run == 0, HasFooter = false };
            new KernelIcmpRttWriter(output, options).WriteLog(new FigureGenerator(run).IcmpRtt(IcmpRttDirection.Tx, packets / Runs));
        }
    }

    private static long Peak(LogRole role, string path) => ChildRun.Of(Environment.ProcessPath!, "aggregate-nosample", role.ToString(), path).PeakBytes;
}
