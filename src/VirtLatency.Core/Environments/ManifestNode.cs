namespace VirtLatency.Environments;

/// <summary>A value of a manifest and its line, whatever the file's syntax: a text, a table or a list.</summary>
/// <param name="Line">The line, from 1.</param>
public sealed record ManifestNode(int Line)
{
    /// <summary>The text, a number as it is written; null for tables and lists.</summary>
    public string? Text { get; init; }

    /// <summary>A table's entries in file order; null for texts and lists.</summary>
    public IReadOnlyList<(string Key, int Line, ManifestNode Value)>? Entries { get; init; }

    /// <summary>A list's items; null for texts and tables.</summary>
    public IReadOnlyList<ManifestNode>? Items { get; init; }
}
