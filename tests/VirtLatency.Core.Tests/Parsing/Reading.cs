using System.Text;
using VirtLatency.Parsing;

namespace VirtLatency.Tests.Parsing;

/// <summary>Runs a parser over a text.</summary>
internal static class Reading
{
    public static Outcome<IcmpRttRecord> IcmpRtt(string text) => IcmpRtt(Open(text));

    public static Outcome<IcmpRttRecord> IcmpRtt(Stream stream)
    {
        var collector = new Collector<IcmpRttRecord>();
        return Run(new IcmpRttParser(collector), collector, stream);
    }

    public static Outcome<IcmpPathRecord> IcmpPath(string text) => IcmpPath(Open(text));

    public static Outcome<IcmpPathRecord> IcmpPath(Stream stream)
    {
        var collector = new Collector<IcmpPathRecord>();
        return Run(new IcmpPathParser(collector), collector, stream);
    }

    public static Outcome<TunChainRecord> TunIrq(string text) => TunIrq(Open(text));

    public static Outcome<TunChainRecord> TunIrq(Stream stream)
    {
        var collector = new Collector<TunChainRecord>();
        return Run(new TunIrqParser(collector), collector, stream);
    }

    public static Outcome<TunChainRecord> TunIrqJson(string text) => TunIrqJson(Open(text));

    public static Outcome<TunChainRecord> TunIrqJson(Stream stream)
    {
        var collector = new Collector<TunChainRecord>();
        return Run(new TunIrqJsonParser(collector), collector, stream);
    }

    public static Outcome<KvmTunRecord> KvmTun(string text) => KvmTun(Open(text));

    public static Outcome<KvmTunRecord> KvmTun(Stream stream)
    {
        var collector = new Collector<KvmTunRecord>();
        var parser = new KvmTunParser(collector);
        return Run(parser, collector, stream) with { Averages = parser.Averages };
    }

    public static Outcome<KvmTunHistogram> KvmTunSummary(string text) => KvmTunSummary(Open(text));

    public static Outcome<KvmTunHistogram> KvmTunSummary(Stream stream)
    {
        var collector = new Collector<KvmTunHistogram>();
        return Run(new KvmTunSummaryParser(collector), collector, stream);
    }

    public static Outcome<VhostWakeupRecord> VhostWakeup(string text) => VhostWakeup(Open(text));

    public static Outcome<VhostWakeupRecord> VhostWakeup(Stream stream)
    {
        var collector = new Collector<VhostWakeupRecord>();
        var statistics = new List<VhostWakeupStatistics>();
        return Run(new VhostWakeupParser(collector, statistics.Add), collector, stream) with { Statistics = statistics };
    }

    public static Outcome<PingRecord> Ping(string text) => Ping(Open(text));

    public static Outcome<PingRecord> Ping(Stream stream)
    {
        var collector = new Collector<PingRecord>();
        return Run(new PingParser(collector), collector, stream);
    }

    public static Stream Open(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false);

    private static Outcome<TRecord> Run<TRecord>(LogParser parser, Collector<TRecord> collector, Stream stream)
        where TRecord : struct
    {
        using (stream)
        {
            parser.ReadAll(stream);
        }

        return new Outcome<TRecord>(collector.Records, collector.Issues, parser.Tally, parser.Facts);
    }
}
