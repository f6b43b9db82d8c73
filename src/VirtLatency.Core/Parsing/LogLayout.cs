namespace VirtLatency.Parsing;

/// <summary>The form in which a tool wrote its file.</summary>
public enum LogLayout
{
    /// <summary>Lines, as printed.</summary>
    Text,

    /// <summary>JSON, as written by --output.</summary>
    Json,
}
