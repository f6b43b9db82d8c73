namespace VirtLatency.Environments;

/// <summary>A file that holds no environments that can be read.</summary>
public sealed class EnvironmentFileException : IOException
{
    /// <summary>Makes the error.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="message">What was found, where, and what to do.</param>
    /// <param name="cause">The error below; null where there is none.</param>
    public EnvironmentFileException(EnvironmentFileProblem problem, string message, Exception? cause = null)
        : base(message, cause) => Problem = problem;

    /// <summary>What is wrong.</summary>
    public EnvironmentFileProblem Problem { get; }

    internal static EnvironmentFileException Damaged(string path, string what, Exception? cause = null) =>
        new(EnvironmentFileProblem.Damaged, $"'{path}' is damaged: {what}. Copy it again, or export the environment again.", cause);

    internal static EnvironmentFileException Foreign(string path, string what) =>
        new(EnvironmentFileProblem.Foreign, $"'{path}' is a zip archive, but not of Export-LatencyEnvironment: {what}. If it holds logs, unpack it and give the folder.");

    internal static EnvironmentFileException TooNew(string path, string writer, string what) =>
        new(EnvironmentFileProblem.TooNew, $"'{path}' was written by VirtLatency {writer} and has {what}, which this version ({EnvironmentFile.ModuleVersion}) does not know. Read it with that version or a later one.");
}
