using System.Collections.Concurrent;
using System.Text;
using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>A log that is read while it grows, is truncated, and is replaced.</summary>
public sealed class FollowedLogTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("virtlatency-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly BlockingCollection<IcmpRttRecord> _records = [];
    private IcmpRttParser? _parser;

    private string File => Path.Combine(_folder, "growing.log");

    public void Dispose()
    {
        _stop.Dispose();
        _records.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task HalfWrittenLine_WaitsForItsRest()
    {
        await WriteAsync(string.Empty);
        Task reading = Follow();
        await AppendAsync(IcmpRttText.TxHeader[..9]);
        await AppendAsync(IcmpRttText.TxHeader[9..] + IcmpRttText.TxFirst[..200]);
        await AssertNothingAsync();
        await AppendAsync(IcmpRttText.TxFirst[200..900]);
        await AppendAsync(IcmpRttText.TxFirst[900..]);
        IcmpRttParserTests.AssertFirst(Next(), line: 20);
        await AppendAsync(IcmpRttText.TxSecond);
        IcmpRttParserTests.AssertSecond(Next(), line: 46);

        await StopAsync(reading);
        Assert.Equal(0, _parser!.Tally.Malformed);
    }

    [Fact]
    public async Task Truncation_BeginsANewRun()
    {
        await WriteAsync(IcmpRttText.TxHeader + IcmpRttText.TxFirst + IcmpRttText.TxSecond[..300]);
        Task reading = Follow();
        Assert.Equal(1, Next().Run);

        await WriteAsync(IcmpRttText.TxHeader);
        await AppendAsync(IcmpRttText.TxSecond);

        IcmpRttRecord second = Next();
        Assert.Equal(2, second.Run);
        Assert.Equal(19, second.Line - 1);
        await StopAsync(reading);
    }

    /// <summary>Written anew, and longer than before, between two looks: only what stood before the place tells.</summary>
    [Fact]
    public async Task RewrittenLonger_BeginsANewRun()
    {
        await WriteAsync(IcmpRttText.TxHeader + IcmpRttText.TxFirst + IcmpRttText.TxSecond[..300]);
        Task reading = Follow();
        Assert.Equal(1, Next().Run);

        await WriteAsync(IcmpRttText.TxFirst + IcmpRttText.TxSecond + IcmpRttText.TxFirst);

        Assert.Equal([(2, 1), (2, 2), (2, 1)], Enumerable.Range(0, 3).Select(_ => Next()).Select(record => (record.Run, (int)record.Sequence)));
        await StopAsync(reading);
    }

    /// <summary>Records only, no banner: the file's new beginning alone tells the run.</summary>
    [Fact]
    public async Task Rotation_ReadsTheOldFileToItsEnd_ThenTheNewOne()
    {
        await WriteAsync(IcmpRttText.TxFirst);
        Task reading = Follow();
        Assert.Equal(1, Next().Run);

        System.IO.File.Move(File, File + ".1");
        await System.IO.File.AppendAllTextAsync(File + ".1", IcmpRttText.TxSecond);
        Assert.Equal(1, Next().Run);
        await WriteAsync(IcmpRttText.TxFirst);

        IcmpRttRecord third = Next();
        Assert.Equal((2, 2L), (third.Run, third.Line));
        await AppendAsync(IcmpRttText.TxSecond);
        Assert.Equal(2, Next().Run);
        await StopAsync(reading);
    }

    [Fact]
    public async Task Utf16_IsFollowedToo()
    {
        byte[] text = Encoding.Unicode.GetBytes("\uFEFF" + IcmpRttText.TxHeader + IcmpRttText.TxFirst);
        await System.IO.File.WriteAllBytesAsync(File, text[..2001]);
        Task reading = Follow();
        await using (var file = new FileStream(File, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            await file.WriteAsync(text.AsMemory(2001));
        }

        IcmpRttParserTests.AssertFirst(Next(), line: 20);
        await StopAsync(reading);
    }

    [Fact]
    public async Task OtherToolsLog_IsRefusedAsSoonAsItShows()
    {
        await WriteAsync(string.Empty);
        Task reading = Follow();
        await AppendAsync(TunIrqText.Header);

        LogFileException error = await Assert.ThrowsAsync<LogFileException>(() => reading.WaitAsync(Patience));
        Assert.Equal(LogFileProblem.WrongTool, error.Problem);
    }

    [Theory]
    [InlineData(new byte[] { 0x1f, 0x8b, 8, 0, 0, 0 })]
    [InlineData(new byte[] { 0x28, 0xb5, 0x2f, 0xfd, 0, 0 })]
    public void CompressedFile_IsRefused(byte[] head)
    {
        System.IO.File.WriteAllBytes(File, head);

        Assert.Equal(LogFileProblem.NotFollowable, Assert.Throws<LogFileException>(Read).Problem);
    }

    private Task Follow() => Task.Run(Read);

    private void Read() => LogFile.Read(
        File,
        [LogTool.KernelIcmpRtt],
        _ => _parser = new IcmpRttParser(new Queueing(_records)),
        new LogReadOptions { Wait = true, Cancellation = _stop.Token });

    private async Task StopAsync(Task reading)
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Patience));
    }

    private IcmpRttRecord Next()
    {
        Assert.True(_records.TryTake(out IcmpRttRecord record, Patience), "no record came");
        return record;
    }

    private async Task AssertNothingAsync()
    {
        await Task.Delay(300);
        Assert.Empty(_records);
    }

    private Task WriteAsync(string text) => System.IO.File.WriteAllTextAsync(File, text);

    private Task AppendAsync(string text) => System.IO.File.AppendAllTextAsync(File, text);

    private sealed class Queueing(BlockingCollection<IcmpRttRecord> records) : ILogVisitor<IcmpRttRecord>
    {
        public void Record(in IcmpRttRecord record) => records.Add(record);

        public void Issue(ParseIssue issue)
        {
        }
    }
}
