namespace VirtLatency.CpuIdle.Boot;

/// <summary>A character of a value and the piece of the file that it comes from.</summary>
/// <param name="Value">The character; <see cref="Opaque"/> for an expansion.</param>
/// <param name="Start">Where the piece starts in the file.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="Quote">How it is quoted there.</param>
/// <param name="Variable">For an expansion: the variable's name, or null for a command or anything else that only a shell can compute.</param>
internal readonly record struct SourceChar(char Value, int Start, int End, ShellQuote Quote, string? Variable = null)
{
    /// <summary>Stands for an expansion; no boot file can hold it (files are read as bytes).</summary>
    public const char Opaque = '\ufffc';
}
