namespace VirtLatency.Report;

/// <summary>Text, in the report's language where it is the program's, as it was read where it is a log's. It holds no control characters; writers still escape it.</summary>
/// <param name="Text">The text; may be empty.</param>
public sealed record TextCell(string Text) : ReportCell;
