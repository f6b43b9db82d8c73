namespace VirtLatency.CpuIdle.Boot;

/// <summary>How a character of a shell word is quoted.</summary>
internal enum ShellQuote
{
    /// <summary>Not at all; a backslash may stand before it.</summary>
    None,

    /// <summary>Within '.</summary>
    Single,

    /// <summary>Within ".</summary>
    Double,

    /// <summary>The text is no shell's: every character stands for itself.</summary>
    Raw,
}
