using VirtLatency.Environments;
using VirtLatency.Tests.Analysis;
using Xunit;

namespace VirtLatency.Tests.Environments;

/// <summary>Files read at once, told one after the other.</summary>
public sealed class SideBySideTests
{
    private static readonly int[] Files = [.. Enumerable.Range(0, 20)];

    [Fact]
    public void What_files_say_comes_in_their_order_on_the_callers_thread()
    {
        var report = new ThreadReport();
        int[] results = SideBySide.Read(Files, Read, report, CancellationToken.None);

        Assert.Equal(Files.Select(file => file * file), results);
        Assert.Equal(Files.SelectMany(file => new[] { $"{file} begins", $"{file} ends" }), report.Messages);
        Assert.Equal(Environment.CurrentManagedThreadId, Assert.Single(report.Threads));

        // Later files are the quicker ones.
        static int Read(int file, IImportReport report, CancellationToken stop)
        {
            report.Verbose($"{file} begins");
            Thread.Sleep(Files.Length - file);
            report.Verbose($"{file} ends");
            return file * file;
        }
    }

    [Fact]
    public void The_first_failure_is_thrown_after_what_came_before_it_was_said_and_all_readers_end()
    {
        var report = new RecordingReport();
        int running = 0;
        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => SideBySide.Read(Files, Read, report, CancellationToken.None));

        Assert.Equal("5", failure.Message);
        Assert.Equal(0, Volatile.Read(ref running));
        Assert.Equal(["0", "1", "2", "3", "4"], report.VerboseMessages);

        int Read(int file, IImportReport own, CancellationToken stop)
        {
            Interlocked.Increment(ref running);
            try
            {
                stop.ThrowIfCancellationRequested();
                if (file >= 5)
                {
                    throw new InvalidDataException($"{file}");
                }

                own.Verbose($"{file}");
                return file;
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        }
    }

    [Fact]
    public void Cancelling_ends_the_reading()
    {
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => SideBySide.Read(Files, Read, new RecordingReport(), source.Token));

        int Read(int file, IImportReport report, CancellationToken stop)
        {
            source.Cancel();
            stop.ThrowIfCancellationRequested();
            return file;
        }
    }

    private sealed class ThreadReport : IImportReport
    {
        public List<string> Messages { get; } = [];

        public HashSet<int> Threads { get; } = [];

        public void Verbose(string message)
        {
            Messages.Add(message);
            Threads.Add(Environment.CurrentManagedThreadId);
        }

        public void Warning(string message) => throw new NotSupportedException();

        public void FileProblem(string path, Exception cause) => throw new NotSupportedException();

        public void LineProblem(string path, VirtLatency.Parsing.ParseIssue issue) => throw new NotSupportedException();

        public IProgress<long>? ProgressOf(string path) => null;
    }
}
