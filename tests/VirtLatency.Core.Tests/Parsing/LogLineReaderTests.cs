using System.Text;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Lines out of streams of every kind.</summary>
public sealed class LogLineReaderTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("\n", new[] { "" })]
    [InlineData("\n\n", new[] { "", "" })]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\nb", new[] { "a", "b" })]
    [InlineData("a\r\nb\r\n", new[] { "a", "b" })]
    [InlineData("a\r\n\r\nb", new[] { "a", "", "b" })]
    [InlineData("a\rb\n", new[] { "a\rb" })]
    [InlineData("\r\n", new[] { "" })]
    [InlineData("\uFEFFa\nb\n", new[] { "a", "b" })]
    [InlineData("\uFEFF", new[] { "" })]
    [InlineData("a\n\uFEFFb\n", new[] { "a", "b" })]
    [InlineData("  a  \n", new[] { "  a  " })]
    public void Lines_AreCutAtLineFeeds(string text, string[] lines)
    {
        var reader = new LogLineReader(Reading.Open(text));

        // As one string: that comparison is ordinal, and so sees a byte order mark.
        Assert.Equal(string.Join('|', lines), string.Join('|', Lines(reader)));
        Assert.Equal(lines.Length, reader.LineNumber);
        Assert.Equal(Encoding.UTF8.GetByteCount(text), reader.ByteCount);
    }

    [Fact]
    public void LastLine_TellsWhetherItWasEnded()
    {
        var reader = new LogLineReader(Reading.Open("one\ntwo"));

        Assert.True(reader.TryRead(out _));
        Assert.True(reader.IsTerminated);
        Assert.True(reader.TryRead(out _));
        Assert.False(reader.IsTerminated);
        Assert.False(reader.TryRead(out ReadOnlySpan<byte> none));
        Assert.True(none.IsEmpty);
        Assert.False(reader.TryRead(out _));
        Assert.Equal(2, reader.LineNumber);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(4096)]
    public void ShortReads_GiveTheSameLines(int most)
    {
        string[] lines = [.. Enumerable.Range(0, 300).Select(i => new string((char)('a' + (i % 26)), i))];
        byte[] bytes = Encoding.UTF8.GetBytes("\uFEFF" + string.Join("\r\n", lines));

        Assert.Equal(lines, Lines(new LogLineReader(new ChunkStream(bytes, most, seed: most))));
    }

    [Fact]
    public void LinesAcrossBufferEnds_AreWhole()
    {
        // 2 MB in lines of up to 60 000 bytes: every way in which a line can lie across the reader's buffer.
        var random = new Random(17);
        var lines = new List<string>();
        for (int size = 0; size < 2_000_000; size += lines[^1].Length)
        {
            lines.Add(new string((char)('A' + random.Next(26)), random.Next(60_000)));
        }

        byte[] bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

        Assert.Equal(lines, Lines(new LogLineReader(new MemoryStream(bytes))));
        Assert.Equal(lines, Lines(new LogLineReader(new ChunkStream(bytes, 70_001, seed: 3))));
    }

    [Theory]
    [InlineData(10_000_000)]
    [InlineData(1000)]
    public void LineOfTenMegabytes_IsCut_TheNextIsWhole(int most)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("first\n" + new string('x', 10_000_000) + "\nnext\r\nlast");
        var reader = new LogLineReader(new ChunkStream(bytes, most, seed: 1));

        Assert.True(reader.TryRead(out ReadOnlySpan<byte> line));
        Assert.Equal(("first", false), (Encoding.UTF8.GetString(line), reader.IsCut));
        Assert.True(reader.TryRead(out line));
        Assert.Equal(LogLineReader.MaxLineBytes, line.Length);
        Assert.Equal(-1, line.IndexOfAnyExcept((byte)'x'));
        Assert.Equal((true, 2L), (reader.IsCut, reader.LineNumber));
        Assert.True(reader.TryRead(out line));
        Assert.Equal(("next", false, 3L), (Encoding.UTF8.GetString(line), reader.IsCut, reader.LineNumber));
        Assert.True(reader.TryRead(out line));
        Assert.Equal(("last", false, 4L), (Encoding.UTF8.GetString(line), reader.IsCut, reader.LineNumber));
        Assert.False(reader.TryRead(out _));
        Assert.Equal(bytes.Length, reader.ByteCount);
    }

    [Fact]
    public void LongLines_TakeBoundedMemory()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(new string('x', 10_000_000) + "\nnext\n");
        using var stream = new MemoryStream(bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var reader = new LogLineReader(stream);
        while (reader.TryRead(out _))
        {
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Equal(2, reader.LineNumber);
    }

    [Theory]
    [InlineData(LogLineReader.MaxLineBytes - 1, false)]
    [InlineData(LogLineReader.MaxLineBytes, false)]
    [InlineData(LogLineReader.MaxLineBytes + 1, true)]
    public void LongestLine_IsStillWhole(int length, bool cut)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(new string('x', length) + "\nnext\n");
        foreach (int most in (int[])[1_000_000, 777])
        {
            var reader = new LogLineReader(new ChunkStream(bytes, most, seed: 5));
            Assert.True(reader.TryRead(out ReadOnlySpan<byte> line));
            Assert.Equal((Math.Min(length, LogLineReader.MaxLineBytes), cut), (line.Length, reader.IsCut));
            Assert.True(reader.TryRead(out line));
            Assert.Equal(("next", false), (Encoding.UTF8.GetString(line), reader.IsCut));
        }
    }

    [Fact]
    public void LongLineAtTheEnd_WithoutLineFeed_IsCut()
    {
        var reader = new LogLineReader(Reading.Open("a\n" + new string('x', 300_000)));

        Assert.True(reader.TryRead(out _));
        Assert.True(reader.TryRead(out ReadOnlySpan<byte> line));
        Assert.Equal((LogLineReader.MaxLineBytes, true), (line.Length, reader.IsCut));
        Assert.False(reader.TryRead(out _));
        Assert.Equal(2, reader.LineNumber);
    }

    [Fact]
    public void CutLine_IsDamageInALog_RecordsAroundItStay()
    {
        string text = KvmTunText.Header + new string('#', 10_000_000) + "\n" + KvmTunText.Samples;

        Outcome<KvmTunRecord> outcome = Reading.KvmTun(text);

        Assert.Equal([10L, 11L, 12L, 13L], outcome.Records.Select(record => record.Line));
        ParseIssue issue = Assert.Single(outcome.Issues);
        Assert.Equal(9, issue.Line);
        Assert.Contains("longer than 65536 bytes", issue.Message, StringComparison.Ordinal);
        LogText.AssertTally(text, outcome.Tally, parsed: 7, noise: 5, malformed: 1);
    }

    [Fact]
    public void Progress_CountsTheBytes()
    {
        var progress = new LastReport();

        Lines(new LogLineReader(new ChunkStream(new byte[5000], 100, seed: 2), progress));

        Assert.Equal(5000, progress.Value);
    }

    [Fact]
    public void Cancellation_IsLookedAtBeforeReading()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var reader = new LogLineReader(Reading.Open("a\n"), cancellation: source.Token);

        Assert.Throws<OperationCanceledException>(() => reader.TryRead(out _));
    }

    private static List<string> Lines(LogLineReader reader)
    {
        var lines = new List<string>();
        while (reader.TryRead(out ReadOnlySpan<byte> line))
        {
            Assert.False(reader.IsCut);
            lines.Add(Encoding.UTF8.GetString(line));
        }

        return lines;
    }

    private sealed class LastReport : IProgress<long>
    {
        public long Value { get; private set; }

        public void Report(long value) => Value = value;
    }
}
