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
