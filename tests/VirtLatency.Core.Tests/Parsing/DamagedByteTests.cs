using System.Text;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Any one byte of a record replaced by another: no exception, every line counted, the records around it exact.</summary>
public sealed class DamagedByteTests
{
    private static readonly byte[] Replacements = "0x \n=\0\u007f-:["u8.ToArray();

    [Fact]
    public void IcmpRtt_NeighboursStayExact()
    {
        ForEachDamage(IcmpRttText.TxHeader + IcmpRttText.TxFirst, IcmpRttText.RxSeventh, IcmpRttText.TxSecond, Reading.IcmpRtt, outcome =>
        {
            Assert.InRange(outcome.Records.Count, 2, 3);
            IcmpRttParserTests.AssertFirst(outcome.Records[0], line: 20);
            IcmpRttRecord last = outcome.Records[^1];
            IcmpRttParserTests.AssertSecond(last, (int)last.Line);
            Assert.InRange(last.Line, 71, 73);
        });
    }

    [Fact]
    public void IcmpPath_NeighboursStayExact()
    {
        string middle = IcmpPathText.Second.Replace("Seq=2", "Seq=55", StringComparison.Ordinal);
        ForEachDamage(IcmpPathText.SenderHeader + IcmpPathText.First, middle, IcmpPathText.Second, Reading.IcmpPath, outcome =>
        {
            Assert.InRange(outcome.Records.Count, 2, 3);
            IcmpPathParserTests.AssertFirst(outcome.Records[0], line: 19);
            IcmpPathRecord last = outcome.Records[^1];
            IcmpPathParserTests.AssertSecond(last, (int)last.Line);
            Assert.InRange(last.Line, 30, 32);
        });
    }

    [Fact]
    public void TunIrq_NeighboursStayExact()
    {
        string middle = TunIrqParserTests.At(TunIrqText.Q1Chain, "1970-01-31 10:14:57.890");
        string before = TunIrqText.Q0Chain.Replace(":q0]", ":q3]", StringComparison.Ordinal);
        ForEachDamage(before, middle, TunIrqText.Q0Chain, Reading.TunIrq, outcome =>
        {
            TunChainRecord first = Assert.Single(outcome.Records, record => record.Queue == 3 && record.LastStage == 5);
            Assert.Equal((105000, 6000, 10000, 2000), (first.Delay2, first.Delay3, first.Delay4, first.Delay5));
            TunChainRecord last = Assert.Single(outcome.Records, record => record is { Queue: 0, LastStage: 5, Sequence: 2 });
            TunIrqParserTests.AssertQ0(last, (int)last.Line);
        });
    }

    [Fact]
    public void KvmTun_NeighboursStayExact()
    {
        const string middle = "[14:23:18.000] tid=73868 queue=2 s0=13us s1=5us s2=4us total=22us\n";
        ForEachDamage(KvmTunText.Header + KvmTunText.Samples, middle, KvmTunText.Samples + KvmTunText.Footer, Reading.KvmTun, outcome =>
        {
            Assert.InRange(outcome.Records.Count, 8, 9);
            Assert.Equal([23000, 17000, 28000, 18000], outcome.Records.Take(4).Select(record => record.Total));
            Assert.Equal([23000, 17000, 28000, 18000], outcome.Records.TakeLast(4).Select(record => record.Total));
            Assert.Equal([14750, 3500, 3250, 21500], outcome.Averages.Select(average => average.Mean));
        });
    }

    /// <summary>The damaged packet may come out with another number, or not at all; it never makes another one lost.</summary>
    [Fact]
    public void Ping_NeighboursStayExact()
    {
        const string Middle = "64 bytes from 10.0.130.143: icmp_seq=2 ttl=64 time=0.398 ms\n";
        const string Before = "PING 10.0.130.143 (10.0.130.143) 56(84) bytes of data.\n64 bytes from 10.0.130.143: icmp_seq=1 ttl=64 time=0.512 ms\n";
        const string After = "64 bytes from 10.0.130.143: icmp_seq=3 ttl=64 time=1.23 ms\n64 bytes from 10.0.130.143: icmp_seq=4 ttl=64 time=0.401 ms\n";
        ForEachDamage(Before, Middle, After, Reading.Ping, outcome =>
        {
            PingRecord[] answers = outcome.Records.Where(record => record.Loss == LossEvidence.None).ToArray();
            Assert.InRange(answers.Length, 3, 4);
            Assert.Equal((1, 512_000L, SampleFlags.First), (answers[0].Sequence, answers[0].Rtt, answers[0].Flags));
            Assert.Equal((3, 1_230_000L, SampleFlags.None), (answers[^2].Sequence, answers[^2].Rtt, answers[^2].Flags));
            Assert.Equal((4, 401_000L, SampleFlags.None), (answers[^1].Sequence, answers[^1].Rtt, answers[^1].Flags));
            Assert.All(outcome.Records, record => Assert.Equal((1, "10.0.130.143"), (record.Run, record.Loss == LossEvidence.None && record.Line == 3 ? "10.0.130.143" : record.Destination)));
            Assert.All(outcome.Records.Where(record => record.Loss != LossEvidence.None), record => Assert.Equal(2, record.Sequence));
        });
    }

    private static void ForEachDamage<TRecord>(string before, string middle, string after, Func<Stream, Outcome<TRecord>> read, Action<Outcome<TRecord>> check)
        where TRecord : struct
    {
        byte[] bytes = Encoding.UTF8.GetBytes(before + middle + after);
        check(read(new MemoryStream(bytes, writable: false)));

        // The last line feed of the middle part is left: without it the next line is another one.
        for (int at = before.Length; at < before.Length + middle.Length - 1; at++)
        {
            byte right = bytes[at];
            foreach (byte wrong in Replacements)
            {
                bytes[at] = wrong;
                Outcome<TRecord> outcome = read(new MemoryStream(bytes, writable: false));
                check(outcome);
                Assert.Equal(bytes.AsSpan().Count((byte)'\n'), outcome.Tally.Total);
            }

            bytes[at] = right;
        }
    }
}
