using System.Text;

namespace VirtLatency.Bench.Logs;

/// <summary>A folder for generated logs, gone when it is disposed of.</summary>
internal sealed class LogFolder : IDisposable
{
    private const int Packets = 20_000;
    private const int DamageSeed = 7;

    private readonly string _folder = Directory.CreateTempSubdirectory("virtlatency-bench-").FullName;

    /// <summary>Writes a case's log. A run of some thousand packets is written once; further runs are appended to it as they are, banner and all.</summary>
    /// <param name="log">The case.</param>
    /// <param name="bytes">About how long the file is to be.</param>
    /// <returns>The file.</returns>
    public string Write(LogCase log, long bytes)
    {
        string path = Path.Combine(_folder, $"{string.Concat(log.Name.Where(char.IsAsciiLetterOrDigit))}-{bytes}.log");
        using var text = new StringWriter();
        log.Write(text, Packets);
        byte[] run = Encoding.UTF8.GetBytes(text.ToString());
        if (log.DamagedLineIn > 0)
        {
            Damage(run, log.DamagedLineIn);
        }

        using FileStream file = File.Create(path);
        do
        {
            file.Write(run);
        }
        while (file.Length < bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>One byte of a line in so many becomes another.</summary>
    private static void Damage(byte[] text, int lineIn)
    {
        var random = new Random(DamageSeed);
        for (int start = 0, end; (end = text.AsSpan(start).IndexOf((byte)'\n')) >= 0; start += end + 1)
        {
            if (end > 0 && random.Next(lineIn) == 0)
            {
                text[start + random.Next(end)] = (byte)random.Next(' ', '~');
            }
        }
    }
}
