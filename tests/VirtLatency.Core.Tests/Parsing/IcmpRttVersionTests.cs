using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Every build of kernel_icmp_rtt, both directions: each value as it stands in the text.</summary>
public sealed class IcmpRttVersionTests
{
    private const long None = Latency.Missing;

    public static TheoryData<string, string, string, string, long[]> Builds => new()
    {
        // Stages 0-1, 1-2, 0-2, 3-4, 4-5, 3-5 in ns.
        { IcmpRttVersionText.FirstTx, "Tx", "d9a1fd5", "ip_send_skb to dev_queue_xmit", [1239, 19600, None, 4245, 9908, None] },
        { IcmpRttVersionText.FirstRx, "Rx", "d9a1fd5", "ip_send_skb to dev_queue_xmit", [3120, 8400, None, 2000, 20000, None] },
        { IcmpRttVersionText.FilterHeaderTx, "Tx", "e557fa4/d03d31d", "ip_local_out to dev_queue_xmit", [20839, None, None, 4245, 9908, None] },
        { IcmpRttVersionText.FilterHeaderRx, "Rx", "e557fa4/d03d31d", "ip_local_out to dev_queue_xmit", [3120, 8400, None, None, 22000, None] },
        { IcmpRttVersionText.SessionHeaderTx, "Tx", "9e56f36", "ip_local_out to dev_queue_xmit", [20839, None, None, 4245, 9908, None] },
        { IcmpRttVersionText.SessionHeaderRx, "Rx", "9e56f36", "ip_local_out to dev_queue_xmit", [3120, 8400, None, None, 22000, None] },
        { IcmpRttVersionText.DriverTx, "Tx", "4d47ad7", "ip_local_out to net_dev_xmit", [20839, None, None, 4245, 9908, None] },
        { IcmpRttVersionText.DriverRx, "Rx", "4d47ad7", "ip_local_out to net_dev_xmit", [3120, 8400, None, None, 22000, None] },
        { IcmpRttVersionText.FewStagesTx, "Tx", "c2ccdc2", "ip_local_out to net_dev_xmit", [20839, None, None, None, None, 14153] },
        { IcmpRttVersionText.FewStagesRx, "Rx", "c2ccdc2", "ip_local_out to net_dev_xmit", [None, None, 11520, None, 22000, None] },
        { IcmpRttVersionText.LibbpfTx, "Tx", "libbpf", "ip_local_out to dev_queue_xmit", [20839, None, None, 4245, 9908, None] },
        { IcmpRttVersionText.LibbpfRx, "Rx", "libbpf", "ip_local_out to dev_queue_xmit", [3120, 8400, None, None, 22000, None] },
    };

    [Theory]
    [MemberData(nameof(Builds))]
    public void Build_EveryValue(string text, string direction, string version, string boundary, long[] stages)
    {
        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(text);

        IcmpRttRecord record = Assert.Single(outcome.Records);
        bool isTx = direction == "Tx";
        Assert.Equal(stages, (long[])[record.Stage0To1, record.Stage1To2, record.Stage0To2, record.Stage3To4, record.Stage4To5, record.Stage3To5]);
        Assert.Equal(isTx ? (20839, 183666, 14153, 218658) : (11520, 12500, 22000, 46020), (record.Path1, record.InterPath, record.Path2, record.TotalRtt));
        Assert.Equal(record.TotalRtt, record.Path1 + record.InterPath + record.Path2);
        Assert.Equal((isTx, 700, 2), (record.IsTx, record.IcmpId, record.Sequence));
        Assert.Equal(("10.8.0.1", "10.8.0.2"), (AddressText.Of(record.Source), AddressText.Of(record.Destination)));
        Assert.Equal(isTx ? (3, true) : (2, false), (record.Path2Cpu, record.Path2Idle));
        Assert.Equal(new DateTime(2026, 2, 4, 8, 0, 0, version == "libbpf" ? 0 : 7), record.Timestamp);
        Assert.Equal(SampleFlags.None, record.Flags);
        Assert.Equal((direction, version, boundary), (outcome.Facts.Direction, outcome.Facts.Version, outcome.Facts.ProbeBoundary));
        Assert.Equal(("10.8.0.1", "10.8.0.2"), (outcome.Facts.Source, outcome.Facts.Destination));
        Assert.Empty(outcome.Issues);
        Assert.Equal((LogText.LineCount(text), 0), (outcome.Tally.Total, outcome.Tally.Malformed));
    }

