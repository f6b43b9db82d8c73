namespace VirtLatency.Report;

/// <summary>A paragraph with its heading.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Text">The text.</param>
public sealed record ReportParagraph(string Title, string Text);
