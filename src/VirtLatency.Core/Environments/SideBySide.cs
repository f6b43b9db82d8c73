using System.Runtime.ExceptionServices;

namespace VirtLatency.Environments;

/// <summary>
/// Reads files on all processors at once. What each of them has to say is said file by file in their order, on the
/// caller's thread, as if they were read one after the other.
/// </summary>
internal static class SideBySide
{
    /// <summary>Reads files.</summary>
    /// <typeparam name="TFile">What tells a file.</typeparam>
    /// <typeparam name="TResult">What it gives.</typeparam>
    /// <param name="files">The files.</param>
    /// <param name="read">Reads one; it may run on any thread.</param>
    /// <param name="report">Told what they say.</param>
    /// <param name="cancellation">Handed on to each.</param>
    /// <returns>What the files gave, in their order. The first failure in that order is thrown, once all have ended.</returns>
    public static TResult[] Read<TFile, TResult>(IReadOnlyList<TFile> files, Func<TFile, IImportReport, CancellationToken, TResult> read, IImportReport report, CancellationToken cancellation)
    {
        int readers = Math.Min(files.Count, Environment.ProcessorCount);
        if (readers < 2)
        {
            return [.. files.Select(file => read(file, report, cancellation))];
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ReportQueue[] queues = [.. files.Select(_ => new ReportQueue())];
        var results = new TResult[files.Count];
        int next = -1;
        Task[] tasks = [.. Enumerable.Range(0, readers).Select(_ => Task.Run(ReadNext))];
        try
        {
            foreach (ReportQueue queue in queues)
            {
                queue.TellTo(report);
            }
        }
        finally
        {
            // Whoever stops listening stops the reading, and nothing reads on behind the caller's back.
            stop.Cancel();
            Task.WaitAll(tasks, CancellationToken.None);
        }

        return results;

        void ReadNext()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < files.Count;)
            {
                ExceptionDispatchInfo? failure = null;
                try
                {
                    results[i] = read(files[i], queues[i], stop.Token);
                }
#pragma warning disable CA1031 // Whatever it is, it is thrown again where the file's turn comes.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }

                queues[i].Complete(failure);
            }
        }
    }
}
