using System.Globalization;
using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>The command line.</summary>
public static class LogWriterCommand
{
    private const int BufferSize = 1 << 16;

    /// <summary>Runs one command.</summary>
    /// <param name="arguments">examples and a folder, or generate, a log's name, a count, a seed and a file.</param>
    /// <param name="output">Takes what was written where.</param>
    /// <param name="error">Takes the usage or the failure.</param>
    /// <returns>0 when done, 1 when a file could not be written, 2 for arguments that are not understood.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        try
        {
            switch (arguments)
            {
                case ["examples", string folder] when folder.Length > 0:
                    ExampleLogs.WriteAll(folder);
                    output.WriteLine($"examples: {string.Join(", ", ExampleLogs.Environments)} -> {folder}");
                    return 0;
                case ["generate", string name, string count, string seed, string file] when file.Length > 0
                    && GeneratedLog.Names.Contains(name, StringComparer.Ordinal)
                    && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out long packets)
                    && int.TryParse(seed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number):
                    Generate(name, packets, number, file);
                    output.WriteLine(FormattableString.Invariant($"{name}: {packets} packets -> {file}"));
                    return 0;
                default:
                    WriteUsage(error);
                    return 2;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(e.Message);
            return 1;
        }
    }

    private static void Generate(string name, long count, int seed, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using var output = new StreamWriter(file, append: false, new UTF8Encoding(false), BufferSize);
        GeneratedLog.Write(name, new FigureGenerator(seed), count, output);
    }

    private static void WriteUsage(TextWriter error)
    {
        error.WriteLine("usage: VirtLatency.LogWriter examples <folder>");
        error.WriteLine("       VirtLatency.LogWriter generate <log> <count> <seed> <file>");
        error.WriteLine("logs:");
        foreach (string name in GeneratedLog.Names)
        {
            error.WriteLine("       " + name);
        }
    }
}
