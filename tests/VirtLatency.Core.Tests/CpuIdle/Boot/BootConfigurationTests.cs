using System.Diagnostics;
using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Boot;
using VirtLatency.Model;

namespace VirtLatency.Tests.CpuIdle.Boot;

/// <summary>The three command lines of the distributions' hosts, and the commands that carry a setting over.</summary>
public sealed class BootConfigurationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>To open a pipe waits for a writer; the limit is for a failing run only.</summary>
    [Fact]
    public async Task A_pipe_in_a_boot_files_place_is_refused()
    {
        BootTrees.Xeon(_folder.Path);
        Directory.CreateDirectory(_folder.Path + "/etc/default");
        using (Process make = Process.Start("mkfifo", [_folder.Path + "/etc/default/grub"]))
        {
            await make.WaitForExitAsync();
        }

        Task<BootFileException> refused = Task.Run(() => Assert.Throws<BootFileException>(() => BootEdit.Plan(_folder.Path, BootTrees.Read(_folder.Path), "/etc/default/grub", "nosmt", "nosmt")));

        Assert.Equal(BootFileProblem.NotEditable, (await refused.WaitAsync(TimeSpan.FromSeconds(30))).Problem);
    }

    [Fact]
    public void Rhel7_takes_the_saved_entry_of_grub_cfg()
    {
        BootTrees.Rhel7(_folder.Path).Write("/proc/cmdline", "ro intel_idle.max_cstate=2");

        CStateBootParameter row = Row("intel_idle.max_cstate");

        Assert.Equal(("2", "1", null), (row.Running, row.NextBoot, row.Configured));
        Assert.Equal((true, true, "POLL, C1"), (row.Differs, row.NeedsRegenerate, row.States));
        Assert.Equal(("/boot/grub2/grub.cfg", 6), (row.NextBootFile, row.NextBootLine));
        Assert.Equal(("1", "/etc/default/grub", 3), (Row("processor.max_cstate").Configured, Row("processor.max_cstate").ConfiguredFile, Row("processor.max_cstate").ConfiguredLine));
        Assert.Contains("without effect while intel_idle drives", Row("processor.max_cstate").Note, StringComparison.Ordinal);
        Assert.Equal("grub2-mkconfig -o /boot/grub2/grub.cfg", Command("/etc/default/grub", "idle=halt"));
    }

    [Fact]
    public void Rhel8_puts_kernelopts_into_the_newest_entry()
    {
        BootTrees.Rhel8(_folder.Path);

        Assert.Equal(("1", "/boot/grub2/grubenv", 2), (Row("intel_idle.max_cstate").NextBoot, Row("intel_idle.max_cstate").NextBootFile, Row("intel_idle.max_cstate").NextBootLine));
        Assert.Equal(string.Empty, Row("nosmt").NextBoot);
        Assert.Null(Row("idle").NextBoot);
        Assert.Equal("grub2-mkconfig -o /boot/efi/EFI/redhat/grub.cfg", Command("/etc/default/grub", "idle=halt"));
    }

    [Fact]
    public void Rhel9_has_whole_options_and_wants_grubby()
    {
        BootTrees.Rhel9(_folder.Path);

        CStateBootParameter row = Row("intel_idle.states_off");

        Assert.Equal(("8", null, "POLL, C1, C1E"), (row.NextBoot, row.Configured, row.States));
        Assert.Equal(("/boot/loader/entries/bbb-5.14.0-284.el9.x86_64.conf", 4), (row.NextBootFile, row.NextBootLine));
        Assert.Null(BootTrees.Read(_folder.Path).Configured!.Doubt);
        Assert.Equal("grubby --update-kernel=ALL --args=idle=halt", Command("/etc/default/grub", "idle=halt"));
        Assert.Equal("grubby --update-kernel=ALL --remove-args=idle", Command("/etc/default/grub", null));
        Assert.Null(Command("/boot/loader/entries/bbb-5.14.0-284.el9.x86_64.conf", "idle=halt"));
    }

    [Fact]
    public void Ubuntu_reads_drop_ins_behind_the_file()
    {
        BootTrees.Ubuntu(_folder.Path);

        CStateBootParameter row = Row("intel_idle.max_cstate");

        Assert.Equal(("1", "1", false), (row.NextBoot, row.Configured, row.NeedsRegenerate));
        Assert.Equal(("/etc/default/grub.d/50-cloud.cfg", 1), (row.ConfiguredFile, row.ConfiguredLine));
        Assert.Contains("given 2 times", row.Note, StringComparison.Ordinal);
        Assert.Equal("7", BootTrees.Read(_folder.Path).Next!.Find("vt.handoff")?.Value);
        Assert.Equal("update-grub", Command("/etc/default/grub", "idle=halt"));
    }

    [Fact]
    public void Kernel_cmdline_alone()
    {
        BootTrees.Xeon(_folder.Path).Write("/etc/kernel/cmdline", "root=a ro\nidle=nomwait").Write("/boot/loader/entries/x.conf", "title x\nlinux /v\noptions root=a ro");

        CStateBootParameter row = Row("idle");

        Assert.Equal((null, "nomwait", "/etc/kernel/cmdline", 2), (row.NextBoot, row.Configured, row.ConfiguredFile, row.ConfiguredLine));
        Assert.Equal("kernel-install add 5.10 /lib/modules/5.10/vmlinuz", Command("/etc/kernel/cmdline", "idle=halt"));
    }

    [Fact]
    public void Without_boot_files_the_next_boot_is_not_known()
    {
        BootTrees.Xeon(_folder.Path).Write("/proc/cmdline", "ro intel_idle.max_cstate=3");

        CStateBootParameter row = Row("intel_idle.max_cstate");

        Assert.Equal(("3", null, null, null), (row.Running, row.NextBoot, row.Differs, row.NeedsRegenerate));
        Assert.Contains("no boot loader file tells", row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_file_is_said_and_the_rest_is_read()
    {
        BootTrees.Rhel7(_folder.Path).Write("/etc/default/grub", "X=1\nGRUB_CMDLINE_LINUX=\"open");

        BootConfiguration boot = BootTrees.Read(_folder.Path);

        Assert.Equal(2, Assert.Single(boot.Problems).Line);
        Assert.Null(boot.Configured);
        Assert.Equal("1", Row("intel_idle.max_cstate").NextBoot);
        Assert.Equal(BootFileProblem.Malformed, Assert.Throws<BootFileException>(() => BootEdit.Plan(_folder.Path, boot, null, "idle", "idle=halt")).Problem);
    }

    [Fact]
    public void An_edit_of_a_tree_changes_one_file_and_keeps_a_copy()
    {
        BootTrees.Rhel7(_folder.Path);
        string path = _folder.Path + "/etc/default/grub";
        byte[] before = File.ReadAllBytes(path);

        string backup = BootEdit.Plan(_folder.Path, BootTrees.Read(_folder.Path), null, "intel_idle.states_off", "intel_idle.states_off=8").Write();

        Assert.Equal("GRUB_TIMEOUT=5\nGRUB_DEFAULT=saved\nGRUB_CMDLINE_LINUX=\"crashkernel=auto rhgb quiet processor.max_cstate=1 intel_idle.states_off=8\"\n", File.ReadAllText(path));
        Assert.StartsWith("/etc/default/grub.", backup, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder.Path + backup));
        Assert.False(BootEdit.Plan(_folder.Path, BootTrees.Read(_folder.Path), null, "intel_idle.states_off", "intel_idle.states_off=8").IsNeeded);
    }

    [Fact]
    public void A_drop_in_that_wins_is_named_and_edited_where_no_file_is_asked_for()
    {
        BootTrees.Ubuntu(_folder.Path);
        BootConfiguration boot = BootTrees.Read(_folder.Path);

        var e = Assert.Throws<BootFileException>(() => BootEdit.Plan(_folder.Path, boot, "/etc/default/grub", "intel_idle.max_cstate", "intel_idle.max_cstate=3"));

        Assert.Equal((BootFileProblem.Overridden, "/etc/default/grub.d/50-cloud.cfg", 1), (e.Problem, e.Path, e.Line));
        Assert.Equal("/etc/default/grub.d/50-cloud.cfg", BootEdit.Plan(_folder.Path, boot, null, "intel_idle.max_cstate", "intel_idle.max_cstate=3").Path);
    }

    [Fact]
    public void Links_are_followed_within_the_tree()
    {
        BootTrees.Rhel7(_folder.Path).Write("/etc/grub.real", "GRUB_CMDLINE_LINUX=\"ro\"");
        File.Delete(_folder.Path + "/etc/default/grub");
        File.CreateSymbolicLink(_folder.Path + "/etc/default/grub", "/etc/../../../etc/grub.real");

        Assert.Equal("/etc/grub.real", HostPath.Resolve(_folder.Path, "/etc/default/grub"));
    }

    private CStateBootParameter Row(string name) => BootRows.Of("hv", BootTrees.Read(_folder.Path), BootTrees.Table(_folder.Path)).Single(row => row.Parameter == name);

    private string? Command(string file, string? word) =>
        RegenerateCommand.TextOf(RegenerateCommand.Of(BootTrees.Read(_folder.Path), file, "idle", word, "5.10").Arguments);
}
