using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using VirtLatency.Parsing;

namespace VirtLatency.Environments;

/// <summary>Keeps what one thread's reading has to say until another thread says it.</summary>
internal sealed class ReportQueue : IImportReport
{
    private readonly BlockingCollection<Action<IImportReport>> _said = [];
    private ExceptionDispatchInfo? _failure;

    public void Verbose(string message) => _said.Add(report => report.Verbose(message));

    public void Warning(string message) => _said.Add(report => report.Warning(message));

    public void FileProblem(string path, Exception cause) => _said.Add(report => report.FileProblem(path, cause));

    public void LineProblem(string path, ParseIssue issue) => _said.Add(report => report.LineProblem(path, issue));

    public IProgress<long>? ProgressOf(string path) => new QueuedProgress(this, path);

    /// <summary>Nothing more will be said.</summary>
    /// <param name="failure">Why the reading ended early; null where it did not.</param>
    public void Complete(ExceptionDispatchInfo? failure)
    {
        _failure = failure;
        _said.CompleteAdding();
    }

    /// <summary>Says all of it in order, waiting for what is still to come; then throws what ended the reading.</summary>
    /// <param name="report">Told.</param>
    public void TellTo(IImportReport report)
    {
        foreach (Action<IImportReport> say in _said.GetConsumingEnumerable())
        {
            say(report);
        }

        _failure?.Throw();
    }

    /// <summary>How far a file was read: only the newest number waits, however long it is before anyone listens.</summary>
    private sealed class QueuedProgress(ReportQueue queue, string path) : IProgress<long>
    {
        private IProgress<long>? _shown;
        private bool _isAsked;
        private long _bytes;
        private int _isWaiting;

        public void Report(long value)
        {
            Volatile.Write(ref _bytes, value);
            if (Interlocked.Exchange(ref _isWaiting, 1) == 0)
            {
                queue._said.Add(Show);
            }
        }

        private void Show(IImportReport report)
        {
            _shown = _isAsked ? _shown : report.ProgressOf(path);
            _isAsked = true;
            Volatile.Write(ref _isWaiting, 0);
            _shown?.Report(Volatile.Read(ref _bytes));
        }
    }
}
