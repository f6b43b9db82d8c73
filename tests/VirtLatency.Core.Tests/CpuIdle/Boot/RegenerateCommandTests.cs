using VirtLatency.CpuIdle.Boot;

#pragma warning disable CA1416 // Hosts and tests run on Linux.

namespace VirtLatency.Tests.CpuIdle.Boot;

/// <summary>Which program is run, how it is shown, and what is said about its end; with stand-ins for the distribution's own.</summary>
public sealed class RegenerateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The operator's folder may be anybody's: a program there is no command of the distribution.</summary>
    [Fact]
    public void A_program_of_the_current_folder_is_not_run()
    {
        string name = "stand-in-" + Guid.NewGuid().ToString("N");
        string here = StandIn(Environment.CurrentDirectory, name, $"echo ran > {_folder.Path}/ran");
        try
        {
            (int code, string output) = RegenerateCommand.Run([name]);

            Assert.Equal((127, $"'{name}' is not on PATH."), (code, output));
            Assert.False(File.Exists(_folder.Path + "/ran"));
        }
        finally
        {
            File.Delete(here);
        }
    }

    [Fact]
    public void Only_absolute_folders_of_the_path_count()
    {
        string here = "sub-" + Guid.NewGuid().ToString("N");
        StandIn(Path.Combine(Environment.CurrentDirectory, here), "update-grub", "echo wrong");
        StandIn(_folder.Path, "update-grub", "echo right");
        try
        {
            Assert.Equal((0, "right"), RegenerateCommand.Run(["update-grub"], $":.:{here}:./{here}:{_folder.Path}"));
            Assert.Equal(127, RegenerateCommand.Run(["update-grub"], $":.:{here}:./{here}").Code);
        }
        finally
        {
            Directory.Delete(here, recursive: true);
        }
    }

    /// <summary>As a shell passes over what has the name but is no program.</summary>
    [Fact]
    public void What_is_no_program_is_passed_over()
    {
        Directory.CreateDirectory(_folder.Path + "/a/update-grub");
        _folder.Write("b/update-grub", "#!/bin/sh\necho wrong\n");
        StandIn(_folder.Path + "/c", "update-grub", "echo right");

        Assert.Equal((0, "right"), RegenerateCommand.Run(["update-grub"], $"{_folder.Path}/a:{_folder.Path}/b:{_folder.Path}/c"));
    }

    [Fact]
    public void Arguments_come_through_whole_and_the_last_lines_are_told()
    {
        StandIn(_folder.Path, "grub2-mkconfig", "for a do echo \"[$a]\"; done > \"$0.arguments\"; seq 1 7; echo why >&2; exit 3");

        Assert.Equal((3, "4 | 5 | 6 | 7 | why"), RegenerateCommand.Run(["grub2-mkconfig", "-o", "/boot/a b/$(x)'.cfg"], _folder.Path));
        Assert.Equal("[-o]\n[/boot/a b/$(x)'.cfg]\n", File.ReadAllText(_folder.Path + "/grub2-mkconfig.arguments"));
    }

    [Fact]
    public void A_program_that_reads_its_input_finds_its_end()
    {
        StandIn(_folder.Path, "kernel-install", "cat; echo done");

        Assert.Equal((0, "done"), RegenerateCommand.Run(["kernel-install"], _folder.Path));
    }

    [Theory]
    [InlineData("update-grub", "update-grub")]
    [InlineData("grub2-mkconfig -o /boot/grub2/grub.cfg", "grub2-mkconfig|-o|/boot/grub2/grub.cfg")]
    [InlineData("grubby --update-kernel=ALL '--args=isolcpus=1;reboot&'", "grubby|--update-kernel=ALL|--args=isolcpus=1;reboot&")]
    [InlineData("x '$(reboot)' 'a b' 'it'\\''s' '`x`' ''", "x|$(reboot)|a b|it's|`x`|")]
    public void The_shown_command_is_one_that_a_shell_takes_as_it_is_run(string shown, string arguments) =>
        Assert.Equal(shown, RegenerateCommand.TextOf(arguments.Split('|')));

    /// <summary>A tree without the kernel's release: the shell that the text is for puts it in.</summary>
    [Fact]
    public void An_unknown_release_is_for_the_shell_to_find_and_is_not_run()
    {
        _folder.Write("etc/kernel/cmdline", "ro\n");
        IReadOnlyList<string> arguments = RegenerateCommand.Of(BootTrees.Read(_folder.Path), "/etc/kernel/cmdline", "nosmt", "nosmt", null).Arguments;

        Assert.Equal("kernel-install add \"$(uname -r)\" \"/lib/modules/$(uname -r)/vmlinuz\"", RegenerateCommand.TextOf(arguments));
        StandIn(_folder.Path, "kernel-install", "echo ran");
        Assert.Equal(127, RegenerateCommand.Run(arguments, _folder.Path).Code);
    }

    private static string StandIn(string folder, string name, string script)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
