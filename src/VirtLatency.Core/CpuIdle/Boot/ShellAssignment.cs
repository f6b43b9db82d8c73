namespace VirtLatency.CpuIdle.Boot;

/// <summary>NAME=value or NAME+=value in a file that a shell reads.</summary>
/// <param name="Name">The variable.</param>
/// <param name="IsAppend">True for +=.</param>
/// <param name="IsArray">True for NAME=(...); the value is then one expansion.</param>
/// <param name="IsConditional">It stands within if, case, a loop, a function, or behind &amp;&amp; or ||.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Start">Where the value starts in the file.</param>
/// <param name="End">Behind the value's last character, quotes included.</param>
/// <param name="ClosingQuote">The quote that the value ends with; none where it does not end with a closing quote.</param>
/// <param name="Chars">The value.</param>
internal sealed record ShellAssignment(
    string Name,
    bool IsAppend,
    bool IsArray,
    bool IsConditional,
    int Line,
    int Start,
    int End,
    ShellQuote ClosingQuote,
    IReadOnlyList<SourceChar> Chars);
