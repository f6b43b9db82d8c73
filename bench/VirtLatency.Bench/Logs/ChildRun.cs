using System.Diagnostics;

namespace VirtLatency.Bench.Logs;

/// <summary>How long a program ran, and the most memory that it held.</summary>
/// <param name="Seconds">From start to end.</param>
/// <param name="PeakBytes">Its resident memory at most, looked at every few milliseconds.</param>
internal readonly record struct ChildRun(double Seconds, long PeakBytes)
{
    /// <summary>Runs a program to its end; what it prints is thrown away.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it took.</returns>
    public static ChildRun Of(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };

        // Bytes, not letters of a language: the fast way of grep and gawk.
        start.Environment["LC_ALL"] = "C";
        long begin = Stopwatch.GetTimestamp();
        using Process child = Process.Start(start) ?? throw new InvalidOperationException(program + " did not start.");
        long peak = 0;
        Task reading = child.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        do
        {
            peak = Math.Max(peak, PeakOf(child.Id));
        }
        while (!child.WaitForExit(5));
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        reading.Wait();
        return child.ExitCode == 0 ? new ChildRun(seconds, peak) : throw new InvalidOperationException(FormattableString.Invariant($"{program} ended with exit code {child.ExitCode}."));
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it printed.</returns>
    public static string Read(string program, params IEnumerable<string> arguments)
    {
        using Process child = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException(program + " did not start.");
        string text = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0 ? text : throw new InvalidOperationException(FormattableString.Invariant($"{program} ended with exit code {child.ExitCode}."));
    }

    /// <summary>True where the program is found on this machine.</summary>
    public static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static long PeakOf(int id)
    {
        try
        {
            foreach (string line in File.ReadLines(FormattableString.Invariant($"/proc/{id}/status")))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                {
                    return 1024 * long.Parse(line.AsSpan(6, line.Length - 9).Trim(), System.Globalization.CultureInfo.InvariantCulture);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
        }

        return 0;
    }
}
