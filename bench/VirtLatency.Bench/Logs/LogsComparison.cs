using System.Diagnostics;
using System.Globalization;

namespace VirtLatency.Bench.Logs;

/// <summary>
/// Our reader against what else reads such files: wc -l (the bytes), grep -c (one search), gawk (one field), and a Python
/// parser (what we do). All take turns, so that whatever else the machine does meets each of them; medians are compared.
/// </summary>
internal static class LogsComparison
{
    private const int Rounds = 5;
    private const int Megabyte = 1_000_000;

    private static readonly string[] Optional = ["gawk", "python3"];

    /// <summary>Prints a table as Markdown; the result tells whether every promised ratio was kept.</summary>
    /// <param name="megabytes">Size of each log.</param>
    /// <param name="only">Part of the names of the cases to run; empty for all.</param>
    /// <returns>Whether all ratios that are promised were reached.</returns>
    public static bool Run(int megabytes, string only)
    {
        using var folder = new LogFolder();
        string python = Path.Combine(AppContext.BaseDirectory, "Logs", "parse_log.py");
        bool isKept = true;
        foreach (string program in Optional.Where(program => !ChildRun.IsThere(program)))
        {
            Console.WriteLine($"{program} is not on this machine: its columns stay empty (apt-get install {program}).");
        }

        Console.WriteLine("| log | ours GB/s | whole process | wc -l | grep -c | gawk | Python | ours/wc | ours/gawk | ours/Python | peak MB: ours, gawk, Python |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (LogCase log in LogCases.All.Where(log => log.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            string path = folder.Write(log, (long)megabytes * Megabyte);
            isKept &= Compare(log, path, python);
            File.Delete(path);
        }

        return isKept;
    }

    private static bool Compare(LogCase log, string path, string python)
    {
        double gigabytes = new FileInfo(path).Length / 1e9;
        List<ChildRun> own = [], process = [], wc = [], grep = [], gawk = [], parser = [];
        for (int round = -1; round < Rounds; round++)
        {
            // The first round warms page cache and compiler; the slow ones need no such help.
            bool isWarming = round < 0;
            Add(own, () => Timed(() => OwnReader.Read(log.Role, path)), isWarming);
            Add(wc, () => ChildRun.Of("wc", "-l", path), isWarming);
            Add(own, () => Timed(() => OwnReader.Read(log.Role, path)), isWarming: true);
            Add(grep, () => ChildRun.Of("grep", "-c", log.Pattern, path), isWarming);
            Add(process, () => ChildRun.Of(Environment.ProcessPath!, "aggregate", log.Role.ToString(), path), isWarming);
            if (!isWarming && ChildRun.IsThere("gawk"))
            {
                Add(gawk, () => ChildRun.Of("gawk", [.. log.Gawk, path]), isWarming);
            }

            if (!isWarming && ChildRun.IsThere("python3"))
            {
                Add(parser, () => ChildRun.Of("python3", python, log.Tool, path), isWarming);
            }
        }

        double ours = gigabytes / Median(own);
        double Speed(List<ChildRun> runs) => runs.Count == 0 ? double.NaN : gigabytes / Median(runs);
        (double byWc, double byGawk, double byPython) = (ours / Speed(wc), ours / Speed(gawk), ours / Speed(parser));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {log.Name} | {ours:0.000} | {Speed(process):0.000} | {Speed(wc):0.00} | {Speed(grep):0.00} | {Speed(gawk):0.000} | {Speed(parser):0.0000} | {byWc:0.00}{Mark(byWc, log.WcRatio)} | {byGawk:0.0}{Mark(byGawk, log.GawkRatio)} | {byPython:0}{Mark(byPython, log.PythonRatio)} | {Peak(process)}, {Peak(gawk)}, {Peak(parser)} |"));
        return !(byWc < log.WcRatio || byGawk < log.GawkRatio || byPython < log.PythonRatio);
    }

    private static string Mark(double reached, double? wanted) =>
        wanted is { } least ? string.Create(CultureInfo.InvariantCulture, $" ({(reached >= least ? "≥" : "BELOW")} {least})") : string.Empty;

    private static void Add(List<ChildRun> runs, Func<ChildRun> run, bool isWarming)
    {
        ChildRun done = run();
        if (!isWarming)
        {
            runs.Add(done);
        }
    }

    private static ChildRun Timed(Action work)
    {
        GC.Collect();
        long begin = Stopwatch.GetTimestamp();
        work();
        return new ChildRun(Stopwatch.GetElapsedTime(begin).TotalSeconds, 0);
    }

    private static double Median(List<ChildRun> runs) => runs.Select(run => run.Seconds).Order().ElementAt(runs.Count / 2);

    private static string Peak(List<ChildRun> runs) =>
        runs.Count == 0 ? "-" : (runs.Max(run => run.PeakBytes) / Megabyte).ToString(CultureInfo.InvariantCulture);
}
