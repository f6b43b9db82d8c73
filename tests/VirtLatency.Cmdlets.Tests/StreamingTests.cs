using System.Diagnostics;
using System.Management.Automation;

namespace VirtLatency.Tests;

public sealed class StreamingTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    /// <summary>A pipe that holds two records and is never closed: only a reader that stops at the first one returns.</summary>
    [Fact]
    public async Task Select_first_stops_reading()
    {
        string pipe = MakePipe();
        using FileStream writer = await FeedAsync(pipe);

        Task<EngineResult> reading = Task.Run(() => _engine.Run($"Import-IcmpRttLog -LiteralPath '{pipe}' | Select-Object -First 1"));
        Task first = await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(30)));

        Assert.Same(reading, first);
        Assert.Equal(20.839, EngineResult.Value<double?>(Assert.Single((await reading).Output), "Path1Us"));
    }

    /// <summary>Reading an endless source ends soon after a stop; the bound is generous for a loaded machine.</summary>
    [Fact]
    public async Task Stop_ends_an_endless_read()
    {
        string path = Path.Combine(_folder.Path, "endless.log");
        string record = File.ReadAllText(Path.Combine(RepositoryFolder.ExampleData, "smtx/sfsvm-send.log"));
        using (var writer = new StreamWriter(path))
        {
            for (int i = 0; i < 8_000; i++)
            {
                await writer.WriteAsync(record);
            }
        }

        _engine.Set("path", path);
        using PowerShell shell = _engine.Create();
        shell.AddScript("Import-LatencyEnvironment -SenderVmLog $path");
        IAsyncResult running = shell.BeginInvoke();
        await Task.Delay(100);
        Assert.False(running.IsCompleted, "the log is too short for this test");
        long start = Stopwatch.GetTimestamp();
        shell.Stop();

        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5), "the read went on after the stop");
    }

    [Fact]
    public async Task Wait_comes_back_when_first_has_enough()
    {
        string path = HalfALog(out string rest);
        Task<EngineResult> reading = Task.Run(() => _engine.Run($"Import-IcmpRttLog -LiteralPath '{path}' -Wait | Select-Object -First 2"));
        await Task.Delay(500);
        Assert.False(reading.IsCompleted, "it did not wait for the second record");
        await File.AppendAllTextAsync(path, rest);

        EngineResult result = await reading.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Empty(result.Errors);
        Assert.Equal([1, 2], result.Output.Select(sample => EngineResult.Value<int>(sample, "Sequence")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_ends_a_wait(bool isPipe)
    {
        string path = isPipe ? MakePipe() : HalfALog(out _);
        using FileStream? writer = isPipe ? await FeedAsync(path) : null;
        _engine.Set("path", path);
        using PowerShell shell = _engine.Create();
        shell.AddScript($"Import-IcmpRttLog $path -Wait:${!isPipe}");
        using var output = new PSDataCollection<PSObject>();
        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        while (output.Count == 0)
        {
            Assert.False(running.IsCompleted, "it did not wait");
            await Task.Delay(20);
        }

        long start = Stopwatch.GetTimestamp();
        shell.Stop();

        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5), "the wait went on after the stop");
    }

    [Fact]
    public void Wait_takes_one_file()
    {
        EngineResult result = _engine.Run($"Import-IcmpRttLog '{RepositoryFolder.ExampleData}/*/sfsvm-send.log' -Wait");

        Assert.Empty(result.Output);
        Assert.StartsWith("WaitNeedsOneFile", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    /// <summary>Half of an archive gives half of the samples, an error, and rows that say so.</summary>
    [Fact]
    public void Cut_archive_keeps_what_comes_before()
    {
        string path = Path.Combine(_folder.Path, "cut.log.gz");
        byte[] text = File.ReadAllBytes(Path.Combine(RepositoryFolder.ExampleData, "smtx/sfsvm-send.log"));
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(text);
        }

        File.WriteAllBytes(path, packed.ToArray()[..(text.Length / 2)]);

        EngineResult samples = _engine.Run($"Import-IcmpRttLog '{path}'");
        Assert.InRange(samples.Output.Count, 6, 8);
        Assert.Equal(["LogLineMalformed", "LogCompressionDamaged"], samples.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));

        EngineResult rows = _engine.Run($"Import-LatencyEnvironment -SenderVmLog '{path}' | Get-SegmentBreakdown | Where-Object Segment -eq A");
        Assert.Contains(rows.Errors, error => error.FullyQualifiedErrorId.StartsWith("LogCompressionDamaged", StringComparison.Ordinal));
        PSObject row = Assert.Single(rows.Output);
        Assert.Equal(samples.Output.Count, EngineResult.Value<long>(row, "SampleCount"));
        Assert.Contains("the file was read in part", EngineResult.Value<string>(row, "Note"), StringComparison.Ordinal);
    }

    private string HalfALog(out string rest)
    {
        string[] lines = File.ReadAllLines(Path.Combine(RepositoryFolder.ExampleData, "smtx/sfsvm-send.log"));
        string path = Path.Combine(_folder.Path, "growing.log");
        File.WriteAllText(path, string.Join('\n', lines.Take(45)) + "\n=== ICMP");
        rest = lines[45]["=== ICMP".Length..] + "\n" + string.Join('\n', lines.Skip(46)) + "\n";
        Assert.StartsWith("=== ICMP", lines[45], StringComparison.Ordinal);
        return path;
    }

    private string MakePipe()
    {
        string pipe = Path.Combine(_folder.Path, "pipe.log");
        using Process process = Process.Start("mkfifo", [pipe])!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return pipe;
    }

    private static async Task<FileStream> FeedAsync(string pipe)
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(RepositoryFolder.ExampleData, "smtx/sfsvm-send.log"));
        byte[] text = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines.Take(70)) + "\n");

        // Opened for both ways, a pipe neither blocks its writer nor ever ends for its reader.
        var writer = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        await writer.WriteAsync(text);
        await writer.FlushAsync();
        return writer;
    }
}
