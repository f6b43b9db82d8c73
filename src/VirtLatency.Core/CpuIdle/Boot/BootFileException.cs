namespace VirtLatency.CpuIdle.Boot;

/// <summary>A boot file that cannot be understood or edited; it was not touched.</summary>
public sealed class BootFileException : IOException
{
    /// <summary>Makes the error.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="path">The file, as the host has it.</param>
    /// <param name="line">Line from 1; 0 where no line is meant.</param>
    /// <param name="message">What was found and what to do; path and line are put in front.</param>
    public BootFileException(BootFileProblem problem, string path, int line, string message)
        : base(VisibleText.Message((line > 0 ? FormattableString.Invariant($"{path}:{line}: ") : path + ": ") + message))
    {
        Problem = problem;
        Path = path;
        Line = line;
    }

    /// <summary>What is wrong.</summary>
    public BootFileProblem Problem { get; }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Line from 1; 0 where no line is meant.</summary>
    public int Line { get; }
}
