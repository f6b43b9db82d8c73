using System.Text;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>However the bytes arrive, the records are the same: seeded, so a failure repeats.</summary>
public sealed class ReadSizeTests
{
    public static TheoryData<int, int> Reads()
    {
        var random = new Random(20260109);
        var data = new TheoryData<int, int>();
        for (int i = 0; i < 20; i++)
        {
            data.Add(random.Next(1, 1 << random.Next(1, 12)), i);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void IcmpRtt(int most, int seed)
    {
        string text = "\uFEFF" + IcmpRttText.TxHeader + Repeat(seed, IcmpRttText.TxFirst, IcmpRttText.TxSecond, IcmpRttText.RxSeventh.WithCarriageReturns(), "Possibly lost 1 samples\n");
        AssertSame(text, most, seed, Reading.IcmpRtt);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void IcmpPath(int most, int seed)
    {
        string text = IcmpPathText.ReceiverHeader + Repeat(seed, IcmpPathText.First, IcmpPathText.Second.WithCarriageReturns(), IcmpPathText.Drop);
        AssertSame(text, most, seed, Reading.IcmpPath);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void TunIrq(int most, int seed)
    {
        string text = TunIrqText.Header + Repeat(seed, TunIrqText.Q1Chain, TunIrqText.Q0Chain, TunIrqText.Statistics, TunIrqText.ShortChain.WithCarriageReturns());
        AssertSame(text, most, seed, Reading.TunIrq);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void KvmTun(int most, int seed)
    {
        string text = KvmTunText.Header + Repeat(seed, KvmTunText.Samples, KvmTunText.Footer, KvmTunText.OneLineAverages.WithCarriageReturns());
        AssertSame(text, most, seed, Reading.KvmTun);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void Ping(int most, int seed)
    {
        string text = "\uFEFF" + Repeat(seed, PingLogs.CentOs7, PingLogs.Stamped.WithCarriageReturns(), PingLogs.Busybox, PingLogs.Quiet);
        AssertSame(text, most, seed, Reading.Ping);
    }

    private static void AssertSame<TRecord>(string text, int most, int seed, Func<Stream, Outcome<TRecord>> read)
        where TRecord : struct
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Outcome<TRecord> whole = read(new MemoryStream(bytes));
        Outcome<TRecord> pieces = read(new ChunkStream(bytes, most, seed));

        Assert.NotEmpty(whole.Records);
        Assert.Equal(whole.Records, pieces.Records);
        Assert.Equal(whole.Issues, pieces.Issues);
        Assert.Equal(whole.Averages, pieces.Averages);
        Assert.Equal((whole.Tally.Parsed, whole.Tally.Noise, whole.Tally.Malformed), (pieces.Tally.Parsed, pieces.Tally.Noise, pieces.Tally.Malformed));
        Assert.Equal(LogText.LineCount(text), pieces.Tally.Total);
    }

    /// <summary>The texts in a random order, each once at least.</summary>
    private static string Repeat(int seed, params string[] texts)
    {
        var random = new Random(seed);
        return string.Concat(texts) + string.Concat(Enumerable.Range(0, 30).Select(_ => texts[random.Next(texts.Length)]));
    }
}
