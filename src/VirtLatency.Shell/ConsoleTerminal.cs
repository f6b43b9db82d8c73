namespace VirtLatency.Shell;

/// <summary>The process's console. Redirected, it has 120 columns and no colours.</summary>
internal sealed class ConsoleTerminal : ITerminal
{
    private const int RedirectedWidth = 120;

    public int Width => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? RedirectedWidth : Console.WindowWidth;

    public bool TakesEscapes => !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public bool ShowsProgress => !Console.IsErrorRedirected && !Console.IsOutputRedirected;

    public TextWriter Output => Console.Out;

    public TextWriter ErrorOutput => Console.Error;

    public TextReader Input => Console.In;
}
