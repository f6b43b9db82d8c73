using System.Diagnostics;
using System.Globalization;
using VirtLatency.CpuIdle;

namespace VirtLatency.Bench;

/// <summary>
/// A captured tree of 1024 CPUs with ten idle states each, read in process and warm, against grep -r over the same tree.
/// The two take turns, so that whatever else the machine does meets both; the medians are compared.
/// </summary>
internal static class CpuIdleTreeCase
{
    private const int Cpus = 1024;
    private const int States = 10;
    private const int Rounds = 15;

    private static readonly string[] Counters = ["usage", "time", "above", "below", "rejected"];

    public static void Run()
    {
        string root = Directory.CreateTempSubdirectory("virtlatency-bench-").FullName;
        try
        {
            int files = Write(root);
            LocalHost host = LocalHost.Captured(root);
            var reading = new List<double>();
            var grepping = new List<double>();
            for (int round = -2; round < Rounds; round++)
            {
                double read = Timed(() => Check(CpuIdleReader.Read(host)));
                double grep = Timed(() => Grep(root));
                if (round >= 0)
                {
                    reading.Add(read);
                    grepping.Add(grep);
                }
            }

            Report(files, reading, grepping);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Report(int files, List<double> reading, List<double> grepping)
    {
        double read = Median(reading);
        double grep = Median(grepping);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cpuidle: {Cpus} CPUs x {States} states, {files} files, {Rounds} rounds"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  CpuIdleReader.Read  median {read:0} ms ({reading.Min():0}-{reading.Max():0})"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  grep -r .           median {grep:0} ms ({grepping.Min():0}-{grepping.Max():0})"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ratio {read / grep:0.00}"));
    }

    private static void Check(CpuIdleSnapshot snapshot)
    {
        if (snapshot.Cpus.Count != Cpus || snapshot.Cpus.Any(cpu => cpu.States.Count != States || cpu.States[^1].UsageCount != cpu.Number))
        {
            throw new InvalidOperationException("The tree was not read whole.");
        }
    }

    /// <summary>grep's matches go to a pipe that is read and thrown away: to /dev/null it would stop at the first match of a file.</summary>
    private static void Grep(string root)
    {
        var start = new ProcessStartInfo("grep") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add("-r");
        start.ArgumentList.Add(".");
        start.ArgumentList.Add(root);
        using Process grep = Process.Start(start) ?? throw new InvalidOperationException("grep did not start.");
        grep.StandardOutput.BaseStream.CopyTo(Stream.Null);
        grep.WaitForExit();
        if (grep.ExitCode != 0)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"grep ended with exit code {grep.ExitCode}."));
        }
    }

    private static double Timed(Action work)
    {
        long begin = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static int Write(string root)
    {
        int files = 0;
        string cpus = root + CpuIdleReader.CpuFolder;
        Put(cpus + "/cpuidle/current_driver", "intel_idle");
        Put(cpus + "/cpuidle/current_governor", "menu");
        Put(cpus + "/online", FormattableString.Invariant($"0-{Cpus - 1}"));
        Put(root + "/proc/cmdline", "ro quiet");
        for (int cpu = 0; cpu < Cpus; cpu++)
        {
            Put(FormattableString.Invariant($"{cpus}/cpu{cpu}/power/pm_qos_resume_latency_us"), "0");
            for (int state = 0; state < States; state++)
            {
                string folder = root + Path.GetDirectoryName(CpuIdleReader.PathOf(cpu, state, "name"));
                Put(folder + "/name", state == 0 ? "POLL" : FormattableString.Invariant($"C{state}"));
                Put(folder + "/desc", "MWAIT");
                Put(folder + "/latency", FormattableString.Invariant($"{state * state}"));
                Put(folder + "/residency", FormattableString.Invariant($"{3 * state * state}"));
                Put(folder + "/disable", "0");
                Put(folder + "/default_status", "enabled");
                foreach (string counter in Counters)
                {
                    Put(folder + "/" + counter, cpu.ToString(CultureInfo.InvariantCulture));
                }
            }
        }

        return files;

        void Put(string path, string content)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content + "\n");
            files++;
        }
    }
}
