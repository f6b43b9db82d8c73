namespace VirtLatency.Shell;

/// <summary>What the command line asks for.</summary>
public enum ShellMode
{
    /// <summary>A prompt.</summary>
    Interactive,

    /// <summary>A script file.</summary>
    File,

    /// <summary>A text.</summary>
    Command,

    /// <summary>How to use it.</summary>
    Help,

    /// <summary>Its version.</summary>
    Version,

    /// <summary>Nothing that exists; the text says what is wrong.</summary>
    Wrong,
}
