namespace VirtLatency.HelpCompiler;

/// <summary>A help page that is missing or not in the form that the compiler reads.</summary>
public sealed class HelpPageException(string path, string message) : Exception(message)
{
    /// <summary>The page.</summary>
    public string Path { get; } = path;
}
