namespace VirtLatency.LogWriter;

/// <summary>The rulers that the tools draw, with their line ends.</summary>
internal static class Rule
{
    public static readonly string Double60 = Line('=', 60);
    public static readonly string Double72 = Line('=', 72);
    public static readonly string Double80 = Line('=', 80);
    public static readonly string Single80 = Line('-', 80);

    private static string Line(char stroke, int length) => new string(stroke, length) + "\n";
}
