using System.IO.Compression;
using System.Text;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace VirtLatency.Tests.Parsing;

/// <summary>The same log in every encoding and packing, whole, cut off, damaged, and made to fill the memory.</summary>
public sealed class LogContainerTests : IDisposable
{
    private const string Log = IcmpRttText.TxHeader + IcmpRttText.TxFirst + IcmpRttText.TxSecond + IcmpRttText.Footer;

    private readonly string _folder = Directory.CreateTempSubdirectory("virtlatency-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-16BE", true)]
    public void EveryEncodingAndPacking_GivesTheSame(string encodingName, bool isMarked)
    {
        var encoding = Encoding.GetEncoding(encodingName);
        byte[] text = [.. isMarked ? encoding.GetPreamble() : [], .. encoding.GetBytes(Log.WithCarriageReturns())];
        foreach (byte[] file in (byte[][])[text, Gzip(text), Zstandard(text)])
        {
            Assert.Equal(LogTool.KernelIcmpRtt, LogFile.Identify(Write(file)).Tool);
            (Collector<IcmpRttRecord> collector, LogParser parser) = Read(Write(file));

            Assert.Equal(2, collector.Records.Count);
            IcmpRttParserTests.AssertFirst(collector.Records[0], line: 20);
            IcmpRttParserTests.AssertSecond(collector.Records[1], line: 46);
            Assert.Empty(collector.Issues);
            LogText.AssertTally(Log, parser.Tally, parsed: 23, noise: 50, malformed: 0);
        }
    }

    [Fact]
    public void AppendedMarkedFiles_AreTwoRuns()
    {
        byte[] text = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Log)];

        (Collector<IcmpRttRecord> collector, LogParser parser) = Read(Write([.. text, .. text]));

        Assert.Equal([1, 1, 2, 2], collector.Records.Select(record => record.Run));
        Assert.Equal(0, parser.Tally.Malformed);
    }

    [Fact]
    public void AppendedArchives_AreReadToTheLast()
    {
        byte[] text = Encoding.UTF8.GetBytes(Log);
        foreach (byte[] archive in (byte[][])[Gzip(text), Zstandard(text)])
        {
            Assert.Equal(4, Read(Write([.. archive, .. archive])).Collector.Records.Count);
        }
    }

    /// <summary>Cut anywhere, an archive gives the records that its bytes still hold, but for the last unpacked KiB, and an error.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CutArchive_KeepsWhatComesBefore(bool isGzip)
    {
        string text = IcmpRttText.TxHeader + string.Concat(Enumerable.Range(0, 400).Select(Numbered));
        byte[] archive = isGzip ? Gzip(Encoding.UTF8.GetBytes(text)) : Zstandard(Encoding.UTF8.GetBytes(text));
        int most = 0;
        for (int cut = archive.Length - 1; cut > 600; cut -= 97)
        {
            var collector = new Collector<IcmpRttRecord>();
            string path = Write(archive[..cut]);

            LogFileException error = Assert.Throws<LogFileException>(() => LogFile.Read(path, [LogTool.KernelIcmpRtt], _ => new IcmpRttParser(collector), new LogReadOptions()));

            Assert.Equal(LogFileProblem.CompressionCut, error.Problem);
            Assert.Contains("ends early", error.Message, StringComparison.Ordinal);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Equal(Enumerable.Range(0, collector.Records.Count), collector.Records.Select(record => (int)record.Sequence));
            if (isGzip)
            {
                Assert.InRange(collector.Records.Count, RecordsLeft(archive[..cut]) - 2, RecordsLeft(archive[..cut]));
            }

            most = Math.Max(most, collector.Records.Count);
        }

        Assert.InRange(most, isGzip ? 398 : 1, 400);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void DamagedArchive_KeepsWhatComesBefore(bool isGzip)
    {
        var random = new Random(7);
        byte[] noise = new byte[300_000];
        random.NextBytes(noise);
        string filler = string.Concat(noise.Select(value => value % 50 == 0 ? "\n" : ((char)('a' + (value % 26))).ToString()));
        byte[] text = Encoding.UTF8.GetBytes(Log + filler);
        byte[] archive = isGzip ? Gzip(text) : Zstandard(text);
        archive.AsSpan(archive.Length / 2, 64).Fill(0x5a);
        var collector = new Collector<IcmpRttRecord>();

        LogFileException error = Assert.Throws<LogFileException>(() => LogFile.Read(Write(archive), [LogTool.KernelIcmpRtt], _ => new IcmpRttParser(collector), new LogReadOptions()));

        Assert.True(error.Problem is LogFileProblem.CompressionDamaged or LogFileProblem.CompressionCut);
        Assert.Contains("Copy the file again", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, collector.Records.Count);
    }

    /// <summary>Whatever bit is wrong, the error is the archive's: the decompressors throw all kinds of things.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EveryFlippedByte_IsTheArchives(bool isGzip)
    {
        byte[] archive = isGzip ? Gzip(Encoding.UTF8.GetBytes(Log)) : Zstandard(Encoding.UTF8.GetBytes(Log));
        int damaged = 0;
        for (int at = 4; at < archive.Length; at++)
        {
            byte[] copy = [.. archive];
            copy[at] ^= 0x10;
            try
            {
                Read(Write(copy));
            }
            catch (LogFileException)
            {
                damaged++;
            }
        }

        Assert.True(damaged > archive.Length / 2, $"{damaged} of {archive.Length} found");
    }

    /// <summary>300 MB of blanks in 300 kB or less: the reader stops at a thousand times the packed bytes.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Bomb_IsRefusedAtTheRatio(bool isGzip)
    {
        string path = Path.Combine(_folder, "bomb");
        using (Stream file = File.Create(path))
        using (Stream archive = isGzip ? new GZipStream(file, CompressionLevel.SmallestSize) : new CompressionStream(file, level: 19))
        {
            archive.Write(Encoding.UTF8.GetBytes(Log));
            byte[] blanks = new byte[1 << 20];
            blanks.AsSpan().Fill((byte)' ');
            for (int i = 0; i < 300; i++)
            {
                archive.Write(blanks);
            }
        }

        var collector = new Collector<IcmpRttRecord>();
        long before = GC.GetAllocatedBytesForCurrentThread();
        LogFileException error = Assert.Throws<LogFileException>(() => LogFile.Read(path, [LogTool.KernelIcmpRtt], _ => new IcmpRttParser(collector), new LogReadOptions()));

        Assert.Equal(LogFileProblem.ExpandsTooFar, error.Problem);
        Assert.Contains("1000 times", error.Message, StringComparison.Ordinal);
        Assert.Contains("-MaxExpandedBytes", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, collector.Records.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void Limit_IsWhatWasAskedFor()
    {
        string path = Write(Gzip(Encoding.UTF8.GetBytes(Log + new string('\n', 100_000))));

        LogFileException error = Assert.Throws<LogFileException>(() => Read(path, new LogReadOptions { MaxExpandedBytes = 50_000 }));
        Assert.Equal(LogFileProblem.ExpandsTooFar, error.Problem);
        Assert.Contains("50000 bytes", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Read(path, new LogReadOptions { MaxExpandedBytes = 200_000 }).Collector.Records.Count);
    }

    [Fact]
    public void OtherPackings_AreNamedWithTheirCommand()
    {
        AssertBinary([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 1], "xz -d");
        AssertBinary([.. "BZh91AY&SY"u8], "bzip2 -d");
        AssertBinary([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00], "unzip");
    }

    /// <summary>2 GiB on one line: the line is cut and counted once, memory stays at the buffers, and the next record is found.</summary>
    [Fact]
    public void EndlessLine_CostsNoMemory()
    {
        var collector = new Collector<IcmpRttRecord>();
        var parser = new IcmpRttParser(collector);
        using var stream = new EndlessLineStream(Encoding.UTF8.GetBytes(IcmpRttText.TxHeader + IcmpRttText.TxFirst), 2L << 30, Encoding.UTF8.GetBytes("\n" + IcmpRttText.TxSecond));
        long before = GC.GetAllocatedBytesForCurrentThread();

        parser.ReadAll(stream);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        Assert.Equal(2, collector.Records.Count);
        IcmpRttParserTests.AssertSecond(collector.Records[1], line: 47);
        Assert.Equal(1, parser.Tally.Malformed);
        Assert.Equal(45, parser.Tally.FirstMalformedLine);
        Assert.Contains("longer than 65536 bytes", Assert.Single(collector.Issues).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TenMegabyteLine_InARecord_BreaksThatRecordOnly()
    {
        string text = IcmpRttText.TxHeader + IcmpRttText.TxFirst.Swap("Session: ", new string('x', 10_000_000) + "\nSession: ") + IcmpRttText.TxSecond;

        Outcome<IcmpRttRecord> outcome = Reading.IcmpRtt(text);

        Assert.Equal(2, outcome.Records.Count);
        Assert.Equal(1, outcome.Tally.Malformed);
        Assert.Equal(LogText.LineCount(text), outcome.Tally.Total);
    }

    private static string Numbered(int sequence) => IcmpRttText.TxFirst.Swap("Seq: 1)", FormattableString.Invariant($"Seq: {sequence})"));

    /// <summary>What the framework's reader, which does not mind the early end, finds in the cut archive.</summary>
    private static int RecordsLeft(byte[] archive)
    {
        using var unpacked = new GZipStream(new MemoryStream(archive), CompressionMode.Decompress);
        return Reading.IcmpRtt(unpacked).Records.Count;
    }

    private static byte[] Gzip(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(text);
        }

        return packed.ToArray();
    }

    private static byte[] Zstandard(byte[] text)
    {
        using var compressor = new Compressor(3);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return compressor.Wrap(text).ToArray();
    }

    private static (Collector<IcmpRttRecord> Collector, LogParser Parser) Read(string path, LogReadOptions? options = null)
    {
        var collector = new Collector<IcmpRttRecord>();
        var parser = new IcmpRttParser(collector);
        LogFile.Read(path, [LogTool.KernelIcmpRtt], _ => parser, options ?? new LogReadOptions());
        return (collector, parser);
    }

    private void AssertBinary(byte[] head, string command)
    {
        LogFileException error = Assert.Throws<LogFileException>(() => LogFile.Identify(Write(head)));
        Assert.Equal(LogFileProblem.Binary, error.Problem);
        Assert.Contains(command, error.Message, StringComparison.Ordinal);
    }

    private string Write(byte[] bytes)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
