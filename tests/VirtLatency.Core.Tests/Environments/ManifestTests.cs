using VirtLatency.Analysis;
using VirtLatency.Environments;
using VirtLatency.Model;
using VirtLatency.Parsing;
using VirtLatency.Tests.Analysis;

namespace VirtLatency.Tests.Environments;

public sealed class ManifestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingReport _report = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The kvm log's worker and device say Sender; the manifest says Receiver, and is believed.</summary>
    [Fact]
    public void Roles_come_from_the_manifest_and_no_other_file_is_read()
    {
        _folder.CopyExample("zbs/sfsvm-send.log", "hosts/a.log");
        _folder.CopyExample("zbs/zbshost-kvm-tx.log", "kvm-send.log");
        _folder.CopyExample("zbs/zbshost-sender.log", "host.log");
        _folder.CopyExample("zbs/sfsvm-send.log", "run2/vm.log");
        _folder.Write("environment.json", """
            {
              // who measured
              "name": "ZBS", "note": "mlx5, C6 on",
              "logs": {
                "senderVM": "hosts/a.log",
                "ReceiverKvmTun": "kvm-send.log",
              },
            }
            """);

        LatencyEnvironment environment = TestEnvironments.Read(_folder.Path, _report);

        Assert.Equal(["SenderVm", "ReceiverKvmTun"], environment.Logs.Select(log => log.Role));
        Assert.Equal("named by environment.json:5", environment.Logs[0].Reason);
        Assert.Equal("mlx5, C6 on", environment.Note);
        Assert.Equal(_folder.Path, environment.Path);
        Assert.Equal(1, environment.RunCount);
        Assert.Contains(_report.VerboseMessages, message => message.Contains("environment.json says what to read", StringComparison.Ordinal));
    }

    [Fact]
    public void The_name_is_the_callers_then_the_manifests_then_the_folders()
    {
        _folder.CopyExample("zbs/sfsvm-send.log", "zbs7/a.log");
        string manifest = _folder.Write("zbs7/environment.json", """{ "Name": "ZBS", "Logs": { "SenderVm": "a.log" } }""");

        Assert.Equal("mine", Read("mine").Name);
        Assert.Equal("ZBS", Read(null).Name);
        File.WriteAllText(manifest, """{ "Logs": { "SenderVm": "a.log" } }""");
        Assert.Equal("zbs7", Read(null).Name);

        LatencyEnvironment Read(string? name) =>
            EnvironmentReader.Read(new EnvironmentRequest(name, null, new Dictionary<LogRole, string>(), default, 100) { Manifest = manifest }, _report);
    }

    /// <summary>
    /// smtx has 16 round trips of 226.7911875 us in the mean, zbs 16 of 600.7195: 32 of (226.7911875 + 600.7195) / 2. The
    /// host log is of one run only.
    /// </summary>
    [Fact]
    public void Runs_are_pooled_and_named()
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "a.log");
        _folder.CopyExample("zbs/sfsvm-send.log", "elsewhere/b.log");
        _folder.CopyExample("zbs/zbshost-sender.log", "elsewhere/c.log");
        _folder.Write("logs/environment.json", """
            { "Runs": [
              { "Name": "monday", "Note": "quiet", "Logs": { "SenderVm": "../a.log" } },
              { "Logs": { "SenderVm": "../elsewhere/b.log", "SenderHost": "../elsewhere/c.log" } }
            ] }
            """);

        LatencyEnvironment environment = TestEnvironments.Read(Path.Combine(_folder.Path, "logs"), _report);
        SegmentLatency[] rows = [.. Breakdown.Of(environment, BreakdownLevel.Container)];

        Assert.Equal(2, environment.RunCount);
        Assert.Equal(["monday", "2", "2"], environment.Logs.Select(log => log.Run));
        SegmentLatency roundTrip = rows.Single(row => row.Segment == "RoundTrip");
        Assert.Equal(32, roundTrip.SampleCount);
        Assert.Equal((226.7911875 + 600.7195) / 2, roundTrip.MeanUs!.Value, 3);
        Assert.Equal("2 runs pooled", roundTrip.Run);
        Assert.Equal("monday/a.log, 2/b.log", roundTrip.Source);
        Assert.Equal("2", rows.Single(row => row.Segment == "SenderHostSpan").Run);
        Assert.Contains("Run monday: quiet", _report.VerboseMessages);
    }

    /// <summary>A run's machines are its own; a kernel that the tool prints itself counts more than the manifest's.</summary>
    [Fact]
    public void Machines_are_named_for_all_runs_or_for_one()
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "vm.log");
        _folder.CopyExample("smtx/oshost-send.log", "host.log");
        string logs = """ "Logs": { "SenderVm": "vm.log", "SenderHost": "host.log" } """;
        _folder.Write("environment.json", $$$"""
            {
              "Machines": { "SenderHost": { "Name": "hv-07", "Kernel": "4.19.90" }, "SenderVm": { "Name": "vm-a" } },
              "Runs": [ { {{{logs}}} }, { "Machines": { "senderhost": { "Kernel": "5.10" } }, {{{logs}}} } ]
            }
            """);

        LatencyEnvironment environment = TestEnvironments.Read(_folder.Path, _report);
        string kept = Path.Combine(_folder.Path, "kept.vlenv");
        EnvironmentFile.Write(kept, [environment], overwrite: false);

        (string?, string?, string?)[] expected = [("1", "vm-a", null), ("2", null, null), ("1", "hv-07", "4.19.90"), ("2", null, "5.10")];
        Assert.Equal(expected, environment.Logs.Select(log => (log.Run, log.HostName, log.KernelRelease)));
        Assert.Equal(expected, EnvironmentFile.Read(kept, new LogReadOptions())[0].Logs.Select(log => (log.Run, log.HostName, log.KernelRelease)));
    }

    [Theory]
    [InlineData("""{ "Machines": { "Host": {} }, "Logs": { "SenderVm": "a.log" } }""", "'Host' is none of the keys SenderVm, SenderHost, ReceiverHost, ReceiverVm")]
    [InlineData("""{ "Machines": { "SenderVm": { "Os": "x" } }, "Logs": { "SenderVm": "a.log" } }""", "'Os' is none of the keys Name, Kernel")]
    [InlineData("""{ "Machines": "hv-07", "Logs": { "SenderVm": "a.log" } }""", "a table with SenderVm, SenderHost, ReceiverHost, ReceiverVm is expected")]
    public void Machines_that_are_none_are_refused(string text, string message)
    {
        string path = _folder.Write("environment.json", text);

        ManifestException error = Assert.Throws<ManifestException>(() => EnvironmentManifest.Read(path, null));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Of runs in a manifest, and of a run whose subfolder has one; a number or its text.</summary>
    [Fact]
    public void Cycles_pair_runs()
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "a.log");
        _folder.Write("list/environment.json", """
            { "Runs": [
              { "Cycle": 7, "Logs": { "SenderVm": "../a.log" } },
              { "Cycle": "12", "Logs": { "SenderVm": "../a.log" } },
              { "Logs": { "SenderVm": "../a.log" } }
            ] }
            """);
        _folder.CopyExample("smtx/sfsvm-send.log", "tree/one/vm.log");
        _folder.CopyExample("smtx/sfsvm-send.log", "tree/two/vm.log");
        _folder.Write("tree/two/environment.json", """{ "Cycle": 2, "Logs": { "SenderVm": "vm.log" } }""");

        Assert.Equal([7, 12, null], TestEnvironments.Read(Path.Combine(_folder.Path, "list")).Logs.Select(log => log.Cycle));
        Assert.Equal([null, 2], TestEnvironments.Read(Path.Combine(_folder.Path, "tree")).Logs.Select(log => log.Cycle));
    }

    [Fact]
    public void A_subfolder_with_a_manifest_is_a_run_called_by_its_folder()
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "run1/vm.log");
        _folder.CopyExample("zbs/sfsvm-send.log", "run2/vm.log");
        _folder.CopyExample("zbs/sfsvm-send.log", "run2/again.log");
        _folder.Write("run2/environment.json", """{ "Name": "not asked", "Logs": { "SenderVm": "vm.log" } }""");
        _folder.CopyExample("zbs/sfsvm-send.log", "run3/vm.log");
        string broken = _folder.Write("run3/environment.json", "{\n\"Logs\": 7 }");
        _folder.CopyExample("zbs/sfsvm-send.log", "run4/vm.log");
        string nested = _folder.Write("run4/environment.json", """{ "Runs": [ { "Logs": { "SenderVm": "vm.log" } } ] }""");

        LatencyEnvironment environment = TestEnvironments.Read(_folder.Path, _report);

        Assert.Equal(["run1", "run2"], environment.Logs.Select(log => log.Run));
        Assert.Equal(2, environment.RunCount);
        Assert.Null(environment.Note);
        Assert.Equal([broken, nested], _report.FileProblems.Select(problem => problem.Path));
        Assert.StartsWith(broken + ":2: ", _report.FileProblems[0].Cause.Message, StringComparison.Ordinal);
        Assert.Contains("'Runs' has no place in a subfolder", _report.FileProblems[1].Cause.Message, StringComparison.Ordinal);
    }

    /// <summary>Files in the folder itself are a run without a name; each subfolder is one more.</summary>
    [Fact]
    public void Files_beside_subfolders_are_a_run_too()
    {
        _folder.CopyExample("smtx/sfsvm-send.log", "vm.log");
        _folder.CopyExample("zbs/sfsvm-send.log", "run2/vm.log");
        _folder.Write("notes/todo.txt", "ask for a third run");

        LatencyEnvironment environment = TestEnvironments.Read(_folder.Path);

        Assert.Equal([null, "run2"], environment.Logs.Select(log => log.Run));
        Assert.Equal(2, environment.RunCount);
        Assert.Equal("2 runs pooled", Breakdown.Of(environment, BreakdownLevel.Container).Single(row => row.Segment == "RoundTrip").Run);
    }

    [Fact]
    public void Files_that_fail_are_reported_and_the_rest_goes_on()
    {
        _folder.CopyExample("zbs/sfsvm-send.log", "a.log");
        _folder.CopyExample("zbs/sfsvm-send.log", "b.log");
        _folder.CopyExample("zbs/sfsvm-recv.log", "c.log");
        string manifest = _folder.Write("environment.json", """
            { "Logs": {
              "SenderVm": "a.log",
              "SenderHost": "b.log",
              "ReceiverHost": "gone.log",
              "SenderTunIrq": "."
            } }
            """);

        LatencyEnvironment environment = TestEnvironments.Read(_folder.Path, _report);

        Assert.Equal("SenderVm", Assert.Single(environment.Logs).Role);
        string[] causes = [.. _report.FileProblems.Select(problem => problem.Cause.Message)];
        Assert.Equal(3, causes.Length);
        Assert.StartsWith($"{manifest}:4: 'ReceiverHost' names '{_folder.Path}/gone.log', which does not exist", causes[0], StringComparison.Ordinal);
        Assert.Contains(":5: 'SenderTunIrq'", causes[1], StringComparison.Ordinal);
        Assert.Contains("not of icmp_drop_detector", causes[2], StringComparison.Ordinal);
        Assert.Equal(ManifestProblem.FileNotFound, Assert.IsType<ManifestException>(_report.FileProblems[0].Cause).Problem);
    }

    [Theory]
    [InlineData("", 1, "it is empty")]
    [InlineData("{\n\"Logs\": {", 2, "no JSON")]
    [InlineData("{ \"Logs\": { \"SenderVm\": \"a.log\" } } extra", 1, "no JSON")]
    [InlineData("[]", 1, "a table with Name, Note, Machines, Cycle, Logs, Runs is expected")]
    [InlineData("{ \"Logs\":\n{ \"SenderVM2\": \"a.log\" } }", 2, "'SenderVM2' is none of the keys SenderVm, ReceiverVm")]
    [InlineData("{ \"Log\": {} }", 1, "'Log' is none of the keys Name, Note, Machines, Cycle, Logs, Runs")]
    [InlineData("{ \"Name\": \"x\" }", 1, "neither 'Logs' nor 'Runs'")]
    [InlineData("{ \"Logs\": { \"SenderVm\": \"a.log\" }, \"Runs\": [] }", 1, "both 'Logs' and 'Runs'")]
    [InlineData("{ \"Runs\": [] }", 1, "'Runs' is a list of at least one")]
    [InlineData("{ \"Runs\": { \"Logs\": {} } }", 1, "'Runs' is a list of at least one")]
    [InlineData("{ \"Runs\": [\n{ \"Name\": \"1\" } ] }", 2, "the run has no 'Logs'")]
    [InlineData("{ \"Runs\": [ { \"Logs\": { \"SenderVm\": \"a\" } },\n{ \"Name\": 1, \"Logs\": { \"SenderVm\": \"a\" } } ] }", 2, "two runs have the name '1'")]
    [InlineData("{ \"Cycle\":\n1, \"Runs\": [ { \"Logs\": { \"SenderVm\": \"a\" } } ] }", 2, "'Cycle' is a run's")]
    [InlineData("{ \"Runs\": [ { \"Logs\": { \"SenderVm\": \"a\" },\n\"Cycle\": \"first\" } ] }", 2, "'Cycle' is a whole number, not 'first'")]
    [InlineData("{ \"Logs\": { \"SenderVm\": \"a\" },\n\"Cycle\": 1.5 }", 2, "'Cycle' is a whole number, not '1.5'")]
    [InlineData("{ \"Logs\": {} }", 1, "'Logs' names no file")]
    [InlineData("{ \"Logs\": {\n\"SenderVm\": \"\" } }", 2, "'SenderVm' is a text")]
    [InlineData("{ \"Logs\": {\n\"SenderVm\": null } }", 2, "a text is expected, not null")]
    [InlineData("{ \"Logs\": {\n\"SenderVm\": [ \"a\" ] } }", 2, "'SenderVm' is a text")]
    [InlineData("{ \"Logs\": { \"SenderVm\": \"a\",\n\"sendervm\": \"b\" } }", 2, "'sendervm' is given twice")]
    [InlineData("{ \"Logs\": {\n\"SenderVm\": \"a\\u0000b\" } }", 2, "zero byte")]
    [InlineData("{ \"Logs\": {\n\"SenderVm\": \"\\ud800\" } }", 2, "half of a character")]
    [InlineData("[[[[[[[[[[[[[[[[[[", 1, "no JSON")]
    public void What_is_no_manifest_is_named_by_line(string text, int line, string message)
    {
        string path = _folder.Write("environment.json", text);

        ManifestException error = Assert.Throws<ManifestException>(() => TestEnvironments.Read(_folder.Path));

        Assert.Equal(ManifestProblem.Invalid, error.Problem);
        Assert.Equal(line, error.Line);
        Assert.StartsWith(FormattableString.Invariant($"{path}:{line}: "), error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_manifests_or_roles_named_twice_are_refused()
    {
        string log = _folder.CopyExample("zbs/sfsvm-send.log", "a.log");
        _folder.Write("environment.json", """{ "Logs": { "SenderVm": "a.log" } }""");
        var named = new Dictionary<LogRole, string> { [LogRole.ReceiverVm] = log };

        ManifestException twice = Assert.Throws<ManifestException>(() => TestEnvironments.Read(_folder.Path, named: named));
        Assert.Equal(ManifestProblem.RolesNamedTwice, twice.Problem);
        Assert.Contains("-ReceiverVmLog", twice.Message, StringComparison.Ordinal);
        _folder.Write("environment.psd1", "@{}");
        ManifestException both = Assert.Throws<ManifestException>(() => TestEnvironments.Read(_folder.Path));
        Assert.Contains("environment.json lies beside it", both.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_without_a_usable_log_is_an_empty_environment()
    {
        string manifest = _folder.Write("environment.json", """{ "Logs": { "SenderVm": "a.log" } }""");

        EnvironmentException error = Assert.Throws<EnvironmentException>(() => TestEnvironments.Read(_folder.Path, _report));

        Assert.Equal(manifest, error.Path);
        Assert.Single(_report.FileProblems);
    }
}
