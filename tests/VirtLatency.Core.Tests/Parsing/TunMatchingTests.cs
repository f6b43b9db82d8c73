using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Tests.Parsing;

/// <summary>Which stage lines are one packet's: by stamps and delays, whatever the order of the lines.</summary>
public sealed class TunMatchingTests
{
    private static readonly string Rest = TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage4 + TunIrqText.Q1Stage5;

    /// <summary>Stage 2 at .123 with a delay of 0.023 ms began at .122 or .123: a stage 1 at .121 is another packet's.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_start_that_the_delay_does_not_lead_to_is_not_joined(bool foreignFirst)
    {
        string foreign = TunIrqText.Q1Stage1.Swap("20.123", "20.121").Swap("ICMP 10.0.130.145 -> 10.0.130.143 type=8 code=0 id=22804 seq=1", "TCP 10.0.130.145:44000 -> 10.0.130.143:22");
        string text = foreignFirst ? foreign + Rest + TunIrqText.Q1Stage1 : Rest + foreign + TunIrqText.Q1Stage1;

        List<TunChainRecord> records = Reading.TunIrq(text).Records.OrderBy(record => record.LastStage).ToList();

        Assert.Equal(2, records.Count);
        Assert.Equal((1, -1, Latency.Missing), (records[0].LastStage, records[0].IcmpType, records[0].Total));
        Assert.Equal((5, 8, 1, 34_000L), (records[1].LastStage, records[1].IcmpType, records[1].Sequence, records[1].Total));
    }

    [Fact]
    public void A_lost_start_does_not_shift_the_delays_to_the_next_packet()
    {
        string next = At("20.125").Swap("seq=1\n", "seq=2\n").Swap("Delay=0.023ms", "Delay=0.044ms");

        TunChainRecord second = Assert.Single(Reading.TunIrq(Rest + next).Records, record => record.Sequence == 2);

        Assert.Equal((44_000L, 55_000L), (second.Delay2, second.Total));
    }

    [Fact]
    public void Later_stages_of_another_packet_are_not_joined()
    {
        string first = TunIrqText.Q1Stage1 + TunIrqText.Q1Stage2;
        string second = At("20.923").Swap("seq=1\n", "seq=2\n").Swap("Delay=0.023ms", "Delay=0.0x3ms");

        Outcome<TunChainRecord> outcome = Reading.TunIrq(first + second);

        TunChainRecord cut = Assert.Single(outcome.Records, record => record.Sequence == 1);
        Assert.Equal((2, 23_000L, Latency.Missing), (cut.LastStage, cut.Delay2, cut.Total));
        Assert.Single(outcome.Issues);
    }

    [Fact]
    public void Starts_that_come_in_a_batch_each_find_their_chain()
    {
        string one = TunIrqText.Q1Chain;
        string other = At("20.173").Swap("seq=1\n", "seq=2\n");
        int head = TunIrqText.Q1Stage1.Length;

        Outcome<TunChainRecord> outcome = Reading.TunIrq(one[..head] + other[..head] + one[head..] + other[head..]);

        Assert.Equal([(1, 34_000L), (2, 34_000L)], outcome.Records.Select(record => (record.Sequence, record.Total)));
    }

    /// <summary>A foreign interrupt of a kworker between stage 4 and its own stage 5 does not close the chain.</summary>
    [Fact]
    public void A_kernel_workers_other_interrupt_is_not_joined()
    {
        string foreign = TunIrqText.Q1Stage5.Swap("Vector(arg)=37", "Vector(arg)=99").Swap("CPU=6 PID=40211 COMM=vhost-40150", "CPU=3 PID=812 COMM=kworker/3:1");

        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqText.Q1Stage1 + TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage4 + foreign + TunIrqText.Q1Stage5).Records);

        Assert.Equal((34_000L, SampleFlags.First), (record.Total, record.Flags));
    }

    [Fact]
    public void Sequence_one_after_the_wrap_is_not_the_first()
    {
        Outcome<TunChainRecord> outcome = Reading.TunIrq(TunIrqText.Q1Chain + At("25.123"));

        Assert.Equal([SampleFlags.First, SampleFlags.None], outcome.Records.Select(record => record.Flags));
    }

    [Fact]
    public void Stamps_without_a_date_go_over_midnight()
    {
        string text = TunIrqText.ShortChain.Replace("05:28:58.266", "00:00:00.000", StringComparison.Ordinal).Replace("Stage 1: Time=00:00:00.000", "Stage 1: Time=23:59:59.999", StringComparison.Ordinal);

        Assert.Equal(27_000, Assert.Single(Reading.TunIrq(text).Records).Total);
    }

    [Fact]
    public void A_wrapped_delay_is_missing_and_flagged()
    {
        string backward = TunIrqText.Q1Stage5.Swap("Delay=0.003ms", "Delay=18446744073709.551ms");

        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqText.Q1Stage1 + TunIrqText.Q1Stage2 + TunIrqText.Q1Stage3 + TunIrqText.Q1Stage4 + backward).Records);

        Assert.Equal((Latency.Missing, Latency.Missing), (record.Delay5, record.Total));
        Assert.True(record.Flags.HasFlag(SampleFlags.Wrapped));
    }

    /// <summary>Older builds have three stages; their third is irqfd_wakeup, 8 us from stage 2, so S1 to S4 is 31 us.</summary>
    [Fact]
    public void The_third_stage_of_three_is_irqfd_wakeup()
    {
        TunChainRecord record = Assert.Single(Reading.TunIrq(TunIrqText.Q1Stage1 + TunIrqText.Q1Stage2 + TunIrqText.Q1Stage4.Swap("Stage 4 [", "Stage 3 [")).Records);

        Assert.Equal((4, Latency.Missing, 8_000L, 31_000L), (record.LastStage, record.Delay3, record.Delay4, record.S1ToS4));
    }

    private static string At(string time) => TunIrqText.Q1Chain.Replace("20.123", time, StringComparison.Ordinal);
}
