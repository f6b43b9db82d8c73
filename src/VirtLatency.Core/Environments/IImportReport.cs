using VirtLatency.Parsing;

namespace VirtLatency.Environments;

/// <summary>What reading files has to say while it goes on. A cmdlet turns it into PowerShell's streams.</summary>
public interface IImportReport
{
    /// <summary>What was done and why.</summary>
    /// <param name="message">One sentence.</param>
    void Verbose(string message);

    /// <summary>What the reader should know, though reading goes on.</summary>
    /// <param name="message">One sentence.</param>
    void Warning(string message);

    /// <summary>A file that cannot be used; the others go on.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">Why.</param>
    void FileProblem(string path, Exception cause);

    /// <summary>Damage in a file; reading goes on behind it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="issue">Where and what.</param>
    void LineProblem(string path, ParseIssue issue);

    /// <summary>How far a file was read.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Takes the bytes read so far; null when nobody looks.</returns>
    IProgress<long>? ProgressOf(string path);
}
