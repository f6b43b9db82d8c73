using VirtLatency.CpuIdle.Boot;

namespace VirtLatency.Tests.CpuIdle.Boot;

/// <summary>Edits of texts: what changes and that nothing else does.</summary>
public sealed class BootFileTextTests
{
    private const string Name = "intel_idle.states_off";
    private const string Word = "intel_idle.states_off=8";
    private const string Grub = "/etc/default/grub";
    private const string DropIn = "/etc/default/grub.d/50-x.cfg";
    private const string Entry = "/boot/loader/entries/a.conf";
    private const string CmdLine = "/etc/kernel/cmdline";

    public static TheoryData<string, string, string> Additions => new()
    {
        { Grub, "A=1\nGRUB_CMDLINE_LINUX=\"ro quiet\"\nB=2\n", "A=1\nGRUB_CMDLINE_LINUX=\"ro quiet intel_idle.states_off=8\"\nB=2\n" },
        { Grub, "GRUB_CMDLINE_LINUX='ro'", "GRUB_CMDLINE_LINUX='ro intel_idle.states_off=8'" },
        { Grub, "GRUB_CMDLINE_LINUX=quiet # why\n", "GRUB_CMDLINE_LINUX=\"quiet intel_idle.states_off=8\" # why\n" },
        { Grub, "GRUB_CMDLINE_LINUX=\"\"\r\nX=1\r\n", "GRUB_CMDLINE_LINUX=\"intel_idle.states_off=8\"\r\nX=1\r\n" },
        { Grub, "GRUB_CMDLINE_LINUX=\r\n", "GRUB_CMDLINE_LINUX=\"intel_idle.states_off=8\"\r\n" },
        { Grub, "GRUB_CMDLINE_LINUX=a\\ b\n", "GRUB_CMDLINE_LINUX=a\\ b\" intel_idle.states_off=8\"\n" },
        { Grub, "GRUB_CMDLINE_LINUX=\"a \\\n  b\"\n", "GRUB_CMDLINE_LINUX=\"a \\\n  b intel_idle.states_off=8\"\n" },
        { Grub, "GRUB_CMDLINE_LINUX=\"a\"\nGRUB_CMDLINE_LINUX+=\" b\"\n", "GRUB_CMDLINE_LINUX=\"a\"\nGRUB_CMDLINE_LINUX+=\" b intel_idle.states_off=8\"\n" },
        { Grub, "# GRUB_CMDLINE_LINUX=\"no\"\n\texport GRUB_CMDLINE_LINUX=\"$X\"\n", "# GRUB_CMDLINE_LINUX=\"no\"\n\texport GRUB_CMDLINE_LINUX=\"$X intel_idle.states_off=8\"\n" },
        { Grub, "if true; then GRUB_CMDLINE_LINUX=a; fi\nGRUB_CMDLINE_LINUX=\"b\"\n", "if true; then GRUB_CMDLINE_LINUX=a; fi\nGRUB_CMDLINE_LINUX=\"b intel_idle.states_off=8\"\n" },
        { Grub, "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"", "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\nGRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX intel_idle.states_off=8\"" },
        { Grub, "\u00e9=\u00ff\nGRUB_CMDLINE_LINUX=\"\u00e9\"", "\u00e9=\u00ff\nGRUB_CMDLINE_LINUX=\"\u00e9 intel_idle.states_off=8\"" },
        { DropIn, "X=1\n", "X=1\nGRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX intel_idle.states_off=8\"\n" },
        { Entry, "title x\noptions root=a $kernelopts\ninitrd /i\n", "title x\noptions root=a $kernelopts intel_idle.states_off=8\ninitrd /i\n" },
        { Entry, "title x\r\noptions\troot=a\r\n", "title x\r\noptions\troot=a intel_idle.states_off=8\r\n" },
        { Entry, "title x\nlinux /v", "title x\nlinux /v\noptions intel_idle.states_off=8" },
        { CmdLine, "root=a ro\n", "root=a ro intel_idle.states_off=8\n" },
        { CmdLine, "root=a ro", "root=a ro intel_idle.states_off=8" },
        { CmdLine, "", "intel_idle.states_off=8" },
    };

