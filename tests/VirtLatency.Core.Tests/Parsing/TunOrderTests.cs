using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Chains whose lines come in any order, several queues and runs, and interrupts that are not the chain's.</summary>
public sealed class TunOrderTests
{
    private const string Kworker = "CPU=3 PID=812 COMM=kworker/3:1";
    private const string Worker = "CPU=6 PID=40211 COMM=vhost-40150";
    private static readonly string[] Q1 = [TunIrqText.Q1Stage1, TunIrqText.Q1Stage2, TunIrqText.Q1Stage3, TunIrqText.Q1Stage4, TunIrqText.Q1Stage5];
    private static readonly string[] Q0 = [TunIrqText.Q0Stage1, TunIrqText.Q0Stage2, TunIrqText.Q0Stage3, TunIrqText.Q0Stage4, TunIrqText.Q0Stage5];

    [Fact]
    public void All_120_orders_of_one_chains_lines()
    {
        List<int[]> orders = Orders(5);
        Assert.Equal(120, orders.Count);
        foreach (int[] order in orders)
        {
            string text = string.Concat(order.Select(stage => Q1[stage]));

            Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

            TunIrqParserTests.AssertQ1(Assert.Single(outcome.Records), line: 1);
            LogText.AssertTally(text, outcome.Tally, parsed: 5, noise: 0, malformed: 0);
        }
    }

    [Fact]
    public void All_120_orders_of_two_queues_interleaved()
    {
        foreach (int[] order in Orders(5))
        {
            string text = string.Concat(order.Select(stage => Q1[stage] + Q0[4 - stage]));

            Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

            Assert.Equal(2, outcome.Records.Count);
            TunIrqParserTests.AssertQ1(Assert.Single(outcome.Records, record => record.Queue == 1), line: 1);
            TunIrqParserTests.AssertQ0(Assert.Single(outcome.Records, record => record.Queue == 0), line: 2);
            LogText.AssertTally(text, outcome.Tally, parsed: 10, noise: 0, malformed: 0);
        }
    }

    /// <summary>The same vector, from a kworker, fits stage 4 by time; the worker's own interrupt comes behind it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_kworkers_interrupt_before_the_workers_own(bool isStage1Late)
    {
        string foreign = TunIrqText.Q1Stage5.Swap("Delay=0.003ms", "Delay=0.001ms").Swap(Worker, Kworker);
        string chain = TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage4 + foreign + TunIrqText.Q1Stage5;
        string text = isStage1Late ? chain + TunIrqText.Q1Stage1 : TunIrqText.Q1Stage1 + chain;

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        TunIrqParserTests.AssertQ1(Assert.Single(outcome.Records), line: 1);
        LogText.AssertTally(text, outcome.Tally, parsed: 5, noise: 1, malformed: 0);
    }

    /// <summary>Without the worker's own it is the chain's, and counted as parsed once that is sure.</summary>
    [Fact]
    public void A_kworkers_interrupt_alone()
    {
        string text = string.Concat(Q1[..4]) + TunIrqText.Q1Stage5.Swap(Worker, Kworker);

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        TunChainRecord record = Assert.Single(outcome.Records);
        Assert.Equal((5, 3_000L, SampleFlags.First | SampleFlags.DeferredInterrupt), (record.LastStage, record.Delay5, record.Flags));
        LogText.AssertTally(text, outcome.Tally, parsed: 5, noise: 0, malformed: 0);
    }

    [Fact]
    public void A_second_start_before_the_signal_leaves_the_first_alone()
    {
        string second = TunIrqText.Q1Stage1.Swap("seq=1\n", "seq=2\n");

        IReadOnlyList<TunChainRecord> records = Reading.TunIrq(TunIrqText.Q1Stage1 + second + string.Concat(Q1[1..])).Records;

        Assert.Equal([(1, 1, Latency.Missing), (2, 5, 34_000L)], records.Select(record => (record.Sequence, record.LastStage, record.Total)));
    }

    /// <summary>The second run's packet is sequence 1 of another ping: First again, and in a run of its own.</summary>
    [Fact]
    public void Runs_of_one_file_are_numbered()
    {
        string run = TunIrqText.Header + TunIrqText.Q1Chain + TunIrqText.Footer;

        Outcome<TunChainRecord> outcome = Reading.TunIrq(run + run + TunIrqText.Header + TunIrqText.Q1Stage1);

        Assert.Equal([(1, 5), (2, 5), (3, 1)], outcome.Records.Select(record => (record.Run, record.LastStage)));
        Assert.All(outcome.Records, record => Assert.Equal(SampleFlags.First, record.Flags));
        Assert.Equal(3, outcome.Facts.RunCount);
    }

    /// <summary>A header that a rotation cut: what is left of it still begins the run.</summary>
    [Theory]
    [InlineData("Successfully attached to tun_net_xmit")]
    [InlineData("TUN TX QUEUE INTERRUPT TRACING STARTED")]
    public void A_header_without_its_first_lines_begins_a_run(string from)
    {
        string rest = TunIrqText.Header[TunIrqText.Header.IndexOf(from, StringComparison.Ordinal)..];

        Outcome<TunChainRecord> outcome = Reading.TunIrq(TunIrqText.Header + TunIrqText.Q1Chain + rest + TunIrqText.Q0Chain);

        Assert.Equal([1, 2], outcome.Records.Select(record => record.Run));
    }

    /// <summary>Stage 1 at 23:59:59.999, the rest a millisecond later; then a packet a second behind.</summary>
    [Fact]
    public void Midnight_gives_no_chain_up_too_early()
    {
        string before = TunIrqText.ShortChain.Replace("05:28:58.266", "00:00:00.000", StringComparison.Ordinal)
            .Replace("Stage 1: Time=00:00:00.000", "Stage 1: Time=23:59:59.999", StringComparison.Ordinal);
        string after = TunIrqText.ShortChain.Replace("05:28:58.266", "00:00:01.000", StringComparison.Ordinal);
        string[] lines = before.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line + "\n").ToArray();

        foreach (int[] order in Orders(5))
        {
            IReadOnlyList<TunChainRecord> records = Reading.TunIrq(string.Concat(order.Select(stage => lines[stage])) + after).Records;
            Assert.Equal([(27_000L, 36), (27_000L, 36)], records.Select(record => (record.Total, record.IrqCpu)));
        }
    }

    /// <summary>Lone ends are kept for a bounded while only, and are noise.</summary>
    [Fact]
    public void Many_ends_without_beginnings_are_noise()
    {
        string text = string.Concat(Enumerable.Repeat(TunIrqText.Q1Stage5, 500));

        Outcome<TunChainRecord> outcome = Reading.TunIrq(text);

        Assert.Empty(outcome.Records);
        LogText.AssertTally(text, outcome.Tally, parsed: 0, noise: 500, malformed: 0);
    }

    private static List<int[]> Orders(int count)
    {
        List<int[]> orders = [[]];
        for (int i = 0; i < count; i++)
        {
            orders = [.. orders.SelectMany(order => Enumerable.Range(0, count).Except(order).Select(next => (int[])[.. order, next]))];
        }

        return orders;
    }
}
