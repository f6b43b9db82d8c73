using VirtLatency.CpuIdle;
using VirtLatency.Ssh;

#pragma warning disable CA1416 // Hosts and operators run Linux.

namespace VirtLatency.Tests.Ssh;

/// <summary>Many values in one request, on real files of this machine, by every shell that is here.</summary>
public sealed class SshWriteAllTests(SshServer server) : IClassFixture<SshServer>
{
    public static TheoryData<string> Shells => SshHostTests.Shells;

    [SshdTheory]
    [MemberData(nameof(Shells))]
    public void A_batch_is_written_and_read_back_as_on_this_machine(string shell)
    {
        using TemporaryFolder here = new();
        using TemporaryFolder there = new();
        using SshHost host = Open(shell);

        Assert.Equal(["0|0|", "b|$(touch x) 'q'|", "none||", "1|2|"], Write(host, there));
        Assert.Equal(Write(LocalHost.Live(), here), Write(host, there));
        Assert.Equal(Contents(here), Contents(there));
    }

    [SshdTheory]
    [MemberData(nameof(Shells))]
    public void The_first_failure_ends_a_batch_and_says_which_it_was(string shell)
    {
        using TemporaryFolder folder = new();
        string[] paths = [.. Enumerable.Range(0, 5).Select(number => folder.Write(FormattableString.Invariant($"{number}"), "0\n"))];
        File.WriteAllText(paths[2], "7\n");
        HostWrite[] writes = [.. paths.Select(path => new HostWrite(path, "0", "1"))];
        using SshHost host = Open(shell);

        IReadOnlyList<HostWriteResult> results = host.WriteAll(writes);

        Assert.Equal(["1", "1", "7"], results.Select(result => result.Now));
        Assert.Equal([null, null, HostAccessProblem.Changed], results.Select(result => result.Failure?.Problem));
        Assert.Contains($"'{paths[2]}' on 127.0.0.1 reads 7, and read 0 before", results[2].Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(["1", "1", "7", "0", "0"], paths.Select(path => File.ReadAllText(path).Trim()));
        File.Delete(paths[1]);

        HostAccessProblem?[] problems = [.. host.WriteAll([.. writes.Select(write => write with { Expected = null })], goOn: true).Select(result => result.Failure?.Problem)];

        Assert.Equal([null, HostAccessProblem.Missing, null, null, null], problems);
        Assert.False(File.Exists(paths[1]));
        Assert.Equal("1", File.ReadAllText(paths[4]).Trim());
    }

    [SshdFact]
    public void What_the_kernel_refuses_has_its_reason_within_a_batch()
    {
        using SshHost host = Open();

        IReadOnlyList<HostWriteResult> results = host.WriteAll([new HostWrite("/proc/sys/kernel/pid_max", null, "many"), new HostWrite("/proc/sys/kernel/osrelease", null, "x")], goOn: true);

        Assert.Equal([HostAccessProblem.Refused, HostAccessProblem.Denied], results.Select(result => result.Failure!.Problem));
        Assert.Contains("Invalid argument", results[0].Failure!.Message, StringComparison.Ordinal);
    }

    /// <summary>The shell's standard input is kept: 600 values are three requests, not 600.</summary>
    [SshdFact]
    public void Hundreds_of_values_are_one_request()
    {
        using TemporaryFolder folder = new();
        string[] paths = [.. Enumerable.Range(0, 600).Select(number => folder.Write(FormattableString.Invariant($"v/{number}"), "0\n"))];
        string kept = Path.Combine(folder.Path, "kept");
        string shell = folder.Write("shell", $"#!/bin/sh\nif [ \"$1\" = -c ]; then exec sh \"$@\"; fi\ntee {kept} | sh\n");
        File.SetUnixFileMode(shell, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using SshHost host = Open(shell);

        IReadOnlyList<HostWriteResult> results = host.WriteAll([.. paths.Select(path => new HostWrite(path, "0", "1"))]);

        Assert.Equal(600, results.Count(result => result is { Failure: null, Now: "1" }));
        Assert.All(paths, path => Assert.Equal("1", File.ReadAllText(path).Trim()));
        Assert.Equal(3, File.ReadLines(kept).Count(line => line.StartsWith("vl_batch ", StringComparison.Ordinal)));
    }

    [SshdFact]
    public void A_stop_ends_between_requests()
    {
        using CancellationTokenSource stop = new();
        using SshHost host = Open();
        stop.Cancel();

        Assert.Empty(host.WriteAll([new HostWrite("/proc/sys/kernel/pid_max", null, "many")], goOn: false, stop.Token));
        Assert.Null(host.ProcessId);
    }

    [SshdFact]
    public void A_path_that_is_none_is_refused() =>
        Assert.Throws<ArgumentException>(() => Open().WriteAll([new HostWrite("/a\nb", null, "1")]));

    private static string[] Write(IHostAccess host, TemporaryFolder folder)
    {
        folder.Write("a", "0\n");
        folder.Write("it's $HOME", "b\n");
        folder.Write("line", "1\n");
        HostWrite[] writes =
        [
            new(folder.Path + "/a", null, "0"),
            new(folder.Path + "/it's $HOME", "b", "$(touch x) 'q'"),
            new(folder.Path + "/none", null, "1"),
            new(folder.Path + "/line", "1", "2"),
        ];
        string[] before = ["0", "b", "none", "1"];
        return [.. before.Zip(host.WriteAll(writes, goOn: true), (text, result) => $"{text}|{result.Now}|{(result.Failure?.Problem is null or HostAccessProblem.Missing ? string.Empty : "failed")}")];
    }

    private static IEnumerable<string> Contents(TemporaryFolder folder) =>
        Directory.EnumerateFiles(folder.Path).Order(StringComparer.Ordinal).Select(path => Path.GetFileName(path) + "=" + File.ReadAllText(path).Trim());

    private SshHost Open(string shell = "sh") => new("127.0.0.1", new SshSettings { ConfigFile = server.ConfigFile, Shell = shell });
}
