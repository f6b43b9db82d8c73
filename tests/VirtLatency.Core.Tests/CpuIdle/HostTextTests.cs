using System.Text;
using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Boot;
using VirtLatency.Model;
using VirtLatency.Ssh;
using VirtLatency.Tests.CpuIdle.Boot;

namespace VirtLatency.Tests.CpuIdle;

/// <summary>What a host's files and answers may do to the operator's terminal: nothing. And files that are longer than what is kept.</summary>
public sealed class HostTextTests : IDisposable
{
    private const string Escape = "\u001b[2J\u001b]0;x\u0007";
    private const string Shown = "\u241b[2J\u241b]0;x\u2407";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("POLL idle \u00e9\u4e2d", "POLL idle \u00e9\u4e2d")]
    [InlineData("a\u001b[31mb\u007f", "a\u241b[31mb\u2421")]
    [InlineData("a\u009b31m\u202eb\u2028", "a\ufffd31m\ufffdb\ufffd")]
    [InlineData("a\tb\nc\r\n\0\v", "a\tb\u240ac\u240d\u240a\u2400\u240b")]
    public void A_name_stays_on_its_line(string text, string expected) => Assert.Equal(expected, VisibleText.Line(text));

    [Fact]
    public void White_space_of_files_and_line_ends_of_messages_stay()
    {
        Assert.Equal("a\tb\nc\r\n\0\v\f\u241b", VisibleText.Content("a\tb\nc\r\n\0\v\f\u001b"));
        Assert.Equal("a\tb\nc\u240d\u241b", VisibleText.Message("a\tb\nc\r\u001b"));
    }

    [Fact]
    public void Names_of_a_tree_are_shown()
    {
        new SysTree(_folder.Path, "intel" + Escape, "menu" + Escape).Online("0").Cpu(0, ("POLL", 0, 0), ("C1" + Escape, 1, 1))
            .Attribute(0, 1, "desc", "one\rtwo").Write("/proc/sys/kernel/hostname", "hv" + Escape + "\rhv-01").Write("/proc/sys/kernel/osrelease", "5" + Escape)
            .Write("/proc/cmdline", "ro idle=\"poll" + Escape + "\"");
        using LocalHost host = LocalHost.Captured(_folder.Path);
        CpuIdleSnapshot snapshot = CpuIdleReader.Read(host);
        CStateConfig row = CStateRows.Of(snapshot);

        Assert.Equal("hv" + Shown + "\u240dhv-01", row.HostName);
        Assert.Equal(("intel" + Shown, "menu" + Shown, "5" + Shown, "idle=\"poll" + Shown + "\""), (row.Driver, row.Governor, row.KernelRelease, row.BootParameter));
        Assert.Equal(("C1" + Shown, "one\u240dtwo"), (snapshot.Cpus[0].States[1].Name, snapshot.Cpus[0].States[1].Description));
    }

    [Fact]
    public void Contents_that_come_over_ssh_are_shown()
    {
        var reply = new TreeReply();
        reply.TakeRaw("C/proc/cmdline", Encoding.UTF8.GetBytes("ro\u001b[31m"), "0");
        reply.Take("F/sys/a", default);
        reply.Take("-C6\u001b", Encoding.UTF8.GetBytes("-C6\u001b"));
        reply.EndFile();

        Assert.Equal(("ro\u241b[31m", "C6\u241b"), (reply.Tree.TextOf("/proc/cmdline"), reply.Tree.TextOf("/sys/a")));
    }

    [Fact]
    public void Errors_show_what_a_host_said() =>
        Assert.Equal("hv-07 said \u241b[31m\nno", new HostAccessException(HostAccessProblem.Refused, "hv-07", "hv-07 said \u001b[31m\nno").Message);

    [Fact]
    public void The_check_scripts_names_are_shown()
    {
        string path = _folder.Write("check.txt", "=== 5. CPU C-state Configuration ===\n  state0: name=POLL, latency=0us, disabled=0\n  state1: name=C1\u001b[31m, latency=1us, disabled=0\n");

        Assert.Equal("C1\u241b[31m", ConfigCheckReader.Read(path).Snapshot.Cpus[0].States[1].Name);
    }

    [Fact]
    public void Boot_files_are_shown()
    {
        BootTrees.Xeon(_folder.Path).Write("/etc/os-release", "ID=debian").Write("/etc/default/grub", "GRUB_CMDLINE_LINUX=\"idle='a\u001b[31m\rb'\"").Write("/etc/default/grub.d/\u001b.cfg", "GRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX nosmt\"");
        BootConfiguration boot = BootTrees.Read(_folder.Path);
        IReadOnlyList<CStateBootParameter> rows = BootRows.Of("hv", boot, BootTrees.Table(_folder.Path));

        Assert.Equal("'a\u241b[31m", rows.Single(row => row.Parameter == "idle").Configured);
        Assert.Equal("/etc/default/grub.d/\u241b.cfg", rows.Single(row => row.Parameter == "nosmt").ConfiguredFile);
        Assert.Equal("/etc/x\u241b:2: what\u241b", new BootFileException(BootFileProblem.Malformed, "/etc/x\u001b", 2, "what\u001b").Message);
        Assert.Equal("--- a\n+++ a\n@@ -1,1 +1,1 @@\n-x\t\u241b\u240dy\n+z", TextDifference.Of("a", "x\t\u001b\ry\n", "z\n"));
        Assert.Equal((0, "\u241b[31m"), RegenerateCommand.Run(["printf", "\\033[31m"]));
    }

    /// <summary>The quote at the end of a long file closes: it was read as a whole.</summary>
    [Fact]
    public void A_boot_file_of_200_KiB_is_read_and_edited_whole()
    {
        string text = string.Concat(Enumerable.Repeat("# a line of a comment that is sixty-four characters long, and so on\n", 3000)) + "GRUB_CMDLINE_LINUX=\"ro \\\n idle=halt\"\n";
        BootTrees.Xeon(_folder.Path).Write("/etc/default/grub", text[..^1]);
        BootConfiguration boot = BootTrees.Read(_folder.Path);

        Assert.Empty(boot.Problems);
        Assert.Equal("halt", boot.Configured!.Find("idle")?.Value);
        BootEdit.Plan(_folder.Path, boot, null, "idle", "idle=nomwait").Write();
        Assert.Equal(text.Replace("idle=halt", "idle=nomwait", StringComparison.Ordinal), File.ReadAllText(_folder.Path + "/etc/default/grub"));
    }

    [Fact]
    public void A_file_longer_than_what_is_kept_is_said()
    {
        string text = "GRUB_CMDLINE_LINUX=\"ro\"\n" + new string('#', HostTree.MostBytes) + "\nGRUB_CMDLINE_LINUX=\"nosmt\"";
        BootTrees.Xeon(_folder.Path).Write("/etc/default/grub", text);
        BootConfiguration boot = BootTrees.Read(_folder.Path);
        BootFileException problem = Assert.Single(boot.Problems);

        Assert.Equal((BootFileProblem.TooLong, "/etc/default/grub"), (problem.Problem, problem.Path));
        Assert.Equal(BootFileProblem.TooLong, Assert.Throws<BootFileException>(() => BootEdit.Plan(_folder.Path, boot, null, "nosmt", "nosmt")).Problem);

        var reply = new TreeReply();
        reply.TakeRaw("C/etc/default/grub", Encoding.ASCII.GetBytes(text), "0");
        reply.TakeRaw("C/proc/cmdline", "ro"u8.ToArray(), "0");
        Assert.Equal(["/etc/default/grub"], reply.Tree.Cut);
    }
}
