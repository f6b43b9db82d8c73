using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>The builds of icmp_drop_detector and icmp_path_tracer on both hosts, and the drops that they report.</summary>
public sealed class IcmpPathVersionTests
{
    private const string Flow = """
        2026-02-04 08:00:00.100 [new] ID=700 Seq=1 ReqRX:Y ReqTX:- RepRX:- RepTX:-
        2026-02-04 08:00:00.101 [complete] ID=700 Seq=1 ReqRX:Y ReqTX:Y RepRX:Y RepTX:Y
          Latency(us): ReqInternal=13.1  External=137.3  RepInternal=8.8  Total=159.2
        --------------------------------------------------------------------------------

        """;

    private const string Footer = """

        Detaching...

        === ICMP Flow Statistics ===
        Total flows tracked: 5
        Complete flows: 1
        Request internal drops: 1
        External drops: 1
        Reply internal drops: 1

        """;

    public static TheoryData<string, string, string, HostRole, string, string> Builds => new()
    {
        { "RX Interface", "vnet3 (ifindex=11)", "eth2 (ifindex=4)", HostRole.Sender, "c488e5d", "dev_queue_xmit" },
        { "RX Interface", "eth2 (ifindex=4)", "vnet3 (ifindex=11)", HostRole.Receiver, "c488e5d", "dev_queue_xmit" },
        { "RX Interface(s)", "vnet3(ifindex=11)", "eth2(ifindex=4), eth3(ifindex=5)", HostRole.Sender, "9e56f36+", "dev_queue_xmit or net_dev_xmit (the log does not tell)" },
        { "RX Interface(s)", "eth2(ifindex=4), eth3(ifindex=5)", "vnet3(ifindex=11)", HostRole.Receiver, "9e56f36+", "dev_queue_xmit or net_dev_xmit (the log does not tell)" },
    };

    [Theory]
    [MemberData(nameof(Builds))]
    public void Build_EveryValue(string label, string receive, string transmit, HostRole host, string version, string boundary)
    {
        string text = Header(label, receive, transmit) + Flow + Footer;

        Outcome<IcmpPathRecord> outcome = Reading.IcmpPath(text);

        IcmpPathRecord record = Assert.Single(outcome.Records);
        Assert.Equal((13100, 137300, 8800, 159200), (record.ReqInternal, record.External, record.RepInternal, record.Total));
        Assert.Equal((700, 1, SampleFlags.First), (record.IcmpId, record.Sequence, record.Flags));
        Assert.Equal(host, HostRoles.OfInterfaces(outcome.Facts));
        Assert.Equal((version, boundary), (outcome.Facts.Version, outcome.Facts.ProbeBoundary));
        Assert.Equal(("10.9.8.7", "10.9.8.9"), (outcome.Facts.Source, outcome.Facts.Destination));
        Assert.Equal(1, outcome.Facts.ClosingCount);
        Assert.Empty(outcome.Issues);
        Assert.Equal((LogText.LineCount(text), 0), (outcome.Tally.Total, outcome.Tally.Malformed));
    }

    [Theory]
    [InlineData("Request dropped INTERNALLY", "  Request received at vnet3 but NOT sent from eth2", DropLocation.RequestInternal)]
    [InlineData("EXTERNAL (network or peer)", "  Request sent from eth2 but Reply NOT received at eth2", DropLocation.External)]
    [InlineData("Reply dropped INTERNALLY", "  Reply received at eth2 but NOT sent from vnet3", DropLocation.ReplyInternal)]
    public void Drop_EveryLocation(string location, string detail, DropLocation expected)
    {
        string text = Header("RX Interface(s)", "vnet3(ifindex=11)", "eth2(ifindex=4)") + Flow + Drop(2, location, detail) + Flow.Replace("Seq=1 ", "Seq=3 ", StringComparison.Ordinal);

        (Outcome<IcmpPathRecord> outcome, List<IcmpDropRecord> drops) = ReadDrops(text);

        IcmpDropRecord drop = Assert.Single(drops);
        Assert.Equal((700, 2, expected, 1), (drop.IcmpId, drop.Sequence, drop.Location, drop.Run));
        Assert.Equal(("10.9.8.7", "10.9.8.9"), (AddressText.Of(drop.Source), AddressText.Of(drop.Destination)));
        Assert.Equal(new DateTime(2026, 2, 4, 8, 0, 2, 500), drop.Timestamp);
        Assert.Equal(LogText.LineOf(text, "=== ICMP Drop Detected"), drop.Line);
        Assert.Equal([1, 3], outcome.Records.Select(record => (int)record.Sequence));
        Assert.Empty(outcome.Issues);
        Assert.Equal((LogText.LineCount(text), 0), (outcome.Tally.Total, outcome.Tally.Malformed));
    }