    /// <summary>Without its header a log still says what its records say.</summary>
    [Theory]
    [MemberData(nameof(Builds))]
    public void Build_WithoutHeader_KeepsItsAddresses(string text, string direction, string version, string boundary, long[] stages)
    {
        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(text[text.IndexOf("=== ICMP RTT Trace", StringComparison.Ordinal)..]);

        IcmpRttRecord record = Assert.Single(outcome.Records);
        Assert.Equal(stages[0], record.Stage0To1);
        Assert.Equal(("10.8.0.1", "10.8.0.2"), (AddressText.Of(record.Source), AddressText.Of(record.Destination)));
        Assert.Equal((direction, boundary), (outcome.Facts.Direction, outcome.Facts.ProbeBoundary));
        Assert.True(outcome.Facts.Version is null || outcome.Facts.Version == version || (version == "libbpf" && direction == "Rx"), outcome.Facts.Version);
        Assert.Equal(LogConfidence.Medium, LogDetector.Detect(System.Text.Encoding.UTF8.GetBytes(text[text.IndexOf("=== ICMP RTT Trace", StringComparison.Ordinal)..])).Confidence);
    }

    [Fact]
    public void LibbpfNegative_IsWrapped_NeverAValue()
    {
        string text = IcmpRttVersionText.LibbpfTx.Swap("Inter-Path Latency (P1 end -> P2 start): 183.666 us", "Inter-Path Latency (P1 end -> P2 start): 18446744073709552.000 us");

        IcmpRttRecord record = Assert.Single(Reading.IcmpRtt(text).Records);

        Assert.Equal((SampleFlags.Wrapped, None, 20839), (record.Flags, record.InterPath, record.Path1));
    }

    /// <summary>A kept stamp of an earlier packet with the same number: seconds instead of microseconds.</summary>
    [Theory]
    [InlineData("999965.008", "1000000.000", SampleFlags.None)]
    [InlineData("999965.009", "1000000.001", SampleFlags.StaleFlow)]
    [InlineData("7200000183.666", "7200000218.658", SampleFlags.StaleFlow)]
    public void RoundTripOverASecond_IsStale(string between, string total, SampleFlags flags)
    {
        string text = IcmpRttVersionText.SessionHeaderTx.Swap("Path2 End): 218.658 us", $"Path2 End): {total} us").Swap("start): 183.666 us", $"start): {between} us");

        Assert.Equal(flags, Assert.Single(Reading.IcmpRtt(text).Records).Flags);
    }

    /// <summary>Digits that were lost: each number that the others contradict.</summary>
    [Theory]
    [InlineData("Path2 End): 218.658 us", "Path2 End): 218.661 us", SampleFlags.None)]
    [InlineData("Path2 End): 218.658 us", "Path2 End): 218.662 us", SampleFlags.Inconsistent)]
    [InlineData("Path2 End): 218.658 us", "Path2 End): 28.658 us", SampleFlags.Inconsistent)]
    [InlineData("start): 183.666 us", "start): 83.666 us", SampleFlags.Inconsistent)]
    [InlineData("  Total Path 2:  14.153 us", "  Total Path 2:  1.153 us", SampleFlags.Inconsistent)]
    [InlineData("P2:S2 (icmp_rcv)                        :   9.908 us", "P2:S2 (icmp_rcv)                        :   9.08 us", SampleFlags.Inconsistent)]
    public void PartsThatDoNotAddUp_AreInconsistent(string old, string replacement, SampleFlags flags) =>
        Assert.Equal(flags, Assert.Single(Reading.IcmpRtt(IcmpRttVersionText.SessionHeaderTx.Swap(old, replacement)).Records).Flags);

    [Fact]
    public void RunsOfTwoBuilds_KeepTheirOwnAddressesAndNumbers()
    {
        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(IcmpRttVersionText.FilterHeaderRx + IcmpRttVersionText.SessionHeaderRx);

        Assert.Equal([1, 2], outcome.Records.Select(record => record.Run));
        Assert.All(outcome.Records, record => Assert.Equal("10.8.0.1", AddressText.Of(record.Source)));
        Assert.Equal("e557fa4/d03d31d; 9e56f36", outcome.Facts.Version);
    }
}
