namespace VirtLatency.Analysis.FixEffects;

/// <summary>A file of workload runs that cannot be used as a whole.</summary>
public sealed class WorkloadException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="message">What was found, and what to do, without a full stop.</param>
    public WorkloadException(string path, long line, string message)
        : base(FormattableString.Invariant($"{path}:{line}: {message}.")) => (Path, Line) = (path, line);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The line, from 1.</summary>
    public long Line { get; }
}