    [Theory]
    [InlineData("=== ICMP Drop Detected: 2026-02-04 08:00:02.500 ===", "=== ICMP Drop Detected: 2026-02-04 08:0")]
    [InlineData("Flow: 10.9.8.7 -> 10.9.8.9 (ID=700, Seq=2)", "Flow: 10.9.8.7 -> 10.9.8.9 (ID=700, Seq=70000)")]
    [InlineData("Flow: 10.9.8.7 -> 10.9.8.9 (ID=700, Seq=2)\n", "")]
    [InlineData("Drop Location: Request dropped INTERNALLY", "Drop Location: Request dropped INTER")]
    [InlineData("Drop Location: Request dropped INTERNALLY\n", "")]
    public void DamagedDrop_IsLeftOut_AndItsNeighboursStand(string old, string replacement)
    {
        string damaged = Drop(2, "Request dropped INTERNALLY", "  Request received at vnet3 but NOT sent from eth2").Swap(old, replacement);
        string text = Drop(1, "EXTERNAL (network or peer)", "  detail") + damaged + Flow + Drop(3, "Reply dropped INTERNALLY", "  detail");

        (Outcome<IcmpPathRecord> outcome, List<IcmpDropRecord> drops) = ReadDrops(text);

        Assert.Equal([1, 3], drops.Select(drop => (int)drop.Sequence));
        Assert.Single(outcome.Records);
        Assert.NotEmpty(outcome.Issues);
    }

    [Theory]
    [InlineData("1000", "999978.1", "1000000.0", SampleFlags.First)]
    [InlineData("1000", "999978.2", "1000000.1", SampleFlags.First | SampleFlags.StaleFlow)]
    [InlineData("2000", "999978.2", "1000000.1", SampleFlags.First)]
    [InlineData("2000", "1999978.2", "2000000.1", SampleFlags.First | SampleFlags.StaleFlow)]
    public void TotalOverTheTimeOut_IsStale(string timeOut, string external, string total, SampleFlags flags)
    {
        string text = Header("RX Interface(s)", "vnet3(ifindex=11)", "eth2(ifindex=4)").Swap("Timeout: 1000 ms", $"Timeout: {timeOut} ms") + Flow.Swap("External=137.3", $"External={external}").Swap("Total=159.2", $"Total={total}");

        Assert.Equal(flags, Assert.Single(Reading.IcmpPath(text).Records).Flags);
    }

    /// <summary>13.1 + 137.3 + 8.8 = 159.2; each of the four is rounded to 0.1.</summary>
    [Theory]
    [InlineData("159.4", SampleFlags.First)]
    [InlineData("159.0", SampleFlags.First)]
    [InlineData("159.5", SampleFlags.First | SampleFlags.Inconsistent)]
    [InlineData("59.2", SampleFlags.First | SampleFlags.Inconsistent)]
    public void PartsThatDoNotAddUp_AreInconsistent(string total, SampleFlags flags) =>
        Assert.Equal(flags, Assert.Single(Reading.IcmpPath(Flow.Swap("Total=159.2", $"Total={total}")).Records).Flags);

    [Fact]
    public void ClosingCount_NeedsEveryRunsFooter()
    {
        string run = Header("RX Interface(s)", "vnet3(ifindex=11)", "eth2(ifindex=4)") + Flow;

        Assert.Equal(2, Reading.IcmpPath(run + Footer + run + Footer).Facts.ClosingCount);
        Assert.Null(Reading.IcmpPath(run + run + Footer).Facts.ClosingCount);
    }

    private static string Header(string label, string receive, string transmit) => $"""
        === ICMP Drop Detector ===
        Source IP: 10.9.8.7
        Destination IP: 10.9.8.9
        {label}: {receive}
        {label.Replace("RX", "TX", StringComparison.Ordinal)}: {transmit}
        Timeout: 1000 ms

        Flow path:
          [0] Request RX at vnet3
          [1] Request TX at eth2
          [2] Reply RX at eth2
          [3] Reply TX at vnet3

        Tracing... Hit Ctrl-C to end.


        """;

    private static string Drop(int sequence, string location, string detail) => $"""

        === ICMP Drop Detected: 2026-02-04 08:00:02.500 ===
        Flow: 10.9.8.7 -> 10.9.8.9 (ID=700, Seq={sequence})
          [0] ReqRX: recorded
          [1] ReqTX: MISSING
          [2] RepRX: MISSING
          [3] RepTX: MISSING

        Drop Location: {location}
        {detail}

        """;

    private static (Outcome<IcmpPathRecord> Outcome, List<IcmpDropRecord> Drops) ReadDrops(string text)
    {
        var drops = new List<IcmpDropRecord>();
        var collector = new Collector<IcmpPathRecord>();
        var parser = new IcmpPathParser(collector, drops.Add);
        parser.ReadAll(Reading.Open(text));
        return (new Outcome<IcmpPathRecord>(collector.Records, collector.Issues, parser.Tally, parser.Facts), drops);
    }
}