    public static TheoryData<string, string, string> Replacements => new()
    {
        { Grub, "GRUB_CMDLINE_LINUX=\"a intel_idle.states_off=4\tb\"\n", "GRUB_CMDLINE_LINUX=\"a intel_idle.states_off=8\tb\"\n" },
        { Grub, "GRUB_CMDLINE_LINUX='intel-idle.states_off=\"4\"'\n", "GRUB_CMDLINE_LINUX='intel_idle.states_off=8'\n" },
        { Grub, "GRUB_CMDLINE_LINUX=intel_idle.states_off=4;X=1\n", "GRUB_CMDLINE_LINUX=intel_idle.states_off=8;X=1\n" },
        {
            Grub, "GRUB_CMDLINE_LINUX=\"intel_idle.states_off=1 intel_idle.states_off=2 x\"\nGRUB_CMDLINE_LINUX_DEFAULT=\"y intel_idle.states_off=4\"\n",
            "GRUB_CMDLINE_LINUX=\"x\"\nGRUB_CMDLINE_LINUX_DEFAULT=\"y intel_idle.states_off=8\"\n"
        },
        { Entry, "title x\noptions intel_idle.states_off=4 root=a\n", "title x\noptions intel_idle.states_off=8 root=a\n" },
    };

    [Theory]
    [MemberData(nameof(Additions))]
    public void Added_once_and_taken_out_again(string path, string before, string after)
    {
        string added = BootFileText.Parse(path, before).With(Name, Word);

        Assert.Equal(after, added);
        Assert.Equal(added, BootFileText.Parse(path, added).With(Name, Word));
        Assert.DoesNotContain(Name, BootFileText.Parse(path, added).With(Name, null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GRUB_CMDLINE_LINUX=\"ro quiet\"\nB=2\n")]
    [InlineData("GRUB_CMDLINE_LINUX='ro'")]
    [InlineData("GRUB_CMDLINE_LINUX=\"\"\r\nX=1\r\n")]
    public void Taking_it_out_gives_the_bytes_back(string text) =>
        Assert.Equal(text, BootFileText.Parse(Grub, BootFileText.Parse(Grub, text).With(Name, Word)).With(Name, null));

    [Theory]
    [MemberData(nameof(Replacements))]
    public void Replaced_in_place(string path, string before, string after) => Assert.Equal(after, BootFileText.Parse(path, before).With(Name, Word));

    /// <summary>What a condition or a command sets is not thrown away by an assignment behind it.</summary>
    [Theory]
    [InlineData("if true; then\n  GRUB_CMDLINE_LINUX=\"root=/dev/a crashkernel=512M\"\nfi\n")]
    [InlineData("[ -f /x ] && GRUB_CMDLINE_LINUX=\"console=ttyS0\"\n")]
    [InlineData("declare GRUB_CMDLINE_LINUX=\"a\"\n")]
    [InlineData("eval 'GRUB_CMDLINE_LINUX=\"root=/dev/a\"'\n")]
    [InlineData(". /etc/sysconfig/bootloader\n")]
    [InlineData("# GRUB_CMDLINE_LINUX=\"commented\"\n")]
    public void An_added_assignment_keeps_what_was_set_before(string text) =>
        Assert.Equal(text + "GRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX intel_idle.states_off=8\"\n", BootFileText.Parse(Grub, text).With(Name, Word));

    /// <summary>A quote within an array's brackets would be a syntax error for the shell that reads the file.</summary>
    [Theory]
    [InlineData("X=1\nGRUB_CMDLINE_LINUX=(a b)\n")]
    [InlineData("X=1\nGRUB_CMDLINE_LINUX+=(a\n intel_idle.states_off=1)\n")]
    [InlineData("X=1\nGRUB_CMDLINE_LINUX_DEFAULT=('a' \"b\")\nGRUB_CMDLINE_LINUX=\"x\"\n")]
    public void An_array_is_left_to_a_person(string text)
    {
        var e = Assert.Throws<BootFileException>(() => BootFileText.Parse(Grub, text).With(Name, Word));

        Assert.Equal((BootFileProblem.NotEditable, 2), (e.Problem, e.Line));
    }

    [Fact]
    public void An_array_of_another_name_hinders_nothing() => Assert.Equal(
        "OTHER=(a \"b c\" X=1)\nGRUB_CMDLINE_LINUX=\"ro intel_idle.states_off=8\"\n",
        BootFileText.Parse(Grub, "OTHER=(a \"b c\" X=1)\nGRUB_CMDLINE_LINUX=\"ro\"\n").With(Name, Word));

    [Fact]
    public void Blanks_and_shell_characters_are_quoted_for_both_readers()
    {
        string word = KernelCommandLine.WordOf("cpuidle.governor", "a b$c");
        string text = BootFileText.Parse(Grub, "GRUB_CMDLINE_LINUX=\"x\"\n").With("cpuidle.governor", word);

        Assert.Equal("GRUB_CMDLINE_LINUX=\"x cpuidle.governor=\\\"a b\\$c\\\"\"\n", text);
        Assert.Equal("x cpuidle.governor=\"a b$c\"", BootFileText.Parse(Grub, text).Fields[0].Value);
    }

    [Theory]
    [InlineData(Grub, "A=1\nGRUB_CMDLINE_LINUX=\"ro\nB=2\n", 2)]
    [InlineData(Grub, "A=1\nB='x\n", 2)]
    [InlineData(Grub, "A=1\n\nB=$(echo \"x)\n", 3)]
    [InlineData(Grub, "B=`date\n", 1)]
    [InlineData(Grub, "GRUB_CMDLINE_LINUX='a=\"b'\n", 1)]
    [InlineData(Grub, "A=1\ncat <<EOF\nGRUB_CMDLINE_LINUX=x\nEOF\n", 2)]
    [InlineData(Grub, "A=1\nB=\0\n", 2)]
    [InlineData(Entry, "title x\noptions a=\"b\n", 2)]
    [InlineData(Entry, "hello\n", 0)]
    [InlineData(CmdLine, "ro\na=\"b\n", 2)]
    public void Malformed_texts_name_the_line(string path, string text, int line)
    {
        var e = Assert.Throws<BootFileException>(() => BootFileText.Parse(path, text));

        Assert.Equal((BootFileProblem.Malformed, path, line), (e.Problem, e.Path, e.Line));
    }

    [Theory]
    [InlineData("X=1\nGRUB_CMDLINE_LINUX=\"a intel_idle.states_off=\"'4'\n", 2)]
    [InlineData("GRUB_CMDLINE_LINUX=\"a intel_idle.states_off=$MASK\"\n", 1)]
    [InlineData("if true; then\nGRUB_CMDLINE_LINUX=\"intel_idle.states_off=4\"\nfi\n", 2)]
    [InlineData("case x in\n  a) GRUB_CMDLINE_LINUX=\"intel_idle.states_off=4\" ;;\nesac\n", 2)]
    [InlineData("[ -f /x ] && GRUB_CMDLINE_LINUX=\"intel_idle.states_off=4\"\n", 1)]
    public void What_only_a_person_should_edit_is_left(string text, int line)
    {
        var e = Assert.Throws<BootFileException>(() => BootFileText.Parse(Grub, text).With(Name, Word));

        Assert.Equal((BootFileProblem.NotEditable, line), (e.Problem, e.Line));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("/etc/default/grub.d/50-x.cfg.bak")]
    [InlineData("/boot/grub2/grub.cfg")]
    public void Other_files_are_refused(string path) =>
        Assert.Equal(BootFileProblem.NotEditable, Assert.Throws<BootFileException>(() => BootFileText.Parse(path, "x")).Problem);
}
