namespace VirtLatency.Environments;

/// <summary>A manifest that cannot be used, or an entry of it.</summary>
public sealed class ManifestException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="path">The manifest.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="message">What was found and what to do, without a full stop.</param>
    public ManifestException(ManifestProblem problem, string path, int line, string message)
        : base(FormattableString.Invariant($"{path}:{line}: {message}.")) => (Problem, Path, Line) = (problem, path, line);

    /// <summary>What is wrong.</summary>
    public ManifestProblem Problem { get; }

    /// <summary>The manifest.</summary>
    public string Path { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }
}
