using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>Which tool printed a file, and how sure that is.</summary>
/// <param name="Tool">The tool; Unknown where no tool's text was found.</param>
/// <param name="Confidence">How sure.</param>
/// <param name="Layout">The form of the file, where a tool writes several.</param>
public readonly record struct LogIdentity(LogTool Tool, LogConfidence Confidence, LogLayout Layout = LogLayout.Text);
