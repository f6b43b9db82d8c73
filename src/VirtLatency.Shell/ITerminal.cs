namespace VirtLatency.Shell;

/// <summary>Where the shell writes to and reads from: a console, or a test.</summary>
public interface ITerminal
{
    /// <summary>Columns of a line.</summary>
    int Width { get; }

    /// <summary>True when escape sequences (colours) are understood and wanted.</summary>
    bool TakesEscapes { get; }

    /// <summary>True when progress can be shown in place.</summary>
    bool ShowsProgress { get; }

    /// <summary>Normal output.</summary>
    TextWriter Output { get; }

    /// <summary>Errors.</summary>
    TextWriter ErrorOutput { get; }

    /// <summary>Input.</summary>
    TextReader Input { get; }
}
