using System.IO.Compression;
using System.Text;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Log files on disk: plain, gzip, and what is no log.</summary>
public sealed class LogFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("virtlatency-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(IcmpRttText.TxHeader, LogTool.KernelIcmpRtt)]
    [InlineData(IcmpPathText.SenderHeader, LogTool.IcmpDropDetector)]
    [InlineData(TunIrqText.Header, LogTool.TunTxToKvmIrq)]
    [InlineData(KvmTunText.Samples, LogTool.KvmVhostTunLatency)]
    [InlineData("no tool's text\n", LogTool.Unknown)]
    [InlineData("x", LogTool.Unknown)]
    public void Identify_PlainAndCompressed(string text, LogTool tool)
    {
        Assert.Equal(tool, LogFile.Identify(Write("plain.log", Encoding.UTF8.GetBytes(text))).Tool);
        Assert.Equal(tool, LogFile.Identify(Write("packed.log", Pack(text))).Tool);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_FromFirstToLastLine(bool packed)
    {
        string text = IcmpRttText.TxHeader + string.Concat(Enumerable.Repeat(IcmpRttText.TxFirst + IcmpRttText.TxSecond, 100)) + IcmpRttText.Footer;
        var collector = new Collector<IcmpRttRecord>();
        var parser = new IcmpRttParser(collector);

        LogFile.Read(Write("a.log", packed ? Pack(text) : Encoding.UTF8.GetBytes(text)), [LogTool.KernelIcmpRtt], _ => parser, new LogReadOptions());

        Assert.Equal(200, collector.Records.Count);
        IcmpRttParserTests.AssertFirst(collector.Records[0], line: 20);
        IcmpRttParserTests.AssertSecond(collector.Records[199], line: 5194);
        LogText.AssertTally(text, parser.Tally, parsed: 2003, noise: 3218, malformed: 0);
    }

    [Fact]
    public void Read_OtherReadersLog_NamesTheCommand()
    {
        string path = Write("a.log", Encoding.UTF8.GetBytes(TunIrqText.Header));

        LogFileException error = Assert.Throws<LogFileException>(() => LogFile.Read(path, [LogTool.KernelIcmpRtt], _ => new IcmpRttParser(new Collector<IcmpRttRecord>()), new LogReadOptions()));

        Assert.Equal(LogFileProblem.WrongTool, error.Problem);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("log of tun_tx_to_kvm_irq, not of kernel_icmp_rtt", error.Message, StringComparison.Ordinal);
        Assert.Contains("Import-TunIrqLog", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=== TCP Drop Detector ===\n  Latency(us): ReqInternal=13.1  External=137.3  RepInternal=8.8  Total=159.2\n", "tcp_drop_detector")]
    [InlineData("=== UDP Drop Detector ===\n", "udp_drop_detector")]
    [InlineData("=== ICMP Round-Trip Latency Tracer ===\nTotal RTT (Path1 Start to Path2 End): 218.658 us\n", "system_network_icmp_rtt")]
    public void Read_Relative_IsRefusedByItsName(string text, string name)
    {
        string path = Write("a.log", Encoding.UTF8.GetBytes(text));

        LogFileException error = Assert.Throws<LogFileException>(() => LogFile.Read(path, [LogTool.IcmpDropDetector], _ => new IcmpPathParser(new Collector<IcmpPathRecord>()), new LogReadOptions()));

        Assert.Equal(LogFileProblem.WrongTool, error.Problem);
        Assert.Contains($"log of {name}, not of icmp_drop_detector", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Import-", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownText_IsRefused()
    {
        string path = Write("a.log", Encoding.UTF8.GetBytes("hello\n"));

        LogFileException error = Assert.Throws<LogFileException>(() => LogFile.Read(path, [LogTool.KvmVhostTunLatency], _ => new KvmTunParser(new Collector<KvmTunRecord>()), new LogReadOptions()));

        Assert.Equal(LogFileProblem.WrongTool, error.Problem);
        Assert.Contains("not a log of kvm_vhost_tun_latency_details", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyFile_IsRefused()
    {
        string path = Write("a.log", []);

        Assert.Equal(LogFileProblem.Empty, Assert.Throws<LogFileException>(() => LogFile.Identify(path)).Problem);
        Assert.Equal(LogFileProblem.Empty, Assert.Throws<LogFileException>(() => LogFile.Identify(Write("b.log", Pack(string.Empty)))).Problem);
    }

    [Fact]
    public void BinaryFile_IsRefused()
    {
        LogFileException error = Assert.Throws<LogFileException>(() => LogFile.Identify(Write("a.log", [0x7f, 0x45, 0x4c, 0x46, 0x02, 0x01, 0x01, 0x00])));

        Assert.Equal(LogFileProblem.Binary, error.Problem);
    }

    [Fact]
    public void MissingFile_IsAnIoError() =>
        Assert.ThrowsAny<IOException>(() => LogFile.Identify(Path.Combine(_folder, "none.log")));

    [Fact]
    public void OpenForWriting_CanStillBeRead()
    {
        string path = Path.Combine(_folder, "growing.log");
        using var writer = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        writer.Write(Encoding.UTF8.GetBytes(KvmTunText.Samples));
        writer.Flush();

        Assert.Equal(LogTool.KvmVhostTunLatency, LogFile.Identify(path).Tool);
    }

    [Fact]
    public void HeadStream_HeadThenRest()
    {
        byte[] bytes = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
        foreach (int head in (int[])[0, 1, 77, 200])
        {
            using var stream = new HeadStream(bytes[..head], new ChunkStream(bytes[head..], 13, seed: head));
            using var copy = new MemoryStream();
            stream.CopyTo(copy, bufferSize: 10);
            Assert.Equal(bytes, copy.ToArray());
        }
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
